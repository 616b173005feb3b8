//! A merchant's list of changes, in pages.

use std::time::Duration;

use domain::answer::Source;
use domain::id::{MerchantId, Mode};
use domain::time::Timestamp;
use store::MutationPage;

use super::harness::Bench;
use super::samples::{buy, fund, inquire, pay, purchase_claim, record, reference, refused, register};

on_every_store!(
    pages_are_newest_first_and_count_all,
    pages_keep_within_moments,
    nothing_is_on_pages_that_do_not_exist,
    entries_say_what_they_are_for,
    a_merchant_sees_only_its_own,
);

/// Seven deposits in pairs a second apart: numbers 1 and 2 at 0 s, 3 and 4 at 1 s, 5 and 6 at 2 s, 7 at 3 s.
fn seven_deposits(bench: &mut Bench) -> Timestamp {
    bench.ask(register(1)).unwrap();
    let start = bench.now;
    for cause in 1..=7 {
        bench.ask(fund(1, cause, 100)).unwrap();
        if cause % 2 == 0 {
            bench.advance(Duration::from_secs(1));
        }
    }
    start
}

fn numbers(page: &MutationPage) -> Vec<i64> {
    page.entries.iter().map(|entry| entry.transfer.mutation.unwrap().number).collect()
}

fn pages_are_newest_first_and_count_all(bench: &mut Bench) {
    seven_deposits(bench);
    let mut snapshot = bench.snapshot();
    for (page, per_page, expected) in [
        (1, 3, vec![7, 6, 5]),
        (2, 3, vec![4, 3, 2]),
        (3, 3, vec![1]),
        (1, 7, vec![7, 6, 5, 4, 3, 2, 1]),
        (1, 100, vec![7, 6, 5, 4, 3, 2, 1]),
        (7, 1, vec![1]),
    ] {
        let found = snapshot.mutations(MerchantId(1), None, None, page, per_page).unwrap();
        assert_eq!((numbers(&found), found.total), (expected, 7), "page {page} of {per_page}");
    }
}

fn pages_keep_within_moments(bench: &mut Bench) {
    let start = seven_deposits(bench);
    let at = |micros: u64| Some(start.plus(Duration::from_micros(micros)));
    let mut snapshot = bench.snapshot();
    for (from, to, page, expected, total) in [
        (at(0), None, 1, vec![7, 6, 5], 7),
        (at(1), None, 2, vec![4, 3], 5),
        (at(1_000_000), at(2_000_000), 1, vec![6, 5, 4], 4),
        (at(1_000_000), at(2_000_000), 2, vec![3], 4),
        (at(1_000_000), at(1_000_000), 1, vec![4, 3], 2),
        (at(1_000_001), at(1_999_999), 1, vec![], 0),
        (None, at(0), 1, vec![2, 1], 2),
        (None, Some(start.minus(Duration::from_micros(1))), 1, vec![], 0),
        (at(3_000_000), None, 1, vec![7], 1),
        (at(3_000_001), None, 1, vec![], 0),
        (at(2_000_000), at(1_000_000), 1, vec![], 0),
    ] {
        let found = snapshot.mutations(MerchantId(1), from, to, page, 3).unwrap();
        assert_eq!((numbers(&found), found.total), (expected, total), "{from:?} to {to:?}, page {page}");
    }
}

fn nothing_is_on_pages_that_do_not_exist(bench: &mut Bench) {
    seven_deposits(bench);
    bench.ask(register(2)).unwrap();
    let mut snapshot = bench.snapshot();
    for (merchant, page, per_page, total) in
        [(1, 4, 3, 7), (1, 8, 1, 7), (1, u32::MAX, u32::MAX, 7), (1, 1, 0, 7), (2, 1, 10, 0), (3, 1, 10, 0)]
    {
        let found = snapshot.mutations(MerchantId(merchant), None, None, page, per_page).unwrap();
        assert_eq!((numbers(&found), found.total), (vec![], total), "page {page} of {per_page}");
    }
}

fn entries_say_what_they_are_for(bench: &mut Bench) {
    bench.batch(&[register(1).into()]).unwrap();
    bench.batch(&[fund(1, 1, 50_000).into(), fund(1, 2, -500).into()]).unwrap();
    let key = reference(1, Mode::Production, 9);
    bench.ask(buy(&key, 1, 3, bench.now)).unwrap();
    bench.ask(record(&key, purchase_claim(&key, 1), 3, refused(), Source::Send)).unwrap();

    let page = bench.snapshot().mutations(MerchantId(1), None, None, 1, 10).unwrap();
    let described: Vec<_> =
        page.entries.iter().map(|entry| (&*entry.reference, &*entry.note, entry.is_deposit)).collect();
    assert_eq!(
        described,
        [
            ("INQ-00000009", "", None),
            ("INQ-00000009", "", None),
            ("transfer 2", "BCA 31/05", Some(false)),
            ("transfer 1", "BCA 31/05", Some(true)),
        ]
    );
}

fn a_merchant_sees_only_its_own(bench: &mut Bench) {
    bench.batch(&[register(1).into(), register(2).into()]).unwrap();
    bench.batch(&[fund(1, 1, 1_000_000).into(), fund(2, 2, 1_000_000).into()]).unwrap();
    let key = reference(2, Mode::Production, 1);
    bench.ask(inquire(&key, 1)).unwrap();
    bench.ask(pay(&key, 1, 3, bench.now)).unwrap();
    let mut snapshot = bench.snapshot();
    assert_eq!(snapshot.mutations(MerchantId(1), None, None, 1, 10).unwrap().total, 1);
    assert_eq!(snapshot.mutations(MerchantId(2), None, None, 1, 10).unwrap().total, 2);
}
