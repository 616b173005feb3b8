//! One payment, asked for by everybody at once.

use std::collections::HashSet;
use std::sync::{Arc, Barrier};

use serde_json::json;

use crate::harness::{Answer, Loket, Merchant};

const CONNECTIONS: usize = 64;
const REQUESTS: usize = 1_000;
const UNLIMITED: (&str, &str) = ("rate_per_second", "1000000");

/// Sends the same bytes so many times over so many connections, all at once.
fn send_at_once(merchant: &Merchant, body: &str) -> Vec<Answer> {
    let start = Arc::new(Barrier::new(CONNECTIONS));
    std::thread::scope(|scope| {
        let share = |number| REQUESTS / CONNECTIONS + usize::from(number < REQUESTS % CONNECTIONS);
        let clients: Vec<_> = (0..CONNECTIONS)
            .map(|number| {
                let (merchant, start) = (merchant.clone(), Arc::clone(&start));
                scope.spawn(move || {
                    merchant.balance();
                    start.wait();
                    (0..share(number)).map(|_| merchant.post("/v1/order", body).unwrap()).collect::<Vec<_>>()
                })
            })
            .collect();
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    })
}

/// All answers have this code, and the very same `data`, byte for byte.
fn expect_all_the_same(answers: &[Answer], code: &str) {
    assert_eq!(answers.len(), REQUESTS);
    let different: HashSet<&str> = answers.iter().map(|answer| answer.text.as_str()).collect();
    assert_eq!(different.len(), 1, "{different:#?}");
    assert_eq!((answers[0].status, answers[0].code()), (200, code), "{}", answers[0].text);
}

#[test]
fn a_thousand_identical_payments_are_one() {
    let mut loket = Loket::start_with(&[UNLIMITED]);
    let toko = loket.merchant("toko");
    toko.inquire("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_INQUIRY_SUCCESS");
    let pay = json!({ "cmd": "pay-pasca", "code": "MPBPJS", "customer_no": "1234567890", "ref_id": "INQ-1" });
    let mut told = Vec::new();
    for _ in 0..2 {
        let answers = send_at_once(&toko, &toko.sign(&pay, crate::harness::now_seconds()));
        expect_all_the_same(&answers, "BILL_PAYMENT_SUCCESS");
        told.push(answers[0].text.clone());
        assert_eq!(loket.paid_at_sandbox().len(), 1);
        let reckoning = loket.reckon();
        assert_eq!((reckoning.orders.len(), reckoning.count("success")), (1, 1));
        assert_eq!(loket.rows("SELECT count(*) AS holds FROM transfers WHERE slot = 0")[0]["holds"], json!(1));
        assert_eq!(toko.balance(), 1_000_000 - 25_200);
        loket.verify();
        loket.crash();
    }
    assert_eq!(told[0], told[1], "the same after a restart");
}

#[test]
fn a_thousand_identical_orders_without_a_reference_are_one() {
    let loket = Loket::start_with(&[UNLIMITED]);
    let toko = loket.merchant("toko");
    let buy = json!({ "cmd": "prepaid", "code": "TSEL21", "customer_no": "08123456789" });
    let answers = send_at_once(&toko, &toko.sign(&buy, crate::harness::now_seconds()));
    expect_all_the_same(&answers, "ORDER_SUCCESS");
    assert_eq!(loket.reckon().orders.len(), 1);
    assert_eq!(toko.balance(), 1_000_000 - 21_425);
    loket.verify();
}

#[test]
fn a_thousand_identical_inquiries_are_one_session() {
    let loket = Loket::start_with(&[UNLIMITED]);
    let toko = loket.poor_merchant("toko");
    let ask = json!({ "cmd": "inquiry", "code": "MPBPJS", "customer_no": "1234567890", "ref_id": "INQ-1" });
    let answers = send_at_once(&toko, &toko.sign(&ask, crate::harness::now_seconds()));
    expect_all_the_same(&answers, "BILL_INQUIRY_SUCCESS");
    assert_eq!(loket.rows("SELECT count(*) AS sessions FROM inquiries")[0]["sessions"], json!(1));
}

#[test]
fn a_payment_that_is_pending_is_pending_for_everybody() {
    let loket = Loket::start_with(&[UNLIMITED]);
    let toko = loket.merchant("toko");
    toko.inquire("INQ-1", "MPBPJS", "1234569008").expect_code("BILL_INQUIRY_SUCCESS");
    let pay = json!({ "cmd": "pay-pasca", "code": "MPBPJS", "customer_no": "1234569008", "ref_id": "INQ-1" });
    let answers = send_at_once(&toko, &toko.sign(&pay, crate::harness::now_seconds()));
    expect_all_the_same(&answers, "BILL_PAYMENT_PENDING");
    let reckoning = loket.reckon();
    assert_eq!((reckoning.orders.len(), reckoning.count("pending")), (1, 1));
    loket.expect(&["order", "resolve", "INQ-1", "--failed", "a test"]);
    assert_eq!(toko.balance(), 1_000_000);
    loket.verify();
}
