//! Faults that the domain once had, found by these tests: each stays as a rule.

use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::command::{AcceptPurchase, OpenInquiry, PutProducts};
use domain::inquiry::Quote;
use domain::money::Rupiah;
use domain::order::DeskReason;
use domain::product::{NumberRule, Product, ProductKind, ProductRoute, ProductState};
use domain::refusal::Refusal;
use domain::time::Timestamp;

use crate::shop::{
    LOST_AFTER, Shop, confirmed, confirmed_at, offer, product, quote, refunded, refused, rupiah, unknown,
};

#[test]
fn a_contradicted_order_occupies_its_bill_also_after_another_order_of_it_failed() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, refused()).unwrap();
    shop.pend("INQ-2");
    // Now the supplier says that it did pay the first: it lies on the desk.
    shop.answer("INQ-1", Source::Callback, confirmed()).unwrap();
    shop.answer("INQ-2", Source::Send, refused()).unwrap();
    // Nobody has resolved it, and the bill may well be paid: a third reference must not pay it again.
    assert_eq!(shop.inquire("INQ-3").unwrap_err(), Refusal::PaymentInProgress);
}

#[test]
fn of_two_contradicted_orders_both_occupy_the_bill() {
    let mut shop = Shop::open();
    for ref_id in ["INQ-1", "INQ-2"] {
        shop.pend(ref_id);
        shop.answer(ref_id, Source::Send, refused()).unwrap();
    }
    for ref_id in ["INQ-1", "INQ-2"] {
        shop.answer(ref_id, Source::Callback, confirmed()).unwrap();
    }
    shop.answer("INQ-1", Source::Operator, refused()).unwrap();
    assert_eq!(shop.inquire("INQ-3").unwrap_err(), Refusal::PaymentInProgress);
}

/// Pays May, then June, of one number.
fn may_and_june() -> Shop {
    let mut shop = Shop::open();
    for (ref_id, month) in [("MAY", "202605"), ("JUNE", "202606")] {
        let quote = Quote { periods: month.into(), ..quote(22_500, 2_700, 0, 23_000) };
        shop.ask(OpenInquiry { quote, ..shop.inquiry(ref_id) }).unwrap();
        shop.pay(ref_id).unwrap();
        shop.answer(ref_id, Source::Send, confirmed()).unwrap();
    }
    shop
}

#[test]
fn a_refund_of_one_bill_does_not_let_another_be_paid_twice() {
    let mut shop = may_and_june();
    shop.answer("MAY", Source::Callback, refunded()).unwrap();
    let june = Quote { periods: "202606".into(), ..quote(22_500, 2_700, 0, 23_000) };
    assert_eq!(shop.ask(OpenInquiry { quote: june, ..shop.inquiry("AGAIN") }).unwrap_err(), Refusal::BillAlreadyPaid);
}

#[test]
fn a_late_refund_does_not_let_the_next_payment_of_like_contents_be_repeated() {
    let mut shop = Shop::open();
    for ref_id in ["FIRST", "NEXT"] {
        shop.advance(Duration::from_hours(25));
        shop.pend(ref_id);
        shop.answer(ref_id, Source::Send, confirmed()).unwrap();
    }
    shop.answer("FIRST", Source::Callback, refunded()).unwrap();
    assert_eq!(shop.inquire("AGAIN").unwrap_err(), Refusal::BillAlreadyPaid);
}

#[test]
fn each_bill_of_a_number_is_recognised_for_a_day() {
    let mut shop = may_and_june();
    let may = quote(22_500, 2_700, 0, 23_000);
    assert_eq!(shop.ask(OpenInquiry { quote: may, ..shop.inquiry("AGAIN") }).unwrap_err(), Refusal::BillAlreadyPaid);
}

#[test]
fn not_received_is_no_answer_while_it_is_sent() {
    for source in [Source::Callback, Source::Operator, Source::Status] {
        let mut shop = Shop::open();
        shop.pend("INQ-1");
        let _ = shop.answer("INQ-1", source, Answer::NotReceived);
        assert!(shop.send_again("INQ-1").is_err(), "{source:?}");
    }
}

#[test]
fn a_success_with_an_absurd_cost_is_still_a_success() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    let _ = shop.answer("INQ-1", Source::Send, confirmed_at(-1));
    shop.advance(LOST_AFTER);
    let _ = shop.answer("INQ-1", Source::Status, confirmed_at(-1));
    assert!(shop.answer("INQ-1", Source::Operator, confirmed()).is_ok());
}

#[test]
fn a_negative_quoted_cost_is_refused_before_it_is_held() {
    let mut shop = Shop::open();
    let negative = AcceptPurchase { offer: Ok(offer(21_425, -1)), ..shop.purchase("TRX-1") };
    assert_eq!(shop.ask(negative).unwrap_err(), Refusal::AmountInvalid);
    let negative = OpenInquiry { quote: quote(22_500, 2_700, 0, -1), ..shop.inquiry("INQ-1") };
    assert_eq!(shop.ask(negative).unwrap_err(), Refusal::AmountInvalid);
}

#[test]
fn each_part_of_a_quote_makes_sense() {
    for (tagihan, admin, commission) in [(22_500, 2_700, -1_000), (-1_000, 2_700, 0), (22_500, -1, 0)] {
        let mut shop = Shop::open();
        let odd = OpenInquiry { quote: quote(tagihan, admin, commission, 0), ..shop.inquiry("INQ-1") };
        assert_eq!(shop.ask(odd).unwrap_err(), Refusal::AmountInvalid);
    }
}

#[test]
fn an_alive_session_is_never_replaced() {
    let mut shop = Shop::open();
    let first = shop.inquire("INQ-1").unwrap();
    let other = OpenInquiry { quote: quote(1_000, 0, 0, 0), ..shop.inquiry("INQ-1") };
    assert_eq!(shop.ask(other).unwrap(), first);
}

#[test]
fn a_deposit_leaves_room_for_what_is_held() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    let room = 1_000_000_000_000_000 - shop.money().0;
    let _ = shop.deposit("D-1", room);
    shop.answer("INQ-1", Source::Send, refused()).unwrap();
}

#[test]
fn amounts_beyond_the_range_are_the_callers_doing() {
    let mut shop = Shop::open();
    assert_eq!(shop.deposit("D-1", 1_000_000_000_000_000).unwrap_err(), Refusal::AmountInvalid);
    shop.change(domain::command::MerchantChange::CreditLimit(rupiah(1))).unwrap();
    shop.adjust("A-1", -1_000_001).unwrap();
    let dear = AcceptPurchase { offer: Ok(offer(1_000_000_000_000_000, 1)), ..shop.purchase("TRX-1") };
    assert_eq!(shop.ask(dear).unwrap_err(), Refusal::InsufficientBalance);
}

#[test]
fn a_persons_confirmation_repeated_changes_nothing() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, unknown()).unwrap();
    let desk = shop.answer("INQ-1", Source::Operator, confirmed_at(24_000)).unwrap().order.desk;
    let _ = shop.answer("INQ-1", Source::Operator, confirmed_at(24_000));
    assert_eq!(shop.order("INQ-1").desk, desk);
}

#[test]
fn an_overruled_answer_heard_again_does_nothing() {
    for (first, second, word) in [(confirmed(), refused(), confirmed()), (refused(), confirmed(), refused())] {
        let mut shop = Shop::open();
        shop.pend("INQ-1");
        shop.answer("INQ-1", Source::Send, first).unwrap();
        shop.answer("INQ-1", Source::Callback, second.clone()).unwrap();
        shop.answer("INQ-1", Source::Operator, word).unwrap();
        shop.answer("INQ-1", Source::Callback, second).unwrap();
        assert_eq!(shop.order("INQ-1").desk, None);
    }
}

#[test]
fn a_cost_stated_later_than_the_success_comes_to_the_desk() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, confirmed()).unwrap();
    shop.answer("INQ-1", Source::Callback, confirmed_at(24_000)).unwrap();
    assert_eq!(shop.order("INQ-1").desk, Some(DeskReason::CostDiffers));
}

#[test]
fn copies_of_pending_do_not_put_off_the_next_check() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    let due = shop.answer("INQ-1", Source::Send, unknown()).unwrap().attempt.check_at;
    shop.advance(Duration::from_secs(1));
    let again = shop.answer("INQ-1", Source::Callback, unknown()).unwrap().attempt.check_at;
    assert_eq!(again, due);
}

#[test]
fn a_success_that_a_status_check_finds_after_a_persons_refund_comes_to_the_desk() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, confirmed()).unwrap();
    shop.answer("INQ-1", Source::Callback, refused()).unwrap();
    shop.answer("INQ-1", Source::Operator, refused()).unwrap();
    shop.answer("INQ-1", Source::Status, confirmed()).unwrap();
    assert!(shop.order("INQ-1").desk.is_some());
    assert_eq!(shop.inquire("INQ-2").unwrap_err(), Refusal::PaymentInProgress);
}

#[test]
fn a_refund_of_a_borne_success_reaches_the_books_or_the_desk() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, refused()).unwrap();
    shop.answer("INQ-1", Source::Callback, confirmed()).unwrap();
    shop.answer("INQ-1", Source::Operator, confirmed()).unwrap();
    let written = shop.ledger.len();
    shop.answer("INQ-1", Source::Callback, refunded()).unwrap();
    assert!(shop.ledger.len() > written || shop.order("INQ-1").desk.is_some());
}

#[test]
fn a_bill_that_a_person_says_is_paid_after_its_refund_is_not_offered_again() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, confirmed()).unwrap();
    shop.answer("INQ-1", Source::Callback, refunded()).unwrap();
    shop.answer("INQ-1", Source::Status, confirmed()).unwrap();
    shop.answer("INQ-1", Source::Operator, confirmed()).unwrap();
    assert_eq!(shop.inquire("INQ-2").unwrap_err(), Refusal::BillAlreadyPaid);
}

#[test]
fn a_new_status_check_is_heard_also_after_a_persons_decision() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, refused()).unwrap();
    shop.answer("INQ-1", Source::Callback, confirmed()).unwrap();
    shop.answer("INQ-1", Source::Operator, refused()).unwrap();
    shop.advance(Duration::from_hours(1));
    shop.answer("INQ-1", Source::Status, confirmed()).unwrap();
    assert!(shop.order("INQ-1").desk.is_some());
}

#[test]
fn a_persons_verdict_that_comes_too_late_takes_no_success_back() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, unknown()).unwrap();
    shop.answer("INQ-1", Source::Status, confirmed_at(24_000)).unwrap();
    assert_eq!(shop.answer("INQ-1", Source::Operator, refused()).unwrap_err(), Refusal::OrderFinal);
    shop.answer("INQ-1", Source::Operator, confirmed()).unwrap();
    assert_eq!(shop.order("INQ-1").desk, None, "a person has seen the cost");
}

#[test]
fn a_product_keeps_what_its_bills_are_told_apart_by() {
    let mut shop = Shop::open();
    let sold = sold();
    shop.ask(PutProducts { products: vec![sold.clone()] }).unwrap();
    let phone = NumberRule { is_phone: !sold.number_rule.is_phone, ..sold.number_rule.clone() };
    for retold in [
        Product { bill_group: "OTHER".into(), ..sold.clone() },
        Product { number_rule: phone, ..sold.clone() },
        Product { kind: ProductKind::Prepaid, price: rupiah(1_000), ..sold.clone() },
    ] {
        assert_eq!(shop.ask(PutProducts { products: vec![retold] }).unwrap_err(), Refusal::BillsRetold);
    }
    assert_eq!(shop.ask(PutProducts { products: vec![Product { name: "BPJS".into(), ..sold }] }).unwrap(), 1);
}

fn sold() -> Product {
    Product {
        code: product("MPBPJS"),
        name: "BPJS Kesehatan".into(),
        kind: ProductKind::Postpaid,
        category: "BPJS".into(),
        brand: "BPJS".into(),
        description: "".into(),
        state: ProductState::Available,
        price: Rupiah::ZERO,
        admin: rupiah(2_700),
        commission: Rupiah::ZERO,
        tiers: Vec::new(),
        cut_off: None,
        number_rule: NumberRule { digits_only: true, min_length: 10, max_length: 16, is_phone: false },
        bill_group: "BPJS".into(),
        repaid_window: Duration::ZERO,
        duplicate_window: Duration::ZERO,
        routes: vec![ProductRoute::plain(offer(1_000, 500).route)],
        is_demo: false,
        updated_at: Timestamp::default(),
    }
}
