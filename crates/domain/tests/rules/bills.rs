//! A bill is paid once, whoever asks and under whichever reference.

use std::time::Duration;

use domain::answer::Source;
use domain::command::{AcceptPurchase, Offer, OpenInquiry, Purchase};
use domain::id::{MerchantId, Mode};
use domain::inquiry::Quote;
use domain::refusal::Refusal;

use crate::shop::{Shop, confirmed, offer, quote, refunded, refused, unknown};

#[test]
fn of_two_merchants_with_the_same_bill_one_pays() {
    let mut shop = Shop::open();
    shop.inquire("INQ-1").unwrap();
    shop.merchant_id = MerchantId(2);
    shop.inquire("INQ-1").unwrap();
    shop.pay("INQ-1").unwrap();
    shop.merchant_id = MerchantId(1);
    assert_eq!(shop.pay("INQ-1").unwrap_err(), Refusal::PaymentInProgress);
    assert_eq!(shop.inquire("INQ-2").unwrap_err(), Refusal::PaymentInProgress);

    shop.merchant_id = MerchantId(2);
    shop.answer("INQ-1", Source::Send, confirmed()).unwrap();
    shop.merchant_id = MerchantId(1);
    assert_eq!(shop.pay("INQ-1").unwrap_err(), Refusal::BillAlreadyPaid);
    assert_eq!(shop.money(), (1_000_000, 0));
}

#[test]
fn after_a_failure_the_other_merchant_may_pay() {
    let mut shop = Shop::open();
    shop.inquire("INQ-2").unwrap();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, refused()).unwrap();
    shop.pay("INQ-2").unwrap();
}

#[test]
fn what_is_not_known_stays_occupied() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, unknown()).unwrap();
    shop.advance(Duration::from_hours(24 * 90));
    assert_eq!(shop.inquire("INQ-2").unwrap_err(), Refusal::PaymentInProgress);
}

#[test]
fn an_inquiry_made_before_a_success_never_pays_after_it() {
    let mut shop = Shop::open();
    // The supplier was asked before the payment, and answers after it.
    let unlike = Quote { periods: "202606".into(), ..quote(22_500, 2_700, 0, 23_000) };
    let late = OpenInquiry { quote: unlike, ..shop.inquiry("INQ-2") };
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, confirmed()).unwrap();
    assert_eq!(shop.ask(late).unwrap_err(), Refusal::BillAlreadyPaid);
}

#[test]
fn a_paid_bill_is_recognised_for_a_day_by_amount_and_periods() {
    let like = quote(22_500, 2_700, 0, 23_000);
    let day = Duration::from_hours(24);
    for (wait, quote, is_refused) in [
        (Duration::ZERO, like.clone(), true),
        (day.saturating_sub(Duration::from_micros(1)), like.clone(), true),
        (day, like.clone(), false),
        (Duration::ZERO, Quote { periods: "202606".into(), ..like.clone() }, false),
        (Duration::ZERO, Quote { tagihan: crate::shop::rupiah(22_501), ..like.clone() }, false),
    ] {
        let mut shop = Shop::open();
        shop.pend("INQ-1");
        shop.answer("INQ-1", Source::Send, confirmed()).unwrap();
        shop.advance(wait);
        let again = shop.ask(OpenInquiry { quote, ..shop.inquiry("INQ-2") });
        assert_eq!(again.is_err_and(|refusal| refusal == Refusal::BillAlreadyPaid), is_refused, "{wait:?}");
    }
}

#[test]
fn without_a_window_the_same_bill_is_fresh_at_once() {
    let mut shop = Shop::open();
    let fresh = Quote { repaid_window: Duration::ZERO, ..quote(22_500, 2_700, 0, 23_000) };
    for ref_id in ["INQ-1", "INQ-2"] {
        shop.ask(OpenInquiry { quote: fresh.clone(), ..shop.inquiry(ref_id) }).unwrap();
        shop.pay(ref_id).unwrap();
        shop.answer(ref_id, Source::Send, confirmed()).unwrap();
    }
    assert_eq!(shop.bill().successes, 2);
}

#[test]
fn a_refunded_bill_may_be_paid_again_at_once() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.answer("INQ-1", Source::Send, confirmed()).unwrap();
    shop.answer("INQ-1", Source::Callback, refunded()).unwrap();
    shop.pend("INQ-2");
    assert_eq!(shop.bill().successes, 1, "the counter only grows");
}

#[test]
fn rehearsals_share_no_bill_with_production_nor_with_each_other() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.mode = Mode::Testing;
    shop.pend("INQ-1");
    assert_eq!(shop.inquire("INQ-2").unwrap_err(), Refusal::PaymentInProgress);
    shop.merchant_id = MerchantId(2);
    shop.pend("INQ-1");
}

#[test]
fn a_like_purchase_is_a_duplicate_while_one_is_pending_and_two_minutes_from_its_acceptance() {
    let minutes = |count| Duration::from_mins(count);
    for (answer, wait, is_duplicate) in [
        (None, minutes(600), true),
        (Some(confirmed()), minutes(2).saturating_sub(Duration::from_micros(1)), true),
        (Some(confirmed()), minutes(2), false),
        (Some(refused()), Duration::ZERO, false),
    ] {
        let mut shop = Shop::open();
        shop.buy("TRX-1").unwrap();
        if let Some(answer) = answer {
            shop.answer("TRX-1", Source::Send, answer).unwrap();
        }
        shop.advance(wait);
        let anyway = AcceptPurchase { allow_duplicate: true, ..shop.purchase("TRX-3") };
        assert_eq!(shop.buy("TRX-2").is_err_and(|refusal| refusal == Refusal::DuplicateOrder), is_duplicate);
        assert!(matches!(shop.ask(anyway), Ok(Purchase::Accepted(..))));
    }
}

#[test]
fn a_window_of_zero_and_another_number_are_no_duplicates() {
    let mut shop = Shop::open();
    shop.buy("TRX-1").unwrap();
    let windowless = Offer { duplicate_window: Duration::ZERO, ..offer(21_425, 20_000) };
    let too_soon = AcceptPurchase { offer: Ok(windowless), ..shop.purchase("TRX-2") };
    assert_eq!(shop.ask(too_soon).unwrap_err(), Refusal::DuplicateOrder, "the first is still pending");
    shop.answer("TRX-1", Source::Send, confirmed()).unwrap();
    for (ref_id, offer) in [
        ("TRX-2", Offer { duplicate_window: Duration::ZERO, ..offer(21_425, 20_000) }),
        ("TRX-3", Offer { number: "0812".into(), ..offer(21_425, 20_000) }),
    ] {
        let purchase = AcceptPurchase { offer: Ok(offer), ..shop.purchase(ref_id) };
        assert!(matches!(shop.ask(purchase), Ok(Purchase::Accepted(..))));
    }
}

#[test]
fn the_guard_counts_all_that_were_allowed() {
    let mut shop = Shop::open();
    shop.buy("TRX-1").unwrap();
    let second = AcceptPurchase { allow_duplicate: true, ..shop.purchase("TRX-2") };
    shop.ask(second).unwrap();
    shop.answer("TRX-1", Source::Send, refused()).unwrap();
    assert_eq!(shop.buy("TRX-3").unwrap_err(), Refusal::DuplicateOrder, "the second is still pending");
    // A success that a person believes after the failure does not count the second out.
    shop.answer("TRX-1", Source::Callback, confirmed()).unwrap();
    shop.answer("TRX-1", Source::Operator, confirmed()).unwrap();
    shop.advance(Duration::from_mins(2));
    assert_eq!(shop.buy("TRX-3").unwrap_err(), Refusal::DuplicateOrder, "the second is still pending");
}
