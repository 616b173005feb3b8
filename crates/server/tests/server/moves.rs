//! A shop moves from SQLite to PostgreSQL, and nobody who asks it notices.

use std::process::Stdio;

use serde_json::json;
use throwaway_postgres::Database;

use crate::harness::{Loket, Merchant, eventually};

/// What a merchant is told about its orders and its money.
fn told(merchant: &Merchant) -> Vec<String> {
    let calls = [
        merchant.status("INQ-1"),
        merchant.status("BUY-1"),
        merchant.call("/v1/mutations", json!({})).unwrap(),
        merchant.call("/v1/events", json!({})).unwrap(),
    ];
    calls.iter().map(|answer| answer.data().to_string()).chain([merchant.balance().to_string()]).collect()
}

#[test]
fn the_answers_are_the_same_after_a_move() {
    let mut loket = Loket::start();
    let toko = loket.merchant("toko");
    toko.inquire_and_pay("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    toko.buy("BUY-1", "TSEL21", "081234567890");
    let before = told(&toko);
    let refused = loket.expect_failure(1, &["db", "move"]);
    assert!(refused.contains("LOKET_DATABASE_URL"), "{refused}");

    let database = Database::fresh();
    let served = loket.expect_failure(1, &["db", "move", "--database", &database.url()]);
    assert!(served.contains("another loket process"), "{served}");
    loket.stop();
    let moved = loket.json(&["db", "move", "--database", &database.url()]);
    assert_eq!(moved["verified"]["findings"], json!([]));
    let orders = moved["tables"].as_array().unwrap().iter().find(|table| table["name"] == "orders").unwrap();
    assert_eq!(orders["rows"], 2);
    let closed = loket.expect_failure(1, &["merchant", "list"]);
    assert!(closed.contains("was moved: postgres://***@") && closed.contains("loket.moved"), "{closed}");
    let again = loket.expect_failure(1, &["db", "move", "--database", &database.url()]);
    assert!(again.contains("not empty"), "{again}");

    loket.set("database_url", &database.url());
    loket.open();
    assert_eq!(told(&toko), before);
    toko.inquire_and_pay("INQ-2", "MPBPJS", "1234567891").expect_code("BILL_PAYMENT_SUCCESS");
    loket.verify();
    loket.stop();
}

/// Whoever is at work in a database, and whether a gate holds it up.
const AT_WORK: &str = "SELECT DISTINCT activity.pid, wait_event IS NOT DISTINCT FROM 'PgSleep' FROM pg_stat_activity AS activity \
                       JOIN pg_locks AS locks ON locks.pid = activity.pid JOIN pg_class ON pg_class.oid = locks.relation \
                       WHERE relnamespace = current_schema()::regnamespace AND activity.pid <> pg_backend_pid()";

/// Where a move is held up until the gate is opened.
struct Gate {
    /// When the trigger fires.
    when: &'static str,
    /// On which table.
    table: &'static str,
    /// Whether the source is marked then.
    is_marked: bool,
}

/// From the first row to the commit itself.
const GATES: [Gate; 5] = [
    Gate { when: "TRIGGER gate BEFORE", table: "merchants", is_marked: false },
    Gate { when: "TRIGGER gate BEFORE", table: "orders", is_marked: false },
    Gate { when: "TRIGGER gate BEFORE", table: "vouchers", is_marked: false },
    Gate { when: "TRIGGER gate BEFORE", table: "writers", is_marked: false },
    IN_COMMIT,
];
/// All is sent, and the server is told to commit.
const IN_COMMIT: Gate = Gate { when: "CONSTRAINT TRIGGER gate AFTER", table: "writers", is_marked: true };

/// Starts a move, and kills it with SIGKILL when it stands before the gate. The server has what was sent to it, and goes on when the gate is
/// opened, or ends if it is told to.
fn killed_at(gate: &Gate, loket: &Loket, database: &Database, and_then: &str) {
    let deferred = if gate.is_marked { "DEFERRABLE INITIALLY DEFERRED" } else { "" };
    database.run(&format!(
        "CREATE TABLE opened (); CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         WHILE NOT EXISTS (SELECT FROM opened) LOOP PERFORM pg_sleep(0.001); END LOOP; RETURN NEW; END $$; \
         CREATE {} INSERT ON {} {deferred} FOR EACH ROW EXECUTE FUNCTION wait()",
        gate.when, gate.table
    ));
    let mut moving = loket.command(&["db", "move", "--database", &database.url()]);
    let mut moving = moving.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    eventually("it stands before the gate", || {
        assert_eq!(moving.try_wait().unwrap(), None, "it ended before {}", gate.table);
        database.run(AT_WORK).iter().any(|row| row[1].as_deref() == Some("t")).then_some(())
    });
    moving.kill().unwrap();
    moving.wait().unwrap();
    assert_eq!(loket.data().join("loket.moved").exists(), gate.is_marked, "{}", gate.table);
    database.run(and_then);
    eventually("its connection has ended", || database.run(AT_WORK).is_empty().then_some(()));
    database.run(&format!("DROP TRIGGER gate ON {}; DROP FUNCTION wait; DROP TABLE opened", gate.table));
}

const OPEN: &str = "INSERT INTO opened DEFAULT VALUES";

/// A shop with an order, closed, and what its merchant is told; and a target that has tables already.
fn shop_and_target() -> (Loket, Merchant, Vec<String>, Database) {
    let mut loket = Loket::start();
    let toko = loket.merchant("toko");
    toko.inquire_and_pay("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    toko.buy("BUY-1", "TSEL21", "081234567890");
    let told = told(&toko);
    loket.stop();
    let database = Database::fresh();
    loket.expect(&["merchant", "list", "--database", &database.url()]);
    (loket, toko, told, database)
}

/// How many rows stand in the tables that are filled first, in the middle and last.
fn rows(database: &Database) -> Vec<Option<String>> {
    let counted =
        "SELECT (SELECT count(*) FROM merchants), (SELECT count(*) FROM orders), (SELECT count(*) FROM vouchers)";
    database.run(counted).remove(0)
}

#[test]
fn a_killed_move_leaves_nothing_and_is_made_once_more() {
    let (mut loket, toko, before, database) = shop_and_target();
    let source = std::fs::read(loket.data().join("loket.db")).unwrap();
    for gate in GATES {
        let and_then = if gate.is_marked { "SELECT pg_terminate_backend(pid) FROM (AT WORK) AS at_work" } else { OPEN };
        killed_at(&gate, &loket, &database, &and_then.replace("AT WORK", AT_WORK));
        assert_eq!(rows(&database), ["0", "0", "0"].map(|count| Some(count.to_owned())), "{}", gate.table);
        assert_eq!(std::fs::read(loket.data().join("loket.db")).unwrap(), source, "{}", gate.table);
    }
    let moved = loket.json(&["db", "move", "--database", &database.url()]);
    assert_eq!(moved["verified"]["findings"], json!([]));
    loket.set("database_url", &database.url());
    loket.open();
    assert_eq!(told(&toko), before);
    loket.stop();
}

/// The server had the COMMIT when the mover died.
#[test]
fn a_move_that_is_killed_while_it_is_committed_is_whole() {
    let (mut loket, toko, before, database) = shop_and_target();
    killed_at(&IN_COMMIT, &loket, &database, OPEN);
    let again = loket.expect_failure(1, &["db", "move", "--database", &database.url()]);
    assert!(again.contains("not empty"), "{again}");
    let closed = loket.expect_failure(1, &["merchant", "list"]);
    assert!(closed.contains("loket.moved"), "{closed}");
    loket.set("database_url", &database.url());
    loket.verify();
    loket.open();
    assert_eq!(told(&toko), before);
    loket.stop();
}
