//! Copies of a database that is written to.

use domain::command::Command;
use domain::id::{CauseId, MerchantId};
use store::{Look, SqliteFile};

use super::harness::{Bench, run_batch};
use super::samples::{fund, register};

/// Enough that a copy takes several steps.
const DEPOSITS: i64 = 20_000;

fn filled() -> Bench {
    let mut bench = Bench::sqlite();
    bench.ask(register(1)).unwrap();
    for hundred in 0..DEPOSITS / 100 {
        let deposits: Vec<Command> = (1..=100).map(|number| fund(1, hundred * 100 + number, 5).into()).collect();
        bench.batch(&deposits).unwrap();
    }
    bench
}

#[test]
fn a_copy_is_one_moment_whatever_is_written_meanwhile() {
    let mut bench = filled();
    let (now, mut writer) = (bench.now, bench.take_writer());
    let copy = tempfile::NamedTempFile::new().unwrap();
    let source = SqliteFile::within(bench.directory()).unwrap().unwrap();
    let before = source.tally().unwrap();
    let mut told = Vec::new();
    source
        .copy_to(copy.path(), &mut |done, of| {
            assert!(told.len() < 1_000, "it never ends");
            told.push((done, of));
            let number = DEPOSITS + i64::try_from(told.len()).unwrap();
            run_batch(&mut *writer, &[fund(1, number, 5).into()], now).unwrap().remove(0).unwrap();
        })
        .unwrap();
    assert!(told.len() >= 3 && told.is_sorted() && told.last().is_some_and(|(done, of)| done == of), "{told:?}");
    assert!(told.iter().all(|(_, of)| *of == told[0].1), "it began anew: {told:?}");

    let mut copied = SqliteFile::at_rest(copy.path()).unwrap();
    assert_eq!(copied.tally().unwrap(), before);
    assert_eq!(copied.damage(Look::Thorough).unwrap(), Vec::<String>::new());
    assert_eq!(copied.size().unwrap(), copy.path().metadata().unwrap().len());
    let mut snapshot = copied.snapshot().unwrap();
    assert_eq!(snapshot.transfers_between(CauseId(DEPOSITS), CauseId(i64::MAX)).unwrap(), []);
    assert_eq!(snapshot.book(MerchantId(1)).unwrap().unwrap().available.get(), DEPOSITS * 5);
    drop(snapshot);

    let after = source.tally().unwrap();
    assert_eq!(after.rows["vouchers"], before.rows["vouchers"] + u64::try_from(told.len()).unwrap());
}

#[test]
fn the_next_copy_is_of_a_later_moment() {
    let mut bench = filled();
    let (now, mut writer) = (bench.now, bench.take_writer());
    let copy = tempfile::NamedTempFile::new().unwrap();
    let source = SqliteFile::within(bench.directory()).unwrap().unwrap();
    source.copy_to(copy.path(), &mut |_, _| {}).unwrap();
    run_batch(&mut *writer, &[fund(1, DEPOSITS + 1, 5).into()], now).unwrap().remove(0).unwrap();
    std::fs::write(copy.path(), "").unwrap();
    source.copy_to(copy.path(), &mut |_, _| {}).unwrap();
    let copied = SqliteFile::at_rest(copy.path()).unwrap();
    assert_eq!(copied.tally().unwrap(), source.tally().unwrap());
}
