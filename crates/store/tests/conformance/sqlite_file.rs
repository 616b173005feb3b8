//! What only a file can get into: being closed, shared, newer, damaged, or not writable.

use std::path::Path;

use domain::answer::Source;
use domain::callback::Callback;
use domain::command::{KeepCallback, OpenInquiry, PutSupplier, RecordAnswer};
use domain::id::{CauseId, MerchantId, Mode, OrderId};
use domain::supplier::SupplierProfile;
use rusqlite::Connection;
use store::{Snapshot, SqliteStore, Store, StoreError};

use super::harness::Bench;
use super::samples::{
    bill_claim, buy, callback, confirmed, fund, inquire, pay, purchase_claim, put_products, record, reference,
    register, supplier, unknown, words,
};

fn busy() -> Bench {
    let mut bench = Bench::sqlite();
    bench.ask(register(1)).unwrap();
    bench.ask(put_products(&["MPBPJS"])).unwrap();
    bench.ask(fund(1, 1, 1_000_000)).unwrap();
    let key = reference(1, Mode::Production, 2);
    bench.ask(inquire(&key, 2)).unwrap();
    bench.ask(pay(&key, 2, 2, bench.now)).unwrap();
    bench.ask(record(&key, bill_claim(&key, 2), 2, confirmed(151_000), Source::Send)).unwrap();
    bench.ask(buy(&reference(1, Mode::Production, 3), 3, 3, bench.now)).unwrap();
    bench
}

/// Changes the file behind the store's back.
fn vandalise(directory: &Path, sql: &str) {
    Connection::open(directory.join("loket.db")).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn everything_is_there_after_opening_again() {
    let bench = busy();
    let before = {
        let mut snapshot = bench.snapshot();
        let transfers = snapshot.transfers_between(CauseId(0), CauseId(9)).unwrap();
        (snapshot.merchants().unwrap(), snapshot.books().unwrap(), snapshot.newest().unwrap(), transfers)
    };
    let mut bench = bench.reopen();
    let mut snapshot = bench.snapshot();
    let transfers = snapshot.transfers_between(CauseId(0), CauseId(9)).unwrap();
    let after = (snapshot.merchants().unwrap(), snapshot.books().unwrap(), snapshot.newest().unwrap(), transfers);
    assert_eq!(after, before);
    drop(snapshot);
    bench.ask(fund(1, 4, 500)).unwrap();
}

#[test]
fn a_copy_of_the_files_under_a_running_store_has_what_was_committed() {
    let bench = busy();
    // What a disk holds when the power goes: nothing was closed.
    let copy = tempfile::tempdir().unwrap();
    for file in ["loket.db", "loket.db-wal"] {
        std::fs::copy(bench.directory().join(file), copy.path().join(file)).unwrap();
    }
    let store = SqliteStore::open(copy.path()).unwrap();
    assert!(store.snapshot().unwrap().order_by_id(OrderId(3)).unwrap().is_some());
}

#[test]
fn a_directory_is_used_by_one_at_a_time() {
    let bench = busy();
    let second = SqliteStore::open(bench.directory());
    assert!(matches!(second, Err(StoreError::InUse { path }) if path == bench.directory()));
    let directory = bench.close();
    SqliteStore::open(directory.path()).expect("free again");
}

#[test]
fn a_directory_is_in_use_as_long_as_its_writer() {
    let directory = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(directory.path()).unwrap();
    let writer = store.writer().unwrap();
    drop(store);
    assert!(matches!(SqliteStore::open(directory.path()), Err(StoreError::InUse { .. })));
    drop(writer);
    SqliteStore::open(directory.path()).expect("free again");
}

#[test]
fn a_newer_database_is_left_alone() {
    let directory = busy().close();
    vandalise(
        directory.path(),
        "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
         VALUES (9999, 'from_the_future', '2099-01-01T00:00:00Z', '1')",
    );
    let opened = SqliteStore::open(directory.path());
    assert!(matches!(opened, Err(StoreError::TooNew { found: 9_999, known: 1.. })), "{opened:?}");
}

/// Nobody may make a file in `/sys`, not even root.
#[cfg(target_os = "linux")]
#[test]
fn a_directory_that_cannot_be_written_is_named() {
    let opened = SqliteStore::open(Path::new("/sys"));
    assert!(matches!(&opened, Err(StoreError::ReadOnly { path }) if path == Path::new("/sys")), "{opened:?}");
}

#[test]
fn something_else_under_the_name_of_the_database_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("loket.db"), "not a database, but long enough to have a header ".repeat(9))
        .unwrap();
    assert!(matches!(SqliteStore::open(directory.path()), Err(StoreError::NotADatabase { .. })));
}

#[test]
fn rows_that_do_not_decode_are_named_and_never_defaulted() {
    for (sql, table, column, id) in [
        ("UPDATE orders SET status = 7 WHERE order_id = 2", "orders", "status", "2"),
        ("UPDATE orders SET ref_id = 'a b' WHERE order_id = 2", "orders", "ref_id", "2"),
        ("UPDATE orders SET claim_group = NULL WHERE order_id = 2", "orders", "claim_group", "2"),
        ("UPDATE orders SET cost_is_stated = 2 WHERE order_id = 2", "orders", "cost_is_stated", "2"),
        ("UPDATE orders SET cost = NULL WHERE order_id = 2", "orders", "cost_is_stated", "2"),
        ("UPDATE orders SET attempts = 65536 WHERE order_id = 2", "orders", "attempts", "2"),
        ("UPDATE orders SET created_at = -1 WHERE order_id = 2", "orders", "created_at", "2"),
        ("UPDATE orders SET sn = CAST(x'ff' AS TEXT) WHERE order_id = 2", "orders", "sn", "2"),
    ] {
        let directory = busy().close();
        vandalise(directory.path(), sql);
        let store = SqliteStore::open(directory.path()).unwrap();
        let found = store.snapshot().unwrap().order_by_id(OrderId(2));
        let Err(StoreError::Corrupt { table: in_table, column: in_column, id: of }) = found else {
            panic!("{sql}: {found:?}")
        };
        assert_eq!((in_table, in_column, of.as_str()), (table, column, id), "{sql}");
    }
}

#[test]
fn a_corrupt_row_stops_its_batch_and_no_other() {
    let directory = busy().close();
    vandalise(directory.path(), "UPDATE inquiries SET bill_scope = -1");
    let mut bench = Bench::in_directory(directory);
    let key = reference(1, Mode::Production, 2);
    let result = bench.batch(&[inquire(&key, 2).into(), fund(1, 9, 500).into()]);
    assert!(
        matches!(&result, Err(StoreError::Corrupt { table: "inquiries", column: "bill_scope", id }) if id == "1/0/INQ-00000002")
    );
    bench.ask(fund(1, 9, 500)).unwrap();
}

#[test]
fn amounts_outside_the_range_do_not_get_into_the_file() {
    let directory = busy().close();
    let connection = Connection::open(directory.path().join("loket.db")).unwrap();
    for (sql, constraint) in [
        ("UPDATE books SET available = 1000000000000001", "available_in_range"),
        ("UPDATE books SET held = -1", "held_in_range"),
        ("UPDATE orders SET amount = -1000000000000001", "amount_in_range"),
        ("UPDATE transfers SET amount = 0", "amount_in_range"),
        ("UPDATE transfers SET debit = credit", "two_sides"),
        ("UPDATE attempts SET state = 0, check_at = NULL", "sending_is_bounded"),
    ] {
        let error = connection.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains(constraint), "{sql}: {error}");
    }
    connection.execute("UPDATE books SET available = 1.5", []).expect_err("a fraction of a rupiah");
}

/// A file with a row in each of the tables that the suppliers have filled.
fn spoken_to() -> Bench {
    let mut bench = busy();
    bench.ask(PutSupplier { profile: supplier("digi"), is_new: true }).unwrap();
    let heard = Callback { order_id: Some(OrderId(3)), ..callback(5) };
    bench.ask(KeepCallback { callback: heard }).unwrap();
    let key = reference(1, Mode::Production, 3);
    let said = record(&key, purchase_claim(&key, 3), 3, unknown(), Source::Send);
    bench.ask(RecordAnswer { words: Some(words("{}")), ..said }).unwrap();
    let asked = OpenInquiry { words: Some(words("{}")), ..inquire(&reference(1, Mode::Production, 4), 4) };
    bench.ask(asked).unwrap();
    bench
}

#[test]
fn corrupt_words_suppliers_routes_and_callbacks_are_named_too() {
    type Look = fn(&mut dyn Snapshot) -> Result<(), StoreError>;
    let suppliers: Look = |snapshot| snapshot.suppliers().map(drop);
    let callbacks: Look = |snapshot| snapshot.callbacks(OrderId(3)).map(drop);
    let newest: Look = |snapshot| snapshot.newest_callbacks(9).map(drop);
    let exchanges: Look = |snapshot| snapshot.exchanges(MerchantId(1), OrderId(3)).map(drop);
    let attempts: Look = |snapshot| snapshot.attempts(MerchantId(1), OrderId(3)).map(drop);
    let products: Look = |snapshot| snapshot.products().map(drop);
    let inquiry: Look = |snapshot| snapshot.inquiry(&reference(1, Mode::Production, 4)).map(drop);
    let silent: Look = |snapshot| snapshot.inquiry(&reference(1, Mode::Production, 2)).map(drop);
    let of_four = "WHERE ref_id = 'INQ-00000004'";
    let table = [
        (suppliers, "suppliers SET name = 'a b'".to_owned(), "suppliers.name", "a b"),
        (suppliers, "suppliers SET kind = 3".to_owned(), "suppliers.kind", "digi"),
        (suppliers, "suppliers SET state = -1".to_owned(), "suppliers.state", "digi"),
        (suppliers, "suppliers SET is_testing = 2".to_owned(), "suppliers.is_testing", "digi"),
        (suppliers, "suppliers SET can_be_asked = 7".to_owned(), "suppliers.can_be_asked", "digi"),
        (suppliers, "suppliers SET max_in_flight = -1".to_owned(), "suppliers.max_in_flight", "digi"),
        (suppliers, "suppliers SET max_in_flight = 4294967296".to_owned(), "suppliers.max_in_flight", "digi"),
        (suppliers, "suppliers SET callback_networks = '10.0.0.1'".to_owned(), "suppliers.callback_networks", "digi"),
        (suppliers, "suppliers SET reroute_codes = '5'".to_owned(), "suppliers.reroute_codes", "digi"),
        (suppliers, "suppliers SET user = CAST(x'ff' AS TEXT)".to_owned(), "suppliers.user", "digi"),
        (suppliers, "suppliers SET created_at = -1".to_owned(), "suppliers.created_at", "digi"),
        (callbacks, "callbacks SET verdict = 8".to_owned(), "callbacks.verdict", "5"),
        (newest, "callbacks SET verdict = -1".to_owned(), "callbacks.verdict", "5"),
        (callbacks, "callbacks SET supplier = ''".to_owned(), "callbacks.supplier", "5"),
        (newest, "callbacks SET headers = CAST(x'ff' AS TEXT)".to_owned(), "callbacks.headers", "5"),
        (newest, "callbacks SET received_at = -1".to_owned(), "callbacks.received_at", "5"),
        (exchanges, "exchanges SET source = 4".to_owned(), "exchanges.source", "3/1/1"),
        (exchanges, "exchanges SET status = 65536".to_owned(), "exchanges.status", "3/1/1"),
        (exchanges, "exchanges SET status = -1".to_owned(), "exchanges.status", "3/1/1"),
        (exchanges, "exchanges SET answer = CAST(x'ff' AS TEXT)".to_owned(), "exchanges.answer", "3/1/1"),
        (exchanges, "exchanges SET recorded_at = -1".to_owned(), "exchanges.recorded_at", "3/1/1"),
        (attempts, "attempts SET state = 5".to_owned(), "attempts.state", "3/1"),
        (attempts, "attempts SET may_have_arrived = 2".to_owned(), "attempts.may_have_arrived", "3/1"),
        (attempts, "attempts SET exchanges = -1".to_owned(), "attempts.exchanges", "3/1"),
        (attempts, "attempts SET supplier = 'a b'".to_owned(), "attempts.supplier", "3/1"),
        (products, "product_routes SET supplier = ''".to_owned(), "product_routes.supplier", "MPBPJS/0"),
        (products, "product_routes SET is_on = 2".to_owned(), "product_routes.is_on", "MPBPJS/0"),
        (products, "product_routes SET is_available = 2".to_owned(), "product_routes.is_available", "MPBPJS/0"),
        (products, "product_routes SET cut_off_start = 5".to_owned(), "product_routes.cut_off_end", "MPBPJS/0"),
        (products, "product_routes SET cut_off_end = 5".to_owned(), "product_routes.cut_off_end", "MPBPJS/0"),
        (inquiry, format!("inquiries SET words_call = NULL {of_four}"), "inquiries.words_answer", "1/0/INQ-00000004"),
        (
            inquiry,
            format!("inquiries SET words_request = NULL {of_four}"),
            "inquiries.words_answer",
            "1/0/INQ-00000004",
        ),
        (inquiry, format!("inquiries SET words_answer = NULL {of_four}"), "inquiries.words_answer", "1/0/INQ-00000004"),
        (inquiry, format!("inquiries SET words_status = -1 {of_four}"), "inquiries.words_status", "1/0/INQ-00000004"),
        (silent, "inquiries SET words_status = 200".to_owned(), "inquiries.words_answer", "1/0/INQ-00000002"),
        (silent, "inquiries SET same_day = 2".to_owned(), "inquiries.same_day", "1/0/INQ-00000002"),
    ];
    let whole = spoken_to().close();
    for (look, sql, place, id) in table {
        let copy = tempfile::tempdir().unwrap();
        std::fs::copy(whole.path().join("loket.db"), copy.path().join("loket.db")).unwrap();
        let store = SqliteStore::open(copy.path()).unwrap();
        look(&mut *store.snapshot().unwrap()).unwrap();
        drop(store);
        vandalise(copy.path(), &format!("UPDATE {sql}"));
        let store = SqliteStore::open(copy.path()).unwrap();
        let found = look(&mut *store.snapshot().unwrap());
        let Err(StoreError::Corrupt { table, column, id: of }) = found else { panic!("{sql}: {found:?}") };
        assert_eq!((format!("{table}.{column}").as_str(), of.as_str()), (place, id), "{sql}");
    }
}

#[test]
fn a_text_of_two_lines_does_not_come_back_as_two_texts() {
    let mut bench = Bench::sqlite();
    for profile in [
        SupplierProfile { reroute_codes: vec!["5\n3".into()], ..supplier("digi") },
        SupplierProfile { callback_networks: vec!["10.0.0.1\n".into()], ..supplier("digi") },
    ] {
        let put = PutSupplier { profile, is_new: true };
        assert!(matches!(bench.batch(&[put.into()]), Err(StoreError::Engine(_))));
    }
    assert_eq!(bench.snapshot().suppliers().unwrap(), []);
}
