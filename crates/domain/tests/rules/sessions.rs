//! How long an inquiry may be paid, to the microsecond.

use std::time::Duration;

use domain::command::{BeginInquiry, Begun, MerchantChange, OpenInquiry, Payment};
use domain::inquiry::Quote;
use domain::refusal::{ProductRefusal, Refusal};
use domain::time::Timestamp;

use crate::shop::{Shop, number, quote};

#[test]
fn a_session_lives_for_three_hundred_seconds_less_a_microsecond() {
    for (after, is_alive) in
        [(0, true), (299_999_999, true), (300_000_000, false), (300_000_001, false), (u64::MAX, false)]
    {
        let mut shop = Shop::open();
        shop.advance(Duration::from_micros(123));
        shop.inquire("INQ-1").unwrap();
        shop.advance(Duration::from_micros(after));
        let paid = shop.pay("INQ-1");
        if is_alive {
            assert!(matches!(paid, Ok(Payment::Accepted(..))), "{after} µs");
        } else {
            assert_eq!(paid.unwrap_err(), Refusal::InquiryExpired, "{after} µs");
        }
    }
}

#[test]
fn a_same_day_session_ends_half_a_minute_before_midnight_in_jakarta() {
    for (opened, alive_until) in [
        ("2026-05-31 23:50:00", "2026-05-31 23:55:00"),
        ("2026-05-31 23:54:30", "2026-05-31 23:59:30"),
        ("2026-05-31 23:54:31", "2026-05-31 23:59:30"),
        ("2026-05-31 23:59:29", "2026-05-31 23:59:30"),
        ("2026-06-01 00:00:00", "2026-06-01 00:05:00"),
    ] {
        let opened = Timestamp::parse_wib(opened).unwrap();
        let end = Timestamp::parse_wib(alive_until).unwrap();
        for (now, is_alive) in [(end.minus(Duration::from_micros(1)), true), (end, false)] {
            let mut shop = Shop::open();
            shop.now = opened;
            let quote = Quote { same_day: true, ..quote(22_500, 2_700, 0, 23_000) };
            let inquiry = shop.ask(OpenInquiry { quote, ..shop.inquiry("INQ-1") }).unwrap();
            assert_eq!(inquiry.expires_at, end);
            shop.now = now;
            assert_eq!(shop.pay("INQ-1").is_ok(), is_alive, "{now:?}");
        }
    }
}

#[test]
fn a_same_day_inquiry_in_the_last_half_minute_is_never_payable() {
    let mut shop = Shop::open();
    shop.now = Timestamp::parse_wib("2026-05-31 23:59:45").unwrap();
    let quote = Quote { same_day: true, ..quote(22_500, 2_700, 0, 23_000) };
    let refusal = shop.ask(OpenInquiry { quote, ..shop.inquiry("INQ-1") }).unwrap_err();
    assert_eq!(refusal, Refusal::Product(ProductRefusal::CutOff));
}

#[test]
fn an_order_answers_for_ever() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.advance(Duration::from_hours(24 * 365));
    assert!(matches!(shop.pay("INQ-1"), Ok(Payment::Existing(..))));
}

#[test]
fn a_lapsed_session_is_asked_afresh_under_the_same_reference() {
    let mut shop = Shop::open();
    shop.inquire("INQ-1").unwrap();
    shop.advance(Duration::from_mins(5));
    assert_eq!(shop.inquire("INQ-1").unwrap().opened_at, shop.now);
    shop.pay("INQ-1").unwrap();
}

#[test]
fn the_slower_of_two_questions_answers_with_the_stored_session() {
    let mut shop = Shop::open();
    let slower = OpenInquiry { quote: quote(99_999, 0, 0, 0), ..shop.inquiry("INQ-1") };
    let first = shop.inquire("INQ-1").unwrap();
    assert_eq!(shop.ask(slower).unwrap(), first);
}

#[test]
fn what_is_known_decides_whether_the_supplier_is_asked() {
    let mut shop = Shop::open();
    assert!(matches!(shop.ask(shop.question("INQ-1")), Ok(Begun::Ask { successes_seen: 0, .. })));
    let stored = shop.inquire("INQ-1").unwrap();
    assert!(matches!(shop.ask(shop.question("INQ-1")), Ok(Begun::Stored(inquiry)) if *inquiry == stored));
    let other = BeginInquiry { customer_no: number("999"), ..shop.question("INQ-1") };
    assert_eq!(shop.ask(other).unwrap_err(), Refusal::RefIdConflict);
    shop.advance(Duration::from_mins(5));
    assert!(matches!(shop.ask(shop.question("INQ-1")), Ok(Begun::Ask { .. })), "its session is over");

    shop.pend("INQ-1");
    assert_eq!(shop.ask(shop.question("INQ-1")).unwrap_err(), Refusal::RefIdConflict, "it has an order");
    assert_eq!(shop.ask(shop.question("INQ-2")).unwrap_err(), Refusal::PaymentInProgress);
    let gone = BeginInquiry { bill: Err(ProductRefusal::NotFound), ..shop.question("INQ-2") };
    assert_eq!(shop.ask(gone.clone()).unwrap_err(), Refusal::Product(ProductRefusal::NotFound));
    shop.change(MerchantChange::Suspend).unwrap();
    assert_eq!(shop.ask(gone).unwrap_err(), Refusal::MerchantSuspended, "suspension comes before the product");
}
