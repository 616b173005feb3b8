//! The same thing asked for again, at once, by many, or by somebody who left: it happens once, and everybody is told the same.

use std::time::Duration;

use app::Policy;
use domain::product::Product;
use futures_util::future::{join, join_all};

use crate::http::router::shop::{Answer, Merchant, Shop};
use crate::http::settings::Settings;

const MANY: usize = 100;

async fn shop() -> Shop {
    Shop::open(Settings::default()).await
}

fn bill(cmd: &str, ref_id: &str, number: &str) -> String {
    format!(r#"{{"cmd":"{cmd}","code":"MPBPJS","customer_no":"{number}","ref_id":"{ref_id}"}}"#)
}

fn pulsa(ref_id: &str, number: &str, more: &str) -> String {
    format!(r#"{{"cmd":"prepaid","code":"TSEL21","customer_no":"{number}","ref_id":"{ref_id}"{more}}}"#)
}

async fn many(shop: &Shop, parameters: &str) -> Vec<Answer> {
    join_all((0..MANY).map(|_| shop.order(parameters))).await
}

#[track_caller]
fn all_say(answers: &[Answer], code: &str) {
    for answer in answers {
        assert_eq!((answer.code().as_str(), answer.data()), (code, answers[0].data()), "{}", answer.text);
    }
}

#[tokio::test]
async fn the_same_inquiry_a_hundred_times_at_once_is_one_question() {
    let shop = shop().await;
    shop.supplier.hold_back();
    let answer = async {
        shop.supplier.arrivals(1).await;
        shop.supplier.let_go();
    };
    let inquiry = bill("inquiry", "A", "1234567890");
    let (answers, ()) = join(many(&shop, &inquiry), answer).await;
    all_say(&answers, "BILL_INQUIRY_SUCCESS");
    assert_eq!(shop.supplier.questions(), 1);
}

#[tokio::test]
async fn whoever_waits_for_an_inquiry_that_fails_is_told_so_without_another_question() {
    let shop = shop().await;
    shop.supplier.hold_back();
    let time_runs_out = async {
        shop.waiting_for_supplier(1).await;
        shop.supplier.arrivals(1).await;
        shop.clock.advance(Policy::default().answer_within);
    };
    let inquiry = bill("inquiry", "A", "1234567890");
    let (answers, ()) = join(many(&shop, &inquiry), time_runs_out).await;
    all_say(&answers, "SUPPLIER_TIMEOUT");
    assert_eq!(shop.supplier.questions(), 1);
    shop.supplier.let_go();
    shop.order(&inquiry).await.is("BILL_INQUIRY_SUCCESS");
}

#[tokio::test]
async fn the_same_payment_a_hundred_times_at_once_waits_and_is_one_payment() {
    for (first, again) in [
        (Some(bill("inquiry", "A", "1234567890")), bill("pay-pasca", "A", "1234567890")),
        (None, pulsa("A", "08123456789", "")),
    ] {
        let shop = shop().await;
        let is_bill = first.is_some();
        if let Some(inquiry) = first {
            shop.order(&inquiry).await.is("BILL_INQUIRY_SUCCESS");
        }
        shop.supplier.hold_back();
        let answer = async {
            shop.waiting_for_supplier(MANY).await;
            assert_ne!(shop.balance().await.1, 0, "it is held while it waits");
            shop.supplier.let_go();
        };
        let (answers, ()) = join(many(&shop, &again), answer).await;
        let code = if is_bill { "BILL_PAYMENT_SUCCESS" } else { "ORDER_SUCCESS" };
        all_say(&answers, code);
        all_say(&many(&shop, &again).await, code);
        assert_eq!(shop.supplier.sendings(), 1);
        let paid = if is_bill { 25_200 } else { 21_425 };
        assert_eq!(shop.balance().await, (1_000_000 - paid, 0));
        shop.verify().await;
    }
}

#[tokio::test]
async fn an_answer_waits_no_longer_than_it_may_and_the_order_goes_on() {
    let shop = shop().await;
    shop.order(&bill("inquiry", "A", "1234567890")).await.is("BILL_INQUIRY_SUCCESS");
    shop.supplier.hold_back();
    let time_runs_out = async {
        shop.waiting_for_supplier(MANY).await;
        shop.clock.advance(Policy::default().answer_within);
    };
    let pay = bill("pay-pasca", "A", "1234567890");
    let (answers, ()) = join(many(&shop, &pay), time_runs_out).await;
    all_say(&answers, "BILL_PAYMENT_PENDING");
    assert_eq!(shop.balance().await, (974_800, 25_200));
    shop.supplier.let_go();
    shop.context.tasks().finished().await;
    shop.order(&pay).await.is("BILL_PAYMENT_SUCCESS");
    assert_eq!((shop.supplier.sendings(), shop.balance().await), (1, (974_800, 0)));
    shop.verify().await;
}

#[tokio::test]
async fn whoever_leaves_while_the_supplier_is_asked_has_paid() {
    let shop = shop().await;
    shop.supplier.hold_back();
    let order = pulsa("A", "08123456789", "");
    tokio::select! {
        answer = shop.order(&order) => panic!("{}", answer.text),
        () = shop.supplier.arrivals(1) => {}
    }
    shop.supplier.let_go();
    shop.context.tasks().finished().await;
    shop.state("A").await.is("ORDER_SUCCESS");
    assert_eq!(shop.supplier.sendings(), 1);
}

#[tokio::test]
async fn whoever_leaves_while_the_order_is_written_has_paid() {
    for (inquiry, order, code) in [
        (Some(bill("inquiry", "A", "1234567890")), bill("pay-pasca", "A", "1234567890"), "BILL_PAYMENT_SUCCESS"),
        (None, pulsa("A", "08123456789", ""), "ORDER_SUCCESS"),
    ] {
        let shop = shop().await;
        if let Some(inquiry) = inquiry {
            shop.order(&inquiry).await.is("BILL_INQUIRY_SUCCESS");
        }
        shop.store.hold();
        tokio::select! {
            answer = shop.order(&order) => panic!("{}", answer.text),
            () = shop.store.held() => {}
        }
        shop.store.release();
        // Whatever comes later through the engine finds it accepted.
        shop.leave(900_000).await;
        shop.context.tasks().finished().await;
        shop.state("A").await.is(code);
        assert_eq!(shop.supplier.sendings(), 1, "what is accepted is sent at once, whoever still waits");
        shop.verify().await;
    }
}

#[tokio::test]
async fn an_answer_that_finds_no_room_is_written_when_there_is_some() {
    let shop = shop().await;
    shop.supplier.hold_back();
    let order = pulsa("A", "08123456789", "");
    let trouble = async {
        shop.supplier.arrivals(1).await;
        shop.waiting_for_supplier(1).await;
        shop.store.set_full(true);
        shop.supplier.let_go();
        shop.slept_before_recording_again(1).await;
        shop.clock.advance(Policy::default().answer_within);
    };
    let (answer, ()) = join(shop.order(&order), trouble).await;
    answer.is("ORDER_PENDING");
    shop.order(&pulsa("B", "08123456780", "")).await.is("INTERNAL_ERROR");
    shop.order(&order).await.is("INTERNAL_ERROR");
    shop.state("A").await.is("ORDER_PENDING");
    shop.slept_before_recording_again(2).await;
    shop.store.set_full(false);
    shop.clock.advance(Duration::from_secs(1));
    shop.context.tasks().finished().await;
    shop.order(&order).await.is("ORDER_SUCCESS");
    shop.order(&pulsa("B", "08123456780", "")).await.is("ORDER_SUCCESS");
    assert_eq!((shop.supplier.sendings(), shop.balance().await), (2, (1_000_000 - 2 * 21_425, 0)));
    shop.verify().await;
}

#[tokio::test]
async fn the_very_same_request_without_a_ref_id_is_one_order() {
    let shop = shop().await;
    let parameters = r#"{"cmd":"prepaid","code":"TSEL21","customer_no":"08123456789"}"#;
    let body = shop.signed(parameters);
    let at_once = join_all((0..MANY).map(|_| shop.post("/v1/order", body.clone()))).await;
    all_say(&at_once, "ORDER_SUCCESS");
    shop.clock.advance(Duration::from_mins(5));
    let replayed = shop.post("/v1/order", body).await.is("ORDER_SUCCESS");
    assert_eq!(replayed.data(), at_once[0].data());
    assert_eq!(shop.supplier.sendings(), 1);
    // Signed afresh it is another.
    let other = shop.order(parameters).await.is("ORDER_SUCCESS");
    assert_ne!(other.data()["ref_id"], replayed.data()["ref_id"]);
    // Which can be asked for by the reference that it was given.
    let ref_id = other.data()["ref_id"].as_str().unwrap().to_owned();
    assert_eq!(shop.order(&pulsa(&ref_id, "08123456789", "")).await.data(), other.data());
    assert_eq!(shop.balance().await, (1_000_000 - 2 * 21_425, 0));
    shop.verify().await;
}

async fn call_as(shop: &Shop, merchant: &Merchant, parameters: &str) -> Answer {
    shop.post("/v1/order", shop.signed_by(merchant, parameters)).await
}

#[tokio::test]
async fn of_two_merchants_with_the_same_bill_one_pays() {
    let shop = shop().await;
    let other = shop.add_merchant("other", "k", "s", 1_000_000).await;
    let (inquiry, pay) = (bill("inquiry", "A", "1234567890"), bill("pay-pasca", "A", "1234567890"));
    for merchant in [&shop.demo, &other] {
        call_as(&shop, merchant, &inquiry).await.is("BILL_INQUIRY_SUCCESS");
    }
    shop.supplier.hold_back();
    let meanwhile = async {
        shop.supplier.arrivals(3).await;
        let refused = [call_as(&shop, &shop.demo, &bill("inquiry", "B", "1234567890")).await];
        shop.supplier.let_go();
        refused
    };
    let (paid, refused, [inquired]) = {
        let at_once = join(call_as(&shop, &shop.demo, &pay), call_as(&shop, &other, &pay));
        let ((one, two), inquired) = join(at_once, meanwhile).await;
        if one.status == 200 { (one, two, inquired) } else { (two, one, inquired) }
    };
    paid.is("BILL_PAYMENT_SUCCESS");
    refused.is("PAYMENT_IN_PROGRESS");
    inquired.is("PAYMENT_IN_PROGRESS");
    let again = [call_as(&shop, &shop.demo, &pay).await.code(), call_as(&shop, &other, &pay).await.code()];
    let (is_demo, is_other) = (again[0] == "BILL_PAYMENT_SUCCESS", again[1] == "BILL_PAYMENT_SUCCESS");
    assert!(is_demo != is_other && again.contains(&"BILL_ALREADY_PAID".to_owned()), "{again:?}");
    assert_eq!(shop.supplier.sendings(), 1);
    assert_eq!(shop.balance().await.0 + shop.balance_of(&other).await.0, 2_000_000 - 25_200);
    shop.verify().await;
}

#[tokio::test]
async fn in_testing_mode_merchants_do_not_meet_and_neither_do_the_modes() {
    let shop = shop().await;
    let other = shop.add_merchant("other", "k", "s", 1_000_000).await;
    let testing = |cmd: &str| bill(cmd, "A", "1234569008").replace('}', r#","testing":true}"#);
    for merchant in [&shop.demo, &other] {
        call_as(&shop, merchant, &testing("inquiry")).await.is("BILL_INQUIRY_SUCCESS");
        call_as(&shop, merchant, &testing("pay-pasca")).await.is("BILL_PAYMENT_PENDING");
    }
    shop.order(&bill("inquiry", "A", "1234569008")).await.is("BILL_INQUIRY_SUCCESS");
    shop.order(&bill("pay-pasca", "A", "1234569008")).await.is("BILL_PAYMENT_PENDING");
    call_as(&shop, &other, &bill("inquiry", "A", "1234569008")).await.is("PAYMENT_IN_PROGRESS");
    shop.verify().await;
}

#[tokio::test]
async fn of_a_hundred_bills_at_once_ten_are_paid_with_the_balance_for_ten() {
    let shop = Shop::open_on_disk().await;
    let mut numbers = Vec::new();
    for number in 1_000_000_000_u64.. {
        if numbers.len() == MANY {
            break;
        }
        let (number, ref_id) = (number.to_string(), format!("R-{number}"));
        let inquiry = shop.order(&bill("inquiry", &ref_id, &number)).await;
        if inquiry.data()["total"] == 25_200 {
            numbers.push((ref_id, number));
        }
    }
    shop.leave(10 * 25_200).await;
    let payments: Vec<String> = numbers.iter().map(|(ref_id, number)| bill("pay-pasca", ref_id, number)).collect();
    let answers = join_all(payments.iter().map(|payment| shop.order(payment))).await;
    let with = |code: &str| answers.iter().filter(|answer| answer.code() == code).count();
    assert_eq!((with("BILL_PAYMENT_SUCCESS"), with("INSUFFICIENT_BALANCE")), (10, 90));
    assert_eq!((shop.supplier.sendings(), shop.balance().await), (10, (0, 0)));
    shop.verify().await;
    // The refused ones created nothing: with money they go through.
    shop.leave(90 * 25_200).await;
    all_say_success(&join_all(payments.iter().map(|payment| shop.order(payment))).await);
    assert_eq!((shop.supplier.sendings(), shop.balance().await), (MANY, (0, 0)));
    shop.verify().await;
}

#[track_caller]
fn all_say_success(answers: &[Answer]) {
    assert!(answers.iter().all(|answer| answer.code() == "BILL_PAYMENT_SUCCESS"));
}

#[tokio::test]
async fn a_like_order_is_a_duplicate_while_the_first_is_pending_or_fresh() {
    let shop = shop().await;
    let other = shop.add_merchant("other", "k", "s", 1_000_000).await;
    let window = Duration::from_mins(2);
    shop.order(&pulsa("A", "08123456789", "")).await.is("ORDER_SUCCESS");
    shop.order(&pulsa("B", "08123456789", "")).await.is("DUPLICATE_ORDER");
    shop.order(&pulsa("B", "628123456789", "")).await.is("DUPLICATE_ORDER");
    shop.order(&pulsa("B", "+628123456789", r#","allow_duplicate":false"#)).await.is("DUPLICATE_ORDER");
    shop.order(&pulsa("C", "08123456780", "")).await.is("ORDER_SUCCESS");
    shop.order(&pulsa("T", "08123456789", r#","testing":true"#)).await.is("ORDER_SUCCESS");
    call_as(&shop, &other, &pulsa("A", "08123456789", "")).await.is("ORDER_SUCCESS");
    shop.order(&pulsa("A", "08123456789", "")).await.is("ORDER_SUCCESS");
    shop.clock.advance(window.checked_sub(Duration::from_micros(1)).unwrap());
    shop.order(&pulsa("B", "08123456789", "")).await.is("DUPLICATE_ORDER");
    shop.clock.advance(Duration::from_micros(1));
    shop.order(&pulsa("B", "08123456789", "")).await.is("ORDER_SUCCESS");
    shop.order(&pulsa("D", "08123456789", r#","allow_duplicate":true"#)).await.is("ORDER_SUCCESS");

    shop.order(&pulsa("P", "08123459008", "")).await.is("ORDER_PENDING");
    shop.clock.advance(window * 100);
    shop.order(&pulsa("Q", "08123459008", "")).await.is("DUPLICATE_ORDER");
    shop.order(&pulsa("Q", "08123459008", r#","allow_duplicate":true"#)).await.is("ORDER_PENDING");
    shop.order(&pulsa("F", "08123459005", "")).await.is("ORDER_FAILED");
    shop.order(&pulsa("G", "08123459005", "")).await.is("ORDER_FAILED");
    assert_eq!(shop.balance().await, (1_000_000 - 6 * 21_425, 2 * 21_425));
    shop.verify().await;
}

#[tokio::test]
async fn no_more_is_paid_than_max_price_and_a_repeat_is_not_asked_again() {
    let shop = shop().await;
    let with = |price: i64| pulsa("A", "08123456789", &format!(r#","max_price":{price}"#));
    shop.order(&with(21_424)).await.is("PRICE_ABOVE_MAX");
    shop.order(&with(0)).await.is("PRICE_ABOVE_MAX");
    shop.order(&with(-1)).await.is("VALIDATION_ERROR");
    let paid = shop.order(&with(21_425)).await.is("ORDER_SUCCESS");
    assert_eq!(shop.order(&with(1)).await.is("ORDER_SUCCESS").data(), paid.data());
    shop.change_product("TSEL21", |product: &mut Product| product.price = domain::money::Rupiah::whole(99_999)).await;
    assert_eq!(shop.order(&with(21_425)).await.is("ORDER_SUCCESS").data(), paid.data());
    assert_eq!(shop.balance().await, (1_000_000 - 21_425, 0));
}
