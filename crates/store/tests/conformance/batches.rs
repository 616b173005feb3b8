//! A batch is all or nothing, and its commands are neighbours that don't disturb each other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use domain::answer::Source;
use domain::attempt::AttemptKey;
use domain::callback::Callback;
use domain::command::{Command, KeepCallback, PutSupplier};
use domain::exchange::Exchange;
use domain::id::{ApiId, CauseId, MerchantId, Mode, OrderId, VoucherRef};
use domain::money::Rupiah;
use domain::refusal::Refusal;
use domain::supplier::SupplierProfile;
use domain::time::Timestamp;
use domain::world::Reads;
use store::StoreError;

use super::harness::Bench;
use super::samples::{
    bill_claim, callback, confirmed, fund, inquire, pay, record, reference, register, supplier, words,
};

on_every_store!(
    a_bill_is_paid_in_three_batches,
    a_refused_command_leaves_nothing_and_its_neighbours_alone,
    a_panic_passes_through_and_leaves_nothing,
    a_batch_sees_its_own_changes,
    unique_keys_are_unique,
    a_conflict_leaves_nothing,
    an_exchange_stands_once,
    what_is_new_must_not_stand_already,
    the_writer_is_given_once,
    a_noted_time_is_never_before_an_earlier_one,
);

fn a_bill_is_paid_in_three_batches(bench: &mut Bench) {
    bench.ask(register(1)).unwrap();
    bench.ask(fund(1, 1, 1_000_000)).unwrap();
    let key = reference(1, Mode::Production, 1);
    bench.ask(inquire(&key, 1)).unwrap();
    bench.ask(pay(&key, 1, 2, bench.now)).unwrap();
    bench.ask(record(&key, bill_claim(&key, 1), 2, confirmed(151_000), Source::Send)).unwrap();

    let mut snapshot = bench.snapshot();
    let book = snapshot.book(MerchantId(1)).unwrap().unwrap();
    assert_eq!((book.available, book.held), (Rupiah::whole(848_000), Rupiah::ZERO));
    let (newest, highest) = snapshot.newest().unwrap();
    assert_eq!((newest, highest.0), (bench.now, 2));
}

fn a_refused_command_leaves_nothing_and_its_neighbours_alone(bench: &mut Bench) {
    let commands: [Command; 4] = [
        register(1).into(),
        fund(2, 1, 500).into(),  // No such merchant.
        fund(1, 2, -500).into(), // Below zero.
        fund(1, 3, 500).into(),
    ];
    let outcomes = bench.batch(&commands).unwrap();
    let refusals: Vec<Option<Refusal>> = outcomes.into_iter().map(Result::err).collect();
    let expected = [None, Some(Refusal::MerchantNotFound), Some(Refusal::InsufficientBalance), None];
    assert_eq!(refusals, expected);
    let vouchers = bench.snapshot().vouchers_after(CauseId(0), 10).unwrap();
    assert_eq!(vouchers.iter().map(|voucher| voucher.cause_id.0).collect::<Vec<_>>(), [3]);
    assert_eq!(bench.snapshot().books().unwrap().len(), 1);
}

fn a_panic_passes_through_and_leaves_nothing(bench: &mut Bench) {
    bench.ask(register(1)).unwrap();
    let reads = Reads { books: vec![MerchantId(1)], ..Reads::default() };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        bench.transact(&reads, |world| {
            let mut book = world.books.get(&MerchantId(1)).unwrap().unwrap().clone();
            book.is_suspended = true;
            world.books.put(book).unwrap();
            panic!("a bug");
        })
    }));
    assert_eq!(outcome.unwrap_err().downcast_ref(), Some(&"a bug"));
    assert!(!bench.snapshot().book(MerchantId(1)).unwrap().unwrap().is_suspended);
    bench.ask(fund(1, 1, 500)).expect("the writer goes on");
}

fn a_batch_sees_its_own_changes(bench: &mut Bench) {
    bench.batch(&[register(1).into()]).unwrap();
    let outcomes = bench.batch(&[fund(1, 1, 500).into(), fund(1, 2, -500).into(), fund(1, 1, 500).into()]).unwrap();
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(bench.snapshot().book(MerchantId(1)).unwrap().unwrap().mutations, 2);
}

fn unique_keys_are_unique(bench: &mut Bench) {
    let conflict = |result: Result<_, StoreError>| matches!(result, Err(StoreError::Conflict));
    let other = |merchant: i64, api_id: &str| {
        let mut command = register(merchant);
        command.api_id = ApiId::parse(api_id).unwrap();
        Command::from(command)
    };
    bench.ask(register(1)).unwrap();
    assert!(conflict(bench.batch(&[other(2, "toko-1")])), "an api_id of another merchant");
    assert!(conflict(bench.batch(&[other(2, "toko-2"), other(3, "toko-2")])), "one api_id twice in a batch");

    bench.ask(fund(1, 1, 1_000_000)).unwrap();
    let mut same_cause = fund(1, 1, 500);
    same_cause.key.reference = VoucherRef::parse("another").unwrap();
    assert!(conflict(bench.batch(&[same_cause.into()])), "a voucher's number");

    let [first, second] = [1, 2].map(|number| reference(1, Mode::Production, number));
    bench.batch(&[inquire(&first, 1).into(), inquire(&second, 2).into()]).unwrap();
    let now = bench.now;
    bench.ask(pay(&first, 1, 7, now)).unwrap();
    assert!(conflict(bench.batch(&[pay(&second, 2, 7, now).into()])), "an order's number");

    let transfer = bench.snapshot().transfers_between(CauseId(6), CauseId(7)).unwrap().remove(0);
    assert!(conflict(bench.transact(&Reads::default(), |world| world.append([transfer.clone()])).map(|()| vec![])));
    let mut same_number = transfer;
    same_number.leg = 9;
    assert!(conflict(bench.transact(&Reads::default(), |world| world.append([same_number.clone()])).map(|()| vec![])));
    bench.ask(pay(&second, 2, 8, now)).expect("the writer goes on");
}

fn a_conflict_leaves_nothing(bench: &mut Bench) {
    bench.ask(register(1)).unwrap();
    let mut twin = register(2);
    twin.api_id = ApiId::parse("toko-1").unwrap();
    let result = bench.batch(&[fund(1, 1, 500).into(), twin.into()]);
    assert!(matches!(result, Err(StoreError::Conflict)));
    let mut snapshot = bench.snapshot();
    assert_eq!(snapshot.merchants().unwrap().len(), 1);
    assert_eq!(snapshot.book(MerchantId(1)).unwrap().unwrap().available, Rupiah::ZERO);
    assert_eq!(snapshot.newest().unwrap().1.0, 0);
}

fn the_writer_is_given_once(bench: &mut Bench) {
    assert!(matches!(bench.store().writer(), Err(StoreError::WriterTaken)));
}

fn a_noted_time_is_never_before_an_earlier_one(bench: &mut Bench) {
    let noon = bench.now;
    for (now, newest) in [(noon, noon), (noon.plus(Duration::from_secs(1)), noon.plus(Duration::from_secs(1)))] {
        bench.now = now;
        bench.note_time().unwrap();
        assert_eq!(bench.snapshot().newest().unwrap().0, newest);
    }
    bench.now = noon;
    bench.note_time().unwrap();
    assert_eq!(bench.snapshot().newest().unwrap().0, noon.plus(Duration::from_secs(1)));
}

fn an_exchange_stands_once(bench: &mut Bench) {
    let exchange = |number, text: &str| Exchange {
        attempt: AttemptKey { merchant_id: MerchantId(1), order_id: OrderId(7), number: 1 },
        number,
        source: Source::Send,
        words: words(text),
        recorded_at: Timestamp::from_seconds(1),
    };
    let append = |bench: &mut Bench, exchanges: &[Exchange]| {
        bench.transact(&Reads::default(), |world| {
            for exchange in exchanges {
                world.append_exchange(exchange.clone());
            }
        })
    };
    append(bench, &[exchange(1, "first")]).unwrap();
    for twice in [
        vec![exchange(1, "again")],
        vec![exchange(2, "news"), exchange(1, "again")],
        vec![exchange(2, "news"), exchange(2, "again")],
    ] {
        assert!(matches!(append(bench, &twice), Err(StoreError::Conflict)), "{twice:?}");
    }
    let stored = bench.snapshot().exchanges(MerchantId(1), OrderId(7)).unwrap();
    assert_eq!(stored, [exchange(1, "first")]);
}

/// Somebody claims that there was no such row.
fn what_is_new_must_not_stand_already(bench: &mut Bench) {
    bench.ask(PutSupplier { profile: supplier("digi"), is_new: true }).unwrap();
    bench.ask(KeepCallback { callback: callback(5) }).unwrap();
    let changed = SupplierProfile { max_in_flight: 1, ..supplier("digi") };
    let other = Callback { body: Arc::from(*b"other"), ..callback(5) };
    let put_supplier = bench.transact(&Reads::default(), |world| {
        world.suppliers.load(changed.name.clone(), None);
        world.suppliers.put(changed.clone()).unwrap();
    });
    assert!(matches!(put_supplier, Err(StoreError::Conflict)), "{put_supplier:?}");
    let put_callback = bench.transact(&Reads::default(), |world| {
        world.callbacks.load(5, None);
        world.callbacks.put(other.clone()).unwrap();
    });
    assert!(matches!(put_callback, Err(StoreError::Conflict)), "{put_callback:?}");
    let mut snapshot = bench.snapshot();
    assert_eq!(snapshot.suppliers().unwrap()[0].max_in_flight, 20);
    assert_eq!(*snapshot.newest_callbacks(1).unwrap()[0].body, *b"{}");
}
