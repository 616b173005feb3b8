//! A snapshot is one moment, whatever is written meanwhile.

use std::sync::mpsc;
use std::thread;

use domain::id::{CauseId, MerchantId};
use domain::time::Timestamp;
use domain::world::Reads;

use super::harness::{Bench, run_batch};
use super::samples::{fund, put_products, register};

on_every_store!(
    a_new_store_is_empty,
    a_snapshot_does_not_see_later_batches,
    many_snapshots_wait_for_each_other,
    a_batch_that_changes_nothing_leaves_the_newest_moment,
);

fn a_new_store_is_empty(bench: &mut Bench) {
    let mut snapshot = bench.snapshot();
    assert!(snapshot.merchants().unwrap().is_empty());
    assert!(snapshot.products().unwrap().is_empty());
    assert_eq!(snapshot.newest().unwrap(), (Timestamp::default(), CauseId(0)));
}

fn a_snapshot_does_not_see_later_batches(bench: &mut Bench) {
    bench.ask(register(1)).unwrap();
    // The writer goes to another thread, since a snapshot borrows the bench.
    let mut writer = bench.take_writer();
    let now = bench.now;
    let mut before = bench.snapshot();
    let writer = thread::spawn(move || {
        run_batch(&mut *writer, &[fund(1, 1, 500).into(), register(2).into()], now).unwrap();
        writer
    });
    let writer = writer.join().unwrap();
    assert_eq!(before.book(MerchantId(1)).unwrap().unwrap().mutations, 0);
    assert_eq!(before.merchants().unwrap().len(), 1);
    assert_eq!(before.mutations(MerchantId(1), None, None, 1, 10).unwrap().total, 0);
    assert_eq!(before.newest().unwrap().1, CauseId(0));

    let mut after = bench.snapshot();
    assert_eq!(after.book(MerchantId(1)).unwrap().unwrap().mutations, 1);
    assert_eq!(after.merchants().unwrap().len(), 2);
    drop((before, after, writer));
}

fn many_snapshots_wait_for_each_other(bench: &mut Bench) {
    bench.ask(register(1)).unwrap();
    let store = bench.store();
    let (begun, counted) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..32 {
            let begun = begun.clone();
            scope.spawn(move || {
                for _ in 0..20 {
                    let found = store.snapshot().unwrap().merchants().unwrap().len();
                    begun.send(found).unwrap();
                }
            });
        }
    });
    drop(begun);
    assert_eq!(counted.iter().filter(|found| *found == 1).count(), 32 * 20);
}

fn a_batch_that_changes_nothing_leaves_the_newest_moment(bench: &mut Bench) {
    bench.ask(put_products(&["MPBPJS"])).unwrap();
    let before = bench.snapshot().newest().unwrap();
    bench.advance(std::time::Duration::from_secs(1));
    bench.ask(put_products(&["MPBPJS"])).unwrap();
    bench.transact(&Reads::default(), |_| {}).unwrap();
    assert_eq!(bench.snapshot().newest().unwrap(), before);
}
