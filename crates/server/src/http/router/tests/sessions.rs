//! How long a session lives, what its reference stands for, and what a restart or a wall clock that jumps changes about it: nothing.

use std::time::Duration;

use app::Policy;
use domain::product::ProductState;

use crate::http::router::shop::{Answer, Shop};
use crate::http::settings::Settings;

const SESSION: Duration = Duration::from_mins(5);
const INSTANT: Duration = Duration::from_micros(1);
const NUMBER: &str = "1234567890";

async fn shop() -> Shop {
    Shop::open(Settings::default()).await
}

fn bill(cmd: &str, ref_id: &str, number: &str) -> String {
    format!(r#"{{"cmd":"{cmd}","code":"MPBPJS","customer_no":"{number}","ref_id":"{ref_id}"}}"#)
}

fn pulsa(ref_id: &str, number: &str) -> String {
    format!(r#"{{"cmd":"prepaid","code":"TSEL21","customer_no":"{number}","ref_id":"{ref_id}"}}"#)
}

fn testing(parameters: &str) -> String {
    parameters.replace('}', r#","testing":true}"#)
}

async fn inquire(shop: &Shop, ref_id: &str) -> Answer {
    shop.order(&bill("inquiry", ref_id, NUMBER)).await.is("BILL_INQUIRY_SUCCESS")
}

async fn pay(shop: &Shop, ref_id: &str) -> Answer {
    shop.order(&bill("pay-pasca", ref_id, NUMBER)).await
}

#[tokio::test]
async fn a_session_lives_for_five_minutes_to_the_microsecond() {
    for (age, code) in [
        (SESSION.checked_sub(INSTANT).unwrap(), "BILL_PAYMENT_SUCCESS"),
        (SESSION, "INQUIRY_EXPIRED"),
        (SESSION + INSTANT, "INQUIRY_EXPIRED"),
    ] {
        let shop = shop().await;
        // Not at the beginning of a second: what is shown is cut off, what counts is not.
        shop.clock.advance(Duration::from_micros(999_999));
        let inquiry = inquire(&shop, "A").await;
        assert_eq!(inquiry.data()["expired_at"], "2026-05-31 10:45:02");
        shop.clock.advance(age);
        pay(&shop, "A").await.is(code);
    }
}

#[tokio::test]
async fn a_session_counts_when_the_payment_is_accepted_not_when_it_is_answered() {
    let shop = shop().await;
    inquire(&shop, "A").await;
    shop.clock.advance(SESSION.checked_sub(INSTANT).unwrap());
    shop.supplier.hold_back();
    let supplier_is_slow = async {
        shop.supplier.arrivals(2).await;
        shop.clock.advance(Duration::from_secs(20));
        shop.supplier.let_go();
    };
    let (paid, ()) = futures_util::future::join(pay(&shop, "A"), supplier_is_slow).await;
    paid.is("BILL_PAYMENT_SUCCESS");
}

#[tokio::test]
async fn a_second_quote_does_not_make_a_session_longer() {
    let shop = shop().await;
    let number = "1234569013";
    shop.order(&bill("inquiry", "A", number)).await.is("BILL_INQUIRY_SUCCESS");
    shop.clock.advance(SESSION.checked_sub(INSTANT).unwrap());
    shop.supplier.hold_back();
    let supplier_is_slow = async {
        shop.supplier.arrivals(2).await;
        shop.clock.advance(INSTANT);
        shop.supplier.let_go();
    };
    let order = bill("pay-pasca", "A", number);
    let (refused, ()) = futures_util::future::join(shop.order(&order), supplier_is_slow).await;
    refused.is("INQUIRY_EXPIRED");
    assert_eq!((shop.supplier.sendings(), shop.balance().await), (0, (1_000_000, 0)));
}

#[tokio::test]
async fn a_wall_clock_set_back_revives_no_session() {
    let shop = shop().await;
    inquire(&shop, "A").await;
    shop.clock.advance(SESSION);
    pay(&shop, "A").await.is("INQUIRY_EXPIRED");
    shop.clock.set_wall(domain::time::Timestamp::parse_wib("2026-05-31 09:45:02").unwrap());
    pay(&shop, "A").await.is("INQUIRY_EXPIRED");
    shop.state("A").await.is("INQUIRY_EXPIRED");
    // And a new one is not dead before its time.
    inquire(&shop, "B").await;
    shop.clock.advance(SESSION.checked_sub(INSTANT).unwrap());
    pay(&shop, "B").await.is("BILL_PAYMENT_SUCCESS");
}

#[tokio::test]
async fn a_wall_clock_set_back_over_a_restart_revives_no_session() {
    let shop = Shop::open_on_disk().await;
    inquire(&shop, "A").await;
    shop.clock.advance(SESSION);
    // Nothing was written since the inquiry.
    pay(&shop, "A").await.is("INQUIRY_EXPIRED");
    shop.clock.set_wall(domain::time::Timestamp::parse_wib("2026-05-31 09:45:02").unwrap());
    let shop = shop.restart(Policy::default()).await;
    pay(&shop, "A").await.is("INQUIRY_EXPIRED");
    assert_eq!(shop.supplier.sendings(), 0);
    inquire(&shop, "A").await;
    pay(&shop, "A").await.is("BILL_PAYMENT_SUCCESS");
    shop.verify().await;
}

#[tokio::test]
async fn a_live_session_and_its_answer_survive_a_restart() {
    let shop = Shop::open_on_disk().await;
    let inquiry = inquire(&shop, "A").await;
    let shop = shop.restart(Policy::default()).await;
    assert_eq!(inquire(&shop, "A").await.data(), inquiry.data());
    assert_eq!(shop.supplier.questions(), 0);
    let paid = pay(&shop, "A").await.is("BILL_PAYMENT_SUCCESS");
    let shop = shop.restart(Policy::default()).await;
    assert_eq!(pay(&shop, "A").await.text, paid.text);
    assert_eq!((shop.supplier.sendings(), shop.balance().await), (0, (974_800, 0)));
    shop.verify().await;
}

#[tokio::test]
async fn a_lapsed_reference_takes_a_fresh_inquiry_and_no_other() {
    let shop = shop().await;
    let first = inquire(&shop, "A").await;
    shop.clock.advance(Duration::from_mins(1));
    assert_eq!(inquire(&shop, "A").await.data(), first.data(), "while it lives it is answered from the store");
    assert_eq!(shop.supplier.questions(), 1);
    shop.clock.advance(SESSION);
    shop.order(&bill("inquiry", "A", "1234567891")).await.is("REF_ID_CONFLICT");
    shop.order(&pulsa("A", "08123456789")).await.is("REF_ID_CONFLICT");
    let fresh = inquire(&shop, "A").await;
    assert_eq!(fresh.data()["expired_at"], "2026-05-31 10:51:02");
    assert_eq!(shop.supplier.questions(), 2);
    pay(&shop, "A").await.is("BILL_PAYMENT_SUCCESS");
    shop.order(&bill("inquiry", "A", NUMBER)).await.is("REF_ID_CONFLICT");
}

#[tokio::test]
async fn a_reference_paid_a_year_ago_still_answers_with_its_order() {
    let shop = Shop::open_on_disk().await;
    inquire(&shop, "A").await;
    let paid = pay(&shop, "A").await.is("BILL_PAYMENT_SUCCESS");
    let bought = shop.order(&pulsa("T", "08123456789")).await.is("ORDER_SUCCESS");
    shop.clock.advance(Duration::from_hours(24 * 366));
    let shop = shop.restart(Policy::default()).await;
    shop.change(domain::command::MerchantChange::Suspend).await;
    shop.change_product("MPBPJS", |product| product.state = ProductState::Unavailable).await;
    shop.change_product("TSEL21", |product| product.state = ProductState::Unavailable).await;
    shop.leave(0).await;
    assert_eq!(pay(&shop, "A").await.text, paid.text);
    assert_eq!(shop.state("A").await.text, paid.text);
    assert_eq!(shop.order(&pulsa("T", "08123456789")).await.text, bought.text);
    shop.order(&bill("inquiry", "A", NUMBER)).await.is("REF_ID_CONFLICT");
    assert_eq!(shop.supplier.sendings(), 0);
    shop.verify().await;
}

#[tokio::test]
async fn a_reference_stands_for_one_thing_over_all_commands() {
    let shop = shop().await;
    inquire(&shop, "INQ").await;
    shop.order(&pulsa("INQ", "08123456789")).await.is("REF_ID_CONFLICT");
    shop.order(&pulsa("T", "08123456789")).await.is("ORDER_SUCCESS");
    for (parameters, code) in [
        (bill("inquiry", "T", NUMBER), "REF_ID_CONFLICT"),
        (bill("pay-pasca", "T", NUMBER), "REF_ID_CONFLICT"),
        (pulsa("T", "08123456780"), "REF_ID_CONFLICT"),
        (pulsa("T", "08123456789").replace("prepaid", "game"), "REF_ID_CONFLICT"),
        (pulsa("T", "08123456789").replace("TSEL21", "TSEL10"), "REF_ID_CONFLICT"),
        (bill("inquiry", "INQ", "1234567891"), "REF_ID_CONFLICT"),
        (bill("inquiry", "INQ", NUMBER).replace("MPBPJS", "MPBPJSTK"), "REF_ID_CONFLICT"),
        (bill("pay-pasca", "INQ", "1234567891"), "INQUIRY_MISMATCH"),
        (bill("pay-pasca", "INQ", NUMBER).replace("MPBPJS", "MPBPJSTK"), "INQUIRY_MISMATCH"),
    ] {
        assert!(shop.order(&parameters).await.is(code).data().is_null());
    }
    pay(&shop, "INQ").await.is("BILL_PAYMENT_SUCCESS");
    shop.order(&bill("pay-pasca", "INQ", "1234567891")).await.is("INQUIRY_MISMATCH");
    shop.order(&pulsa("INQ", "08123456789")).await.is("REF_ID_CONFLICT");
    assert_eq!(shop.supplier.sendings(), 2);
}

#[tokio::test]
async fn a_reference_known_only_in_the_other_mode_is_a_mismatch() {
    let shop = shop().await;
    inquire(&shop, "P").await;
    shop.order(&testing(&bill("inquiry", "T", NUMBER))).await.is("BILL_INQUIRY_SUCCESS");
    shop.order(&testing(&pulsa("TP", "08123456789"))).await.is("ORDER_SUCCESS");
    shop.order(&testing(&bill("pay-pasca", "P", NUMBER))).await.is("INQUIRY_MISMATCH");
    for ref_id in ["T", "TP"] {
        pay(&shop, ref_id).await.is("INQUIRY_MISMATCH");
        shop.state(ref_id).await.is("ORDER_NOT_FOUND");
    }
    pay(&shop, "nowhere").await.is("INQUIRY_NOT_FOUND");
    // Paid in testing mode it is still unknown in production.
    shop.order(&testing(&bill("pay-pasca", "T", NUMBER))).await.is("BILL_PAYMENT_SUCCESS");
    pay(&shop, "T").await.is("INQUIRY_MISMATCH");
    assert_eq!(shop.balance().await, (1_000_000, 0));
    // But another merchant's reference is simply unknown.
    let other = shop.add_merchant("other", "k", "s", 1_000_000).await;
    let body = shop.signed_by(&other, &bill("pay-pasca", "P", NUMBER));
    shop.post("/v1/order", body).await.is("INQUIRY_NOT_FOUND");
}

#[tokio::test]
async fn the_status_says_what_an_order_call_would_say() {
    let shop = shop().await;
    shop.start_workers().await;
    shop.state("A").await.is("ORDER_NOT_FOUND");
    let inquiry = inquire(&shop, "A").await;
    assert_eq!(shop.state("A").await.text, inquiry.text);
    shop.pass(SESSION).await;
    shop.state("A").await.is("INQUIRY_EXPIRED");
    for (ref_id, number, at_once, later) in [
        ("S", "1234560001", "BILL_PAYMENT_SUCCESS", "BILL_PAYMENT_SUCCESS"),
        ("F", "1234569005", "BILL_PAYMENT_FAILED", "BILL_PAYMENT_FAILED"),
        ("P", "1234569006", "BILL_PAYMENT_PENDING", "BILL_PAYMENT_SUCCESS"),
        ("R", "1234569011", "BILL_PAYMENT_SUCCESS", "BILL_PAYMENT_FAILED"),
    ] {
        shop.order(&bill("inquiry", ref_id, number)).await.is("BILL_INQUIRY_SUCCESS");
        let paid = shop.order(&bill("pay-pasca", ref_id, number)).await.is(at_once);
        assert_eq!(shop.state(ref_id).await.data(), paid.data());
        shop.pass(Duration::from_secs(12)).await;
        let settled = shop.state(ref_id).await.is(later);
        assert_eq!(shop.order(&bill("pay-pasca", ref_id, number)).await.data(), settled.data());
    }
    for (ref_id, number, at_once, later) in [
        ("s", "08123450001", "ORDER_SUCCESS", "ORDER_SUCCESS"),
        ("f", "08123459005", "ORDER_FAILED", "ORDER_FAILED"),
        ("p", "08123459007", "ORDER_PENDING", "ORDER_FAILED"),
        ("r", "08123459011", "ORDER_SUCCESS", "ORDER_FAILED"),
    ] {
        let bought = shop.order(&pulsa(ref_id, number)).await.is(at_once);
        assert_eq!(shop.state(ref_id).await.data(), bought.data());
        shop.pass(Duration::from_secs(12)).await;
        shop.state(ref_id).await.is(later);
    }
    shop.verify().await;
}
