//! Money that is there once, and is wanted many times.

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use crate::harness::{Answer, Loket, Merchant};

/// What one bill of the sandbox's example costs.
const BILL: i64 = 25_200;

/// Runs each of these on a thread of its own, at the same moment.
fn at_once<T: Send>(calls: Vec<impl FnOnce() -> T + Send>) -> Vec<T> {
    let start = &Barrier::new(calls.len());
    std::thread::scope(|scope| {
        let running: Vec<_> = calls
            .into_iter()
            .map(|call| {
                scope.spawn(move || {
                    start.wait();
                    call()
                })
            })
            .collect();
        running.into_iter().map(|call| call.join().unwrap()).collect()
    })
}

fn count(answers: &[Answer], code: &str) -> usize {
    answers.iter().filter(|answer| answer.code() == code).count()
}

/// Reads the balance until told to stop; it is never below zero, and held and available together are never more than was deposited.
fn watch_balance(merchant: &Merchant, deposit: i64, is_over: &AtomicBool) {
    while !is_over.load(Ordering::Relaxed) {
        let answer = merchant.call("/v1/balance", json!({})).unwrap().expect_code("SUCCESS");
        let (available, held) = (answer["balance"].as_i64().unwrap(), answer["held"].as_i64().unwrap());
        assert!(available >= 0 && held >= 0 && available + held <= deposit, "{}", answer.text);
        assert_eq!(available % BILL, 0, "{}", answer.text);
    }
}

/// Inquiries of different bills, all at the same price: their references and numbers.
fn inquire(merchant: &Merchant, count: u32) -> Vec<(String, String)> {
    let bill = |number| (format!("INQ-{number}"), format!("1234{number:06}"));
    let bills: Vec<_> = (0..count).map(bill).collect();
    for (ref_id, customer_no) in &bills {
        merchant.inquire(ref_id, "MPBPJS", customer_no).expect_code("BILL_INQUIRY_SUCCESS");
    }
    bills
}

#[test]
fn balance_for_ten_bills_pays_ten_of_a_hundred() {
    let loket = Loket::start();
    let toko = loket.merchant_with("toko", 10 * BILL);
    let bills = inquire(&toko, 100);
    let pay = |(ref_id, customer_no): &(String, String)| {
        let (toko, ref_id, customer_no) = (toko.clone(), ref_id.clone(), customer_no.clone());
        move || toko.pay(&ref_id, "MPBPJS", &customer_no)
    };
    let is_over = AtomicBool::new(false);
    let answers = std::thread::scope(|scope| {
        let onlooker = toko.clone();
        let is_over = &is_over;
        let watched = scope.spawn(move || watch_balance(&onlooker, 10 * BILL, is_over));
        let answers = at_once(bills.iter().map(pay).collect());
        is_over.store(true, Ordering::Relaxed);
        watched.join().unwrap();
        answers
    });
    assert_eq!(count(&answers, "BILL_PAYMENT_SUCCESS"), 10);
    assert_eq!(count(&answers, "INSUFFICIENT_BALANCE"), 90);
    assert!(answers.iter().all(|answer| answer.status == if answer.data().is_null() { 402 } else { 200 }));
    assert_eq!(toko.balance(), 0);
    assert_eq!(loket.reckon().orders.len(), 10, "what was refused left nothing behind");
    loket.verify();

    // One bill's worth comes in: the ninety that were refused may try again, and one of them is paid.
    loket.expect(&["deposit", "toko", &BILL.to_string(), "--note", "one more"]);
    let answers = at_once(bills.iter().map(pay).collect());
    assert_eq!((count(&answers, "BILL_PAYMENT_SUCCESS"), count(&answers, "INSUFFICIENT_BALANCE")), (11, 89));
    assert_eq!((toko.balance(), loket.reckon().orders.len()), (0, 11));
    loket.verify();
}

#[test]
fn money_that_comes_back_is_spent_once() {
    let loket = Loket::start();
    let toko = loket.merchant_with("toko", 10 * BILL);
    for round in 0..10 {
        let bills: Vec<_> =
            (0..20).map(|bill| (format!("INQ-{round}-{bill}"), format!("1{round:02}{bill:03}9005"))).collect();
        for (ref_id, customer_no) in &bills {
            toko.inquire(ref_id, "MPBPJS", customer_no).expect_code("BILL_INQUIRY_SUCCESS");
        }
        let pay = |(ref_id, customer_no): &(String, String)| {
            let (toko, ref_id, customer_no) = (toko.clone(), ref_id.clone(), customer_no.clone());
            move || toko.pay(&ref_id, "MPBPJS", &customer_no)
        };
        let answers = at_once(bills.iter().map(pay).collect());
        assert_eq!(count(&answers, "BILL_PAYMENT_FAILED") + count(&answers, "INSUFFICIENT_BALANCE"), 20);
        assert!(count(&answers, "BILL_PAYMENT_FAILED") >= 10, "there was money for ten at every moment");
        assert_eq!(toko.balance(), 10 * BILL);
    }
    assert_eq!(loket.paid_at_sandbox(), Vec::<String>::new());
    loket.reckon();
    loket.verify();
}

#[test]
fn two_merchants_pay_the_same_bill_and_one_does() {
    let loket = Loket::start();
    let merchants = [loket.merchant_with("toko", 100 * BILL), loket.merchant_with("warung", 100 * BILL)];
    let mut refusals = Vec::new();
    for round in 0..50 {
        let (ref_id, customer_no) = (format!("INQ-{round}"), format!("5678{round:06}"));
        for merchant in &merchants {
            merchant.inquire(&ref_id, "MPBPJS", &customer_no).expect_code("BILL_INQUIRY_SUCCESS");
        }
        let pay = |merchant: &Merchant| {
            let (merchant, ref_id, customer_no) = (merchant.clone(), ref_id.clone(), customer_no.clone());
            move || merchant.pay(&ref_id, "MPBPJS", &customer_no)
        };
        let answers = at_once(merchants.iter().map(pay).collect());
        assert_eq!(count(&answers, "BILL_PAYMENT_SUCCESS"), 1, "{answers:?}");
        let refused = answers.iter().find(|answer| answer.code() != "BILL_PAYMENT_SUCCESS").unwrap();
        assert_eq!(refused.status, 409, "{}", refused.text);
        refusals.push(refused.code().to_owned());
    }
    let all = ["PAYMENT_IN_PROGRESS", "BILL_ALREADY_PAID"];
    assert!(refusals.iter().all(|code| all.contains(&code.as_str())), "{refusals:?}");
    let balances: i64 = merchants.iter().map(Merchant::balance).sum();
    assert_eq!(balances, 200 * BILL - 50 * BILL);
    assert_eq!(loket.reckon().count("success"), 50);
    loket.verify();
}

#[test]
fn deposits_at_the_same_time_are_all_there() {
    let loket = Loket::start();
    let toko = loket.poor_merchant("toko");
    let deposit = |number: u32| {
        // Each reference comes twice.
        let reference = format!("BCA-{}", number / 2);
        let mut command = loket.command(&["deposit", "toko", "25200", "--note", "x", "--reference", &reference]);
        move || command.output().unwrap()
    };
    let outputs = at_once((0..16).map(deposit).collect());
    assert!(outputs.iter().all(|output| output.status.success()), "{outputs:?}");
    assert_eq!(toko.balance(), 8 * BILL);
    loket.verify();
}
