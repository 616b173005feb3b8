//! Every test number of Digiflazz's, bought through Loket's public API.

use fake_suppliers::{Call, Options, Outcome, Supplier};
use server::control::product::ProductRow;

use super::documents::{DigiflazzNumber, Fate, digiflazz_numbers};
use super::reckoning::distinct;
use super::{House, Webhooks, bill, credit};

/// What the supplier takes for `xld10`.
const CREDIT_COST: i64 = 10_850;

/// A product of the test numbers, with what its inquiry wants to know beyond the usual.
fn product(sku: &str) -> ProductRow {
    match sku {
        "xld10" => credit(sku, "digi", sku, CREDIT_COST),
        "emoney" => bill(sku, "digi", "emoney?amount=50000"),
        "cimahi" => bill(sku, "digi", "cimahi?year=2025"),
        _ => bill(sku, "digi", sku),
    }
}

fn house(settings: &[(&str, &str)], options: Options, webhooks: Webhooks) -> House {
    let mut house = House::open(settings);
    house.connect("digi", options, webhooks);
    let numbers = digiflazz_numbers();
    house.sell(distinct(numbers.iter().map(|number| number.sku.as_str())).into_iter().map(product));
    house
}

/// Inquires, unless it is bought at a price, and pays. Gives the reference if it is pending.
#[track_caller]
fn buy(house: &House, number: &DigiflazzNumber) -> Option<String> {
    let DigiflazzNumber { sku, customer_no, fate } = number;
    let ref_id = format!("{sku}:{}", customer_no.replace(',', "-"));
    let toko = &house.toko;
    let (answer, family) = if sku == "xld10" {
        (toko.buy(&ref_id, sku, customer_no), "ORDER")
    } else {
        let inquiry = toko.inquire(&ref_id, sku, customer_no);
        if *fate == Fate::InquiryFails {
            inquiry.expect_code("SUPPLIER_UNAVAILABLE");
            return None;
        }
        let inquiry = inquiry.expect_code("BILL_INQUIRY_SUCCESS");
        assert_eq!(inquiry["admin"], super::house::ADMIN);
        assert_eq!(inquiry["customer_name"], "Nama Pelanggan Pertama");
        (toko.pay(&ref_id, sku, customer_no), "BILL_PAYMENT")
    };
    let expected = match fate {
        Fate::Succeeds => "SUCCESS",
        Fate::PaymentFails | Fate::InquiryFails => "FAILED",
        Fate::PendsThenSucceeds | Fate::PendsThenFails => "PENDING",
    };
    let answer = answer.expect_code(&format!("{family}_{expected}"));
    // BPJS Ketenagakerjaan proves its payments with a number that is empty.
    let has_sn = *fate == Fate::Succeeds && !sku.starts_with("bpjstk");
    assert_eq!(answer["sn"].as_str().is_some_and(|sn| !sn.is_empty()), has_sn, "{}", answer.text);
    (expected == "PENDING").then_some(ref_id)
}

const fn end_of(fate: Fate) -> (Outcome, &'static str) {
    match fate {
        Fate::PendsThenFails => (Outcome::Failed, "failed"),
        _ => (Outcome::Success, "success"),
    }
}

#[test]
fn every_number_does_what_the_document_says_at_the_real_pace() {
    let house = house(&[], Options::new(Supplier::Digiflazz), Webhooks::On);
    for number in digiflazz_numbers() {
        let Some(ref_id) = buy(&house, &number) else { continue };
        let (outcome, status) = end_of(number.fate);
        house.settle("digi", &ref_id, outcome);
        let told = house.toko.status(&ref_id);
        assert!(told["status"].as_str().unwrap().eq_ignore_ascii_case(status), "{}", told.text);
        assert_eq!(house.checks(&ref_id), 0, "the callback alone told it");
    }
    house.reckon_with_manners();
}

#[test]
fn what_is_pending_is_found_out_without_callbacks() {
    let options = Options { limits: false, ..Options::new(Supplier::Digiflazz) };
    let house = house(&[("pace_percent", "1"), ("check_every_ms", "20")], options, Webhooks::Off);
    let mut pending = Vec::new();
    for number in digiflazz_numbers().iter().filter(|number| number.fate >= Fate::PendsThenSucceeds) {
        let ref_id = buy(&house, number).unwrap();
        let (outcome, status) = end_of(number.fate);
        house.settle("digi", &ref_id, outcome);
        pending.push((ref_id, status));
    }
    for (ref_id, status) in pending {
        house.becomes(&ref_id, status);
    }
    house.reckon();
    assert_eq!(
        house.calls("digi", "087800001233"),
        [Call::TopUp, Call::TopUp],
        "a top-up is asked about by the same again"
    );
    assert_eq!(house.calls("digi", "2013226"), [Call::InqPasca, Call::PayPasca, Call::StatusPasca]);
}

#[test]
fn a_bill_of_several_months_is_one_bill() {
    let house = house(&[], Options::new(Supplier::Digiflazz), Webhooks::Off);
    let inquiry = house.toko.inquire("two", "pln", "530000000002").expect_code("BILL_INQUIRY_SUCCESS");
    assert_eq!((&inquiry["tagihan"], &inquiry["total"]), (&17_000.into(), &20_000.into()));
    assert_eq!(inquiry["desc"]["lembar_tagihan"], 2);
    assert_eq!(inquiry["desc"]["detail"].as_array().unwrap().len(), 2);
    let paid = house.toko.pay("two", "pln", "530000000002").expect_code("BILL_PAYMENT_SUCCESS");
    assert_eq!(paid["total"], 20_000);
    house.reckon_with_manners();
}
