//! A shop moves from SQLite to PostgreSQL, and nobody who asks it notices.

use serde_json::json;
use throwaway_postgres::Database;

use crate::harness::{Loket, Merchant};

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
