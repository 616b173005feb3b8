//! Every test number of IAK's, bought through Loket's public API.

use std::sync::Arc;

use fake_suppliers::{Call, ManualClock, Moment, Options, Outcome, Supplier};
use server::control::product::ProductRow;

use super::documents::{IakNumber, iak_numbers};
use super::reckoning::distinct;
use super::{House, Webhooks, bill, credit};

/// IAK names no pace; 1 % of ours is quick enough.
const QUICK: [(&str, &str); 2] = [("pace_percent", "1"), ("check_every_ms", "20")];

/// A stand-in at noon, when every product is sold.
pub fn at_noon() -> Options {
    Options { clock: Arc::new(ManualClock::at(Moment::wib(2026, 5, 31, 12, 0))), ..Options::new(Supplier::Iak) }
}

/// A product of the test numbers, with what its inquiry wants to know beyond the usual.
pub fn product(code: &str) -> ProductRow {
    let parameter = match code {
        "PBBKOT.CIMAHI" => "?year=2026",
        "SHOPEEPAY" => "?amount=100000",
        _ if code.contains("MEMBER.") => "?amount=100000",
        "BPJSTK" => "?month=2",
        _ => "",
    };
    bill(code, "iak", &format!("{code}{parameter}"))
}

/// The number as a merchant gives it: vehicle tax wants an identity behind it.
pub fn customer_no(number: &IakNumber) -> String {
    let identity = if number.code.starts_with("ESAMSAT") { ",0212502110170100" } else { "" };
    format!("{}{identity}", number.number)
}

fn house() -> House {
    let mut house = House::open(&QUICK);
    house.connect("iak", at_noon(), Webhooks::On);
    let numbers = iak_numbers();
    house.sell(distinct(numbers.iter().map(|number| number.code.as_str())).into_iter().map(product));
    house
}

/// Inquires and pays, as far as the document says that it goes. Gives what becomes of it if it is pending.
#[track_caller]
fn buy(house: &House, number: &IakNumber) -> Option<(String, &'static str)> {
    let (code, customer_no) = (&number.code, customer_no(number));
    let ref_id = format!("{code}:{}", number.number);
    let inquiry = house.toko.inquire(&ref_id, code, &customer_no);
    let refusal = match number.outcome.strip_prefix("Inquiry - ") {
        Some("Time Out") => Some("SUPPLIER_UNAVAILABLE"),
        Some("Invoice Has Been Paid") => Some("BILL_ALREADY_PAID"),
        Some("Incorrect Destination Number") => Some("CUSTOMER_NO_INVALID"),
        Some(other) => panic!("{other}"),
        None => None,
    };
    if let Some(refusal) = refusal {
        inquiry.expect_code(refusal);
        return None;
    }
    let inquiry = inquiry.expect_code("BILL_INQUIRY_SUCCESS");
    if let Some(bills) = number.outcome.strip_prefix("Success - ") {
        let bills: u64 = bills.split(' ').next().unwrap().parse().unwrap();
        // PLN takes four at a time.
        let bills = if code == "PLNPOSTPAID" { bills.min(4) } else { bills };
        assert_eq!(inquiry["desc"]["lembar_tagihan"], bills, "{}", inquiry.text);
        assert_eq!(inquiry["desc"]["detail"].as_array().unwrap().len() as u64, bills, "{}", inquiry.text);
    }
    let paid = house.toko.pay(&ref_id, code, &customer_no);
    match number.outcome.as_str() {
        "Payment - Payment Failed" => drop(paid.expect_code("BILL_PAYMENT_FAILED")),
        // The biller may have been paid before it broke: only the status check knows that it wasn't.
        "Payment - MISC Error / Biller System Error" => {
            paid.expect_code("BILL_PAYMENT_PENDING");
            return Some((ref_id, "failed"));
        }
        "Payment - Pending / transaction in process" => {
            paid.expect_code("BILL_PAYMENT_PENDING");
            return Some((ref_id, "success"));
        }
        success => {
            assert!(success.starts_with("Success"), "{success}");
            let paid = paid.expect_code("BILL_PAYMENT_SUCCESS");
            assert_eq!(paid["sn"].as_str().unwrap().len(), 15);
        }
    }
    None
}

#[test]
fn every_number_does_what_the_document_says() {
    let house = house();
    let mut pending = Vec::new();
    for number in iak_numbers() {
        let Some((ref_id, status)) = buy(&house, &number) else { continue };
        if status == "success" {
            house.settle("iak", &ref_id, Outcome::Success);
        }
        pending.push((ref_id, status));
    }
    assert!(pending.len() > 20);
    for (ref_id, status) in pending {
        house.becomes(&ref_id, status);
    }
    house.reckon_with_manners();
}

#[test]
fn a_purchase_ends_as_the_status_check_says_which_the_callback_provokes() {
    let house = house();
    house.sell([
        credit("XL10", "iak", "xld10000", 10_850),
        credit("TSEL10", "iak", "htelkomsel10000", 10_500),
        credit("PLN20", "iak", "hpln20000", 20_250),
    ]);
    for (ref_id, code, customer_no, outcome) in [
        ("xl", "XL10", "087800001230", Outcome::Success),
        ("tsel", "TSEL10", "081234567890", Outcome::Success),
        ("token", "PLN20", "12345678901", Outcome::Success),
        ("prefix", "TSEL10", "087800001231", Outcome::Failed),
    ] {
        house.toko.buy(ref_id, code, customer_no).expect_code("ORDER_PENDING");
        house.settle("iak", ref_id, outcome);
        house.becomes(ref_id, if outcome == Outcome::Success { "success" } else { "failed" });
        let calls = house.calls("iak", customer_no);
        assert_eq!((calls[0], calls[1]), (Call::TopUp, Call::StatusPrepaid));
    }
    let token = house.toko.status("token");
    assert!(token["sn"].as_str().unwrap().contains("/R1 /000001300/66.2"), "{}", token.text);
    house.reckon_with_manners();
}
