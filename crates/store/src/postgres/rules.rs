//! The rules of the SQL: it means something, and it keeps to what distributed engines with PostgreSQL's protocol know as well.

use domain::attempt::Attempt;
use domain::bill::Bill;
use domain::callback::Callback;
use domain::delivery_try::DeliveryTry;
use domain::duplicate::DuplicateGuard;
use domain::event::Event;
use domain::exchange::Exchange;
use domain::inquiry::Inquiry;
use domain::lease::Lease;
use domain::ledger::{Book, Transfer};
use domain::merchant::Merchant;
use domain::order::Order;
use domain::product::Product;
use domain::revision::Revision;
use domain::supplier::SupplierProfile;
use domain::voucher::Voucher;
use throwaway_postgres::Database;
use tokio::runtime::Builder;
use tokio_postgres::NoTls;

use crate::postgres::{queries, sql};
use crate::rows::{DeliveryRow, EndpointRow, HeaderRow, Kept, RouteRow, TierRow};
use crate::{PostgresStore, StoreError};

const MIGRATIONS: &str = include_str!("../../migrations/postgres/V1__create_tables.sql");
/// Every file that has SQL in it, besides those from which [`all`] comes.
const SOURCES: [&str; 8] = [
    include_str!("bills_in_order.rs"),
    include_str!("connection.rs"),
    include_str!("moving.rs"),
    include_str!("queries.rs"),
    include_str!("readers.rs"),
    include_str!("schema.rs"),
    include_str!("sql.rs"),
    include_str!("writer/session.rs"),
];

/// Every statement of this engine: those of the lists, and those that follow from the layouts.
fn all() -> Vec<String> {
    let layouts = [
        Attempt::LAYOUT,
        Bill::LAYOUT,
        Book::LAYOUT,
        Callback::LAYOUT,
        DuplicateGuard::LAYOUT,
        Inquiry::LAYOUT,
        Lease::LAYOUT,
        Merchant::LAYOUT,
        Order::LAYOUT,
        Product::LAYOUT,
        Revision::LAYOUT,
        SupplierProfile::LAYOUT,
        Voucher::LAYOUT,
        DeliveryTry::LAYOUT,
        Event::LAYOUT,
        Exchange::LAYOUT,
        Transfer::LAYOUT,
        DeliveryRow::LAYOUT,
        EndpointRow::LAYOUT,
        HeaderRow::LAYOUT,
        RouteRow::LAYOUT,
        TierRow::LAYOUT,
    ];
    let derived = layouts.iter().flat_map(|layout| {
        [
            sql::load(layout),
            sql::lock(layout),
            sql::load_parts(layout, 1),
            sql::delete_parts(layout, 1),
            sql::insert(layout),
            sql::update(layout),
            sql::put(layout),
        ]
    });
    let listed = queries::QUERIES.iter().map(|query| query.sql());
    listed.chain(queries::STATEMENTS.iter().map(|statement| (*statement).to_owned())).chain(derived).collect()
}

fn database() -> (Database, tempfile::TempDir) {
    let (database, directory) = (Database::fresh(), tempfile::tempdir().unwrap());
    PostgresStore::open(directory.path(), &database.url(), [0; 16]).unwrap();
    (database, directory)
}

#[test]
fn every_statement_prepares() {
    let (database, _directory) = database();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(&database.url(), NoTls).await.unwrap();
        let driver = runtime.spawn(connection);
        let all = all();
        assert!(all.len() > 150, "{} statements", all.len());
        for sql in all {
            if let Err(error) = client.prepare(&sql).await {
                panic!("{sql}\n{}", StoreError::from(error));
            }
        }
        drop(client);
        driver.await.unwrap().unwrap();
    });
}

/// What a sharded, a multi-master or a pooled PostgreSQL lacks, what takes its time from another clock, or what hides a rule from the
/// domain.
fn forbidden_in(text: &str) -> Vec<&'static str> {
    let words: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric() && character != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let has = |sequence: &str| {
        let sequence: Vec<&str> = sequence.split(' ').collect();
        words.windows(sequence.len()).any(|window| window == sequence.as_slice())
    };
    let mut found: Vec<&'static str> = [
        "skip locked",
        "pg_advisory_lock",
        "pg_advisory_xact_lock",
        "pg_try_advisory_lock",
        "pg_try_advisory_xact_lock",
        "create trigger",
        "create function",
        "create sequence",
        "nextval",
        "serial",
        "bigserial",
        "smallserial",
        "identity",
        "current_timestamp",
        "current_time",
        "localtimestamp",
        "clock_timestamp",
        "statement_timestamp",
        "transaction_timestamp",
        "timestamptz",
        "listen",
        "notify",
        "references",
        "foreign key",
        "lock table",
        "create unlogged",
        "create temporary",
        "ctid",
        "numeric",
        "double precision",
        "real",
        "sum",
        "avg",
        "random",
        "gen_random_uuid",
    ]
    .into_iter()
    .filter(|forbidden| has(forbidden))
    .collect();
    if text.to_lowercase().contains("now()") {
        found.push("now()");
    }
    if has("with")
        && (has("returning")
            || words.iter().filter(|word| *word == "as").count() > 0
                && text.trim_start().to_lowercase().starts_with("with "))
    {
        found.push("a statement that begins with WITH");
    }
    found
}

/// SQL without its comments.
fn bare(sql: &str) -> String {
    sql.lines().filter(|line| !line.trim_start().starts_with("--")).collect::<Vec<_>>().join("\n")
}

/// What stands between double quotes in a source.
fn strings(source: &str) -> Vec<&str> {
    source.split('"').skip(1).step_by(2).collect()
}

#[test]
fn what_other_engines_lack_is_nowhere() {
    for sql in all().into_iter().chain([bare(MIGRATIONS)]) {
        assert_eq!(forbidden_in(&sql), [""; 0], "{sql}");
    }
    for text in SOURCES.iter().flat_map(|source| strings(source)).filter(|text| text.chars().any(char::is_uppercase)) {
        assert_eq!(forbidden_in(text), [""; 0], "{text}");
    }
}

#[test]
fn what_is_forbidden_is_found() {
    for sql in [
        "SELECT 1 FROM orders FOR UPDATE SKIP LOCKED",
        "SELECT pg_advisory_lock(1)",
        "UPDATE books SET updated_at = now()",
        "CREATE TABLE x (id bigserial)",
        "CREATE TABLE x (id bigint REFERENCES y)",
        "LISTEN events",
        "WITH gone AS (DELETE FROM events RETURNING number) SELECT * FROM gone",
    ] {
        assert_ne!(forbidden_in(sql), [""; 0], "{sql}");
    }
}

/// What belongs to no merchant alone, and stands on every node of a cluster: the merchants themselves.
const OF_NO_MERCHANT: &str = "merchants";

#[test]
fn every_key_of_a_merchants_table_begins_with_the_merchant() {
    let (database, _directory) = database();
    let keys = database.run(
        "SELECT tables.relname, indexes.relname, first.attname
         FROM pg_index JOIN pg_class AS indexes ON indexes.oid = indexrelid JOIN pg_class AS tables ON tables.oid = indrelid
         JOIN pg_attribute AS first ON first.attrelid = indrelid AND first.attnum = indkey[0]
         WHERE indisunique AND tables.relnamespace = current_schema()::regnamespace AND EXISTS (
             SELECT 1 FROM pg_attribute WHERE attrelid = indrelid AND attname = 'merchant_id')",
    );
    assert!(keys.len() > 15, "{keys:?}");
    let others: Vec<_> = keys
        .iter()
        .filter(|key| key[0].as_deref() != Some(OF_NO_MERCHANT) && key[2].as_deref() != Some("merchant_id"))
        .collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn the_catalogue_holds_nothing_that_acts_by_itself() {
    let (database, _directory) = database();
    for (what, sql) in [
        (
            "triggers",
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = current_schema()::regnamespace",
        ),
        (
            "foreign keys",
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace",
        ),
        (
            "sequences",
            "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace",
        ),
        ("functions", "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"),
        (
            "defaults",
            "SELECT relname FROM pg_attrdef JOIN pg_class ON pg_class.oid = adrelid WHERE relnamespace = current_schema()::regnamespace",
        ),
        (
            "other types",
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema()
             AND data_type NOT IN ('bigint', 'integer', 'smallint', 'text', 'bytea', 'boolean')",
        ),
    ] {
        let found = database.run(sql);
        assert!(found.is_empty(), "{what}: {found:?}");
    }
}

/// Money has a named range wherever it stands, as in SQLite.
#[test]
fn every_amount_has_a_range() {
    let (database, _directory) = database();
    let ranges = database
        .run("SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = current_schema()::regnamespace");
    let here = ranges.iter().filter(|row| row[0].as_deref().is_some_and(|name| name.ends_with("_in_range"))).count();
    let there = include_str!("../../migrations/sqlite/V1__create_tables.sql").matches("_in_range CHECK").count();
    assert_eq!(here, there);
}
