//! How many payments a second SQLite and PostgreSQL make durable, by how many share a batch, and how many bytes a paid bill takes in SQLite.
//!
//! Run it on the disk that matters: `TMPDIR=… cargo bench -p store`. PostgreSQL is measured where `LOKET_TEST_POSTGRES_URL` says; without
//! it, on a server that syncs nothing. One payment is two commands, accepted and settled, each of them in a
//! batch with the other payments' and each batch synced. Inquiries are opened beforehand and not counted.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a benchmark may fail, and prints")]
#![expect(clippy::cast_possible_wrap, reason = "small numbers")]

use std::cell::RefCell;
use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use domain::answer::Source;
use domain::command::Command;
use domain::id::Mode;
use rusqlite::Connection;

#[expect(dead_code, reason = "the conformance suite uses more of it")]
#[path = "../tests/conformance/harness.rs"]
mod harness;
#[expect(dead_code, reason = "the conformance suite uses more of it")]
#[path = "../tests/conformance/samples.rs"]
mod samples;

use harness::Bench;
use samples::{bill_claim, confirmed, fund, inquire, pay, record, reference, register};

const BILLS_WEIGHED: i64 = 20_000;

/// A shop with so many merchants, all of them rich.
struct Shop {
    bench: Bench,
    merchants: i64,
    next: i64,
}

impl Shop {
    fn open(mut bench: Bench, merchants: i64) -> Self {
        for merchant in 1..=merchants {
            let commands = [register(merchant).into(), fund(merchant, merchant, 900_000_000_000).into()];
            bench.batch(&commands).unwrap();
        }
        Self { bench, merchants, next: merchants + 1 }
    }

    /// Opens inquiries, and gives the two batches that pay them.
    fn prepare(&mut self, payments: i64) -> [Vec<Command>; 2] {
        let now = self.bench.now;
        let first = self.next;
        self.next += payments;
        let keys = |number: i64| reference(1 + number % self.merchants, Mode::Production, number);
        let numbers = first..first + payments;
        let inquiries: Vec<Command> = numbers.clone().map(|number| inquire(&keys(number), number).into()).collect();
        self.bench.batch(&inquiries).unwrap();
        let accept = numbers.clone().map(|number| pay(&keys(number), number, number, now).into());
        let settle = numbers.map(|number| {
            let key = keys(number);
            let claim = bill_claim(&key, number);
            record(&key, claim, number, confirmed(151_000), Source::Send).into()
        });
        [accept.collect(), settle.collect()]
    }

    fn pay(&mut self, batches: &[Vec<Command>; 2]) {
        for batch in batches {
            let outcomes = self.bench.batch(batch).unwrap();
            assert!(black_box(outcomes).iter().all(Result::is_ok));
        }
    }
}

fn payments(criterion: &mut Criterion) {
    payments_on("payments", Bench::sqlite, criterion);
    payments_on("payments on PostgreSQL", Bench::postgres, criterion);
}

fn payments_on(engine: &str, open: fn() -> Bench, criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group(engine);
    for (name, merchants) in [("1000 merchants", 1_000), ("one merchant", 1)] {
        for batch in [1_u64, 64, 256] {
            let shop = RefCell::new(Shop::open(open(), merchants));
            group.throughput(Throughput::Elements(batch));
            group.bench_function(BenchmarkId::new(name, batch), |bencher| {
                bencher.iter_batched(
                    || shop.borrow_mut().prepare(batch as i64),
                    |batches| shop.borrow_mut().pay(&batches),
                    BatchSize::PerIteration,
                );
            });
        }
    }
    group.finish();
}

/// The smallest commit that there is: what one sync costs.
fn sync(criterion: &mut Criterion) {
    let mut bench = Bench::sqlite();
    criterion.bench_function("one sync", |bencher| bencher.iter(|| bench.note_time().unwrap()));
}

fn weigh(_: &mut Criterion) {
    let mut shop = Shop::open(Bench::sqlite(), 1_000);
    let before = pages_by_table(&shop.bench);
    for _ in 0..BILLS_WEIGHED / 50 {
        let batches = shop.prepare(50);
        shop.pay(&batches);
    }
    let mut all = 0;
    println!("bytes per paid bill, after {BILLS_WEIGHED}, 1000 merchants:");
    for ((name, bytes), (_, bytes_before)) in pages_by_table(&shop.bench).into_iter().zip(before) {
        let per_bill = (bytes - bytes_before) / BILLS_WEIGHED;
        all += bytes - bytes_before;
        if per_bill > 0 {
            println!("  {name:<32} {per_bill:>5}");
        }
    }
    println!("  {:<32} {:>5}", "all", all / BILLS_WEIGHED);
}

/// The bytes of every table and index, free room in their pages included.
fn pages_by_table(bench: &Bench) -> Vec<(String, i64)> {
    let connection = Connection::open(bench.directory().join("loket.db")).unwrap();
    let sql = "SELECT name, (SELECT sum(pgsize) FROM dbstat WHERE dbstat.name = sqlite_schema.name) FROM sqlite_schema
               WHERE rootpage > 0 ORDER BY name";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

criterion_group!(benches, weigh, sync, payments);
criterion_main!(benches);
