//! Moves from SQLite to PostgreSQL: everything is there afterwards, or nothing is.

use std::path::Path;

use proptest::prelude::*;
use rusqlite::Connection;
use store::{MovedTable, PostgresStore, Schema, SqliteStore, Store, StoreError, UnopenedStore};
use throwaway_postgres::Database;

use super::harness::{Bench, writer_id};
use super::proxy::{Cut, Proxy};
use super::same_state::{batches, dump, run};
use super::samples::{fund, register};

const PLACE: &str = "postgres://***@there";

fn move_to(directory: &Path, database: &Database) -> Result<Vec<MovedTable>, StoreError> {
    move_through(directory, &database.url())
}

fn move_through(directory: &Path, url: &str) -> Result<Vec<MovedTable>, StoreError> {
    let mut told = Vec::new();
    let source = UnopenedStore::take_to_move(directory, Schema::known()).unwrap();
    let moved = source.move_to(url, PLACE, writer_id(), &mut |done, of| told.push((done, of)));
    assert!(told.is_sorted() && told.iter().all(|(done, of)| done <= of), "{told:?}");
    assert!(moved.is_err() || told.last().is_some_and(|(done, of)| done == of), "{told:?}");
    moved
}

/// A database with some money, closed.
fn funded() -> Bench {
    let mut bench = Bench::sqlite();
    bench.ask(register(1)).unwrap();
    bench.ask(fund(1, 1, 5_000)).unwrap();
    bench
}

fn make_tables(database: &Database) {
    let elsewhere = tempfile::tempdir().unwrap();
    drop(PostgresStore::open(elsewhere.path(), &database.url(), writer_id()).unwrap());
}

/// Fails, and neither side has changed.
fn refused(spoil: &str) -> String {
    let (bench, database) = (funded(), Database::fresh());
    let now = bench.now;
    let before = dump(&mut *bench.snapshot(), now);
    let directory = bench.close();
    make_tables(&database);
    database.run(spoil);
    let why = move_to(directory.path(), &database).unwrap_err().to_string();
    assert_eq!(database.run("SELECT count(*) FROM transfers"), [[Some("0".to_owned())]]);
    assert_eq!(dump(&mut *SqliteStore::open(directory.path()).unwrap().snapshot().unwrap(), now), before);
    why
}

/// A trigger on what is written to a table.
fn on_insert(table: &str, body: &str) -> String {
    format!(
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$;
         CREATE TRIGGER spoil BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION spoil()"
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_question_is_answered_alike_afterwards(batches in batches()) {
        let (mut bench, database) = (Bench::sqlite(), Database::fresh());
        run(&mut bench, &batches);
        let now = bench.now;
        let before = dump(&mut *bench.snapshot(), now);
        let directory = bench.close();
        move_to(directory.path(), &database).unwrap();
        let moved = PostgresStore::open(directory.path(), &database.url(), writer_id()).unwrap();
        prop_assert_eq!(before, dump(&mut *moved.snapshot().unwrap(), now));
    }
}

#[test]
fn what_was_moved_is_not_opened_and_what_is_there_is_not_overwritten() {
    let (directory, database) = (funded().close(), Database::fresh());
    move_to(directory.path(), &database).unwrap();
    let closed = SqliteStore::open(directory.path()).unwrap_err();
    assert!(matches!(closed, StoreError::Moved { ref to, .. } if to == PLACE), "{closed}");
    let again = move_to(directory.path(), &database).unwrap_err().to_string();
    assert!(again.contains("not empty") && again.contains("merchants"), "{again}");
    assert!(matches!(SqliteStore::open(directory.path()), Err(StoreError::Moved { .. })), "the mark stays");
    std::fs::remove_file(directory.path().join("loket.moved")).unwrap();
    SqliteStore::open(directory.path()).unwrap();
}

#[test]
fn a_database_that_is_served_is_not_moved() {
    let bench = funded();
    let taken = UnopenedStore::take_to_move(bench.directory(), Schema::known());
    assert!(matches!(taken, Err(StoreError::InUse { .. })));
}

#[test]
fn a_sum_that_differs_is_found() {
    let why = refused(&on_insert("transfers", "NEW.amount = NEW.amount + 1; RETURN NEW;"));
    assert!(why.contains("table transfers") && why.contains("amount sums to 5000 here, 5001 there"), "{why}");
}

#[test]
fn a_row_that_is_missing_is_found() {
    let why = refused(&on_insert("vouchers", "RETURN NULL;"));
    assert!(why.contains("table vouchers") && why.contains("1 rows here, 0 there"), "{why}");
}

#[test]
fn a_text_that_differs_is_found() {
    let why = refused(&on_insert("merchants", "NEW.name = NEW.name || ' '; RETURN NEW;"));
    assert!(why.contains("table merchants") && why.contains("not the rows"), "{why}");
}

#[test]
fn a_connection_that_ends_in_the_middle_leaves_nothing() {
    let why = refused(&on_insert("vouchers", "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW;"));
    assert!(why.contains("PostgreSQL"), "{why}");
}

/// Moves what is funded, loses the connection in the commit, and gives the source, which is marked, with its target.
fn lost_in_commit(cut: Cut) -> (tempfile::TempDir, Database) {
    let (directory, database) = (funded().close(), Database::fresh());
    make_tables(&database);
    let proxy = Proxy::to(database.place());
    proxy.cut(cut);
    let unknown = move_through(directory.path(), &database.url_through(proxy.place())).unwrap_err();
    assert!(matches!(unknown, StoreError::Unknown(_)), "{unknown}");
    assert!(unknown.to_string().contains("loket verify"), "{unknown}");
    let closed = SqliteStore::open(directory.path()).unwrap_err();
    assert!(matches!(closed, StoreError::Moved { .. }), "{closed}");
    (directory, database)
}

#[test]
fn a_move_whose_commit_never_arrived_is_made_once_more() {
    let (directory, database) = lost_in_commit(Cut::BeforeCommit);
    move_to(directory.path(), &database).unwrap();
    assert_eq!(database.run("SELECT count(*) FROM transfers"), [[Some("1".to_owned())]]);
}

#[test]
fn a_move_whose_commit_was_not_answered_is_whole() {
    let (directory, database) = lost_in_commit(Cut::AfterCommit);
    assert_eq!(database.run("SELECT count(*) FROM transfers"), [[Some("1".to_owned())]]);
    let again = move_to(directory.path(), &database).unwrap_err().to_string();
    assert!(again.contains("not empty"), "{again}");
    assert!(matches!(SqliteStore::open(directory.path()), Err(StoreError::Moved { .. })), "the mark stays");
}

/// Of every table that either engine has, something is known about what becomes of it.
#[test]
fn no_table_is_forgotten() {
    let (directory, database) = (funded().close(), Database::fresh());
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let connection = Connection::open(directory.path().join("loket.db")).unwrap();
    let mut statement = connection.prepare(tables).unwrap();
    let here: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    drop(statement);
    drop(connection);
    let moved: Vec<&str> = move_to(directory.path(), &database).unwrap().iter().map(|table| table.name).collect();
    let there = database
        .run("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace");
    let there: Vec<String> = there.into_iter().map(|mut row| row.remove(0).unwrap()).collect();
    // The newest moment goes from `meta` to `writers`, bills that are being paid to `bills`; each engine has its own history.
    let made_anew =
        ["leases", "meta", "pending_bills", "refinery_schema_history", "revisions", "schema_history", "writers"];
    for table in here.iter().chain(&there).filter(|table| !made_anew.contains(&table.as_str())) {
        assert!(moved.contains(&table.as_str()), "{table} is not moved");
    }
}
