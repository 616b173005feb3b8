//! Who is asked next, and who never: Digiflazz first, IAK behind it.

use std::net::SocketAddr;
use std::path::Path;

use fake_suppliers::{Call, CallbackFault, Fault, Options, Outcome, Plan, Rule, Supplier};
use tempfile::TempDir;

use super::house::DEPOSIT;
use super::{House, Webhooks, bill, credit, iak};
use crate::harness::eventually;

/// What both suppliers take for the credit.
const COST: i64 = 10_850;

/// Both sell `PLN` and `XL10`; nothing waits for long.
struct Pair {
    house: House,
    journals: TempDir,
}

impl Pair {
    fn open() -> Self {
        let settings = [
            ("pace_percent", "1"),
            ("check_every_ms", "20"),
            ("answer_within_ms", "1000"),
            ("supplier_limit_ms", "1500"),
            ("lost_margin_ms", "0"),
        ];
        let journals = tempfile::tempdir().unwrap();
        let mut house = House::open(&settings);
        house.connect("digi", digiflazz(journals.path(), None), Webhooks::On);
        house.connect("iak", iak::at_noon(), Webhooks::On);
        house.sell([bill("PLN", "iak", "PLNPOSTPAID"), credit("XL10", "iak", "xld10000", COST)]);
        house.sell([bill("PLN", "digi", "pln"), credit("XL10", "digi", "xld10", COST)]);
        Self { house, journals }
    }

    /// Spoils what Digiflazz is asked.
    fn digi_will(&self, rules: impl IntoIterator<Item = Rule>) {
        self.house.fake("digi").set_plan(Plan::of(rules));
    }

    /// Digiflazz is gone, and its address with it.
    fn cut_digi_off(&mut self) -> SocketAddr {
        let address = self.house.fake("digi").address();
        self.house.disconnect("digi");
        address
    }

    /// Digiflazz is back at its address, and knows what it knew.
    fn bring_digi_back(&mut self, address: SocketAddr) {
        self.house.reconnect("digi", digiflazz(self.journals.path(), Some(address)));
    }

    /// What each was asked about a customer.
    fn asked(&self, customer_no: &str) -> [Vec<Call>; 2] {
        ["digi", "iak"].map(|name| self.house.calls(name, customer_no))
    }
}

fn digiflazz(journals: &Path, listen: Option<SocketAddr>) -> Options {
    let options = Options::new(Supplier::Digiflazz);
    Options { limits: false, journal: Some(journals.join("digi")), listen: listen.unwrap_or(options.listen), ..options }
}

fn fails(rc: &str) -> Fault {
    Fault::Code { rc: rc.to_owned(), status: None, message: String::new() }
}

#[test]
fn an_inquiry_goes_to_the_next_after_a_refusal_and_its_bill_is_paid_there() {
    let pair = Pair::open();
    // Every reason for which Digiflazz may have no answer of its own.
    for (number, rc) in ["44", "45", "53", "58", "62", "66", "68", "85", "02"].into_iter().enumerate() {
        let (ref_id, customer_no) = (format!("inq-{rc}"), format!("52000000000{number}"));
        pair.digi_will([Rule::always(Call::InqPasca, fails(rc)).without_work()]);
        pair.house.toko.inquire_and_pay(&ref_id, "PLN", &customer_no).expect_code("BILL_PAYMENT_SUCCESS");
        assert_eq!(pair.asked(&customer_no), [vec![Call::InqPasca], vec![Call::InqPasca, Call::PayPasca]], "{rc}");
    }
    // What it says of the customer is final: another would say no else.
    for (number, rc, code) in [(1, "54", "CUSTOMER_NO_INVALID"), (2, "60", "BILL_NOT_FOUND")] {
        pair.digi_will([Rule::always(Call::InqPasca, fails(rc)).without_work()]);
        let customer_no = format!("52100000000{number}");
        pair.house.toko.inquire(&format!("no-{rc}"), "PLN", &customer_no).expect_code(code);
        assert_eq!(pair.asked(&customer_no), [vec![Call::InqPasca], vec![]], "{rc}");
    }
    pair.house.reckon();
}

#[test]
fn an_inquiry_that_was_lost_ends_the_round() {
    let pair = Pair::open();
    for (number, fault) in [
        Fault::SilentBefore,
        Fault::SilentAfter,
        Fault::ResetAfter,
        Fault::ResetMidAnswer,
        Fault::Html,
        Fault::Status { code: 502, body: fake_suppliers::StatusBody::Empty },
    ]
    .into_iter()
    .enumerate()
    {
        let customer_no = format!("52200000000{number}");
        pair.digi_will([Rule::always(Call::InqPasca, fault.clone())]);
        // Five in a row, and it would be left alone for a while.
        if number == 3 {
            pair.digi_will([]);
            pair.house.toko.inquire("between", "PLN", "522999999999").expect_code("BILL_INQUIRY_SUCCESS");
            pair.digi_will([Rule::always(Call::InqPasca, fault.clone())]);
        }
        let answer = pair.house.toko.inquire(&format!("lost-{number}"), "PLN", &customer_no);
        answer.expect_code("SUPPLIER_TIMEOUT");
        assert_eq!(pair.asked(&customer_no), [vec![Call::InqPasca], vec![]], "{fault:?}");
    }
    pair.house.reckon();
}

#[test]
fn whoever_cannot_be_reached_is_passed_over() {
    let mut pair = Pair::open();
    let address = pair.cut_digi_off();
    pair.house.toko.inquire_and_pay("bill", "PLN", "523000000001").expect_code("BILL_PAYMENT_SUCCESS");
    pair.house.toko.buy("credit", "XL10", "087800001230").expect_code("ORDER_PENDING");
    assert_eq!(pair.house.calls("iak", "523000000001"), [Call::InqPasca, Call::PayPasca]);
    pair.house.settle("iak", "credit", Outcome::Success);
    pair.house.becomes("credit", "success");
    let attempts = pair.house.order("credit").attempts.unwrap();
    assert_eq!(attempts.iter().map(|attempt| &*attempt.supplier).collect::<Vec<_>>(), ["digi", "iak"]);
    assert_ne!(attempts[0].supplier_ref, attempts[1].supplier_ref);
    pair.bring_digi_back(address);
    assert_eq!(pair.house.calls("digi", "087800001230"), []);
    pair.house.reckon();
}

#[test]
fn a_purchase_goes_to_the_next_only_if_nothing_was_made_of_it() {
    let pair = Pair::open();
    for (number, rc) in ["41", "44", "45", "62", "66", "68", "69"].into_iter().enumerate() {
        let (ref_id, customer_no) = (format!("top-{rc}"), format!("08780001000{number}"));
        pair.digi_will([Rule::always(Call::TopUp, fails(rc)).without_work()]);
        pair.house.toko.buy(&ref_id, "XL10", &customer_no).expect_code("ORDER_PENDING");
        assert_eq!(pair.asked(&customer_no).map(|calls| calls[0]), [Call::TopUp, Call::TopUp], "{rc}");
        pair.house.settle("iak", &ref_id, Outcome::Success);
        pair.house.becomes(&ref_id, "success");
        assert_eq!(pair.house.calls("digi", &customer_no), [Call::TopUp], "{rc}");
    }
    // A transaction was made of these, and failed.
    for (number, rc) in ["02", "53", "55", "58"].into_iter().enumerate() {
        let (ref_id, customer_no) = (format!("top-{rc}"), format!("08780002000{number}"));
        pair.digi_will([Rule::always(Call::TopUp, fails(rc)).without_work()]);
        pair.house.toko.buy(&ref_id, "XL10", &customer_no).expect_code("ORDER_FAILED");
        assert_eq!(pair.asked(&customer_no), [vec![Call::TopUp], vec![]], "{rc}");
    }
    // Unless the operator knows better.
    pair.house.loket.expect(&["supplier", "set", "digi", "--reroute-code", "53"]);
    pair.digi_will([Rule::always(Call::TopUp, fails("53")).without_work()]);
    pair.house.toko.buy("allowed", "XL10", "087800030000").expect_code("ORDER_PENDING");
    assert_eq!(pair.asked("087800030000").map(|calls| calls[0]), [Call::TopUp, Call::TopUp]);
    pair.house.settle("iak", "allowed", Outcome::Success);
    pair.house.becomes("allowed", "success");
    pair.house.reckon();
}

#[test]
fn a_purchase_whose_answer_was_lost_stays_where_it_is() {
    let pair = Pair::open();
    pair.house.fake("digi").set_webhook(None);
    let lost = [Fault::SilentBefore, Fault::SilentAfter, Fault::ResetBefore, Fault::ResetMidAnswer];
    for (number, fault) in lost.into_iter().enumerate() {
        let (ref_id, customer_no) = (format!("lost-{number}"), format!("08780004000{number}"));
        pair.digi_will([Rule::once(Call::TopUp, fault)]);
        pair.house.toko.buy(&ref_id, "XL10", &customer_no).expect_code("ORDER_PENDING");
        pair.house.becomes(&ref_id, "success");
        assert_eq!(pair.asked(&customer_no), [vec![Call::TopUp, Call::TopUp], vec![]]);
    }
    pair.house.reckon();
}

#[test]
fn an_accepted_bill_never_goes_to_another() {
    let mut pair = Pair::open();
    // Refused, with and without a transaction: it failed.
    for (number, rc) in ["44", "45", "62", "68", "53", "02"].into_iter().enumerate() {
        let (ref_id, customer_no) = (format!("pay-{rc}"), format!("52400000000{number}"));
        pair.digi_will([Rule::always(Call::PayPasca, fails(rc)).without_work()]);
        pair.house.toko.inquire_and_pay(&ref_id, "PLN", &customer_no).expect_code("BILL_PAYMENT_FAILED");
        assert_eq!(pair.asked(&customer_no), [vec![Call::InqPasca, Call::PayPasca], vec![]], "{rc}");
        assert_eq!(pair.house.order(&ref_id).attempts.unwrap().len(), 1);
    }
    // Lost: it is asked about there.
    pair.digi_will([Rule::once(Call::PayPasca, Fault::ResetAfter)]);
    pair.house.toko.inquire_and_pay("lost", "PLN", "524000000010").expect_code("BILL_PAYMENT_PENDING");
    pair.house.becomes("lost", "success");
    // Not sent at all: it goes there once more, under the same reference.
    pair.digi_will([]);
    pair.house.toko.inquire("late", "PLN", "524000000011").expect_code("BILL_INQUIRY_SUCCESS");
    let address = pair.cut_digi_off();
    pair.house.toko.pay("late", "PLN", "524000000011").expect_code("BILL_PAYMENT_PENDING");
    let before = pair.house.supplier_ref("late");
    eventually("the payment is tried again", || {
        let attempts = pair.house.order("late").attempts.unwrap();
        (attempts[0].state == "not_received").then_some(())
    });
    pair.bring_digi_back(address);
    pair.house.becomes("late", "success");
    assert_eq!(pair.house.supplier_ref("late"), before);
    for customer_no in ["524000000010", "524000000011"] {
        assert_eq!(pair.house.calls("iak", customer_no), []);
    }
    pair.house.reckon();
}

#[test]
fn a_purchase_that_two_suppliers_made_is_charged_once_and_lies_on_the_desk() {
    let pair = Pair::open();
    // It says that it has none left, delivers all the same, and tells so later: not before its own answer has been read.
    let late = Fault::Callback(CallbackFault::Late { ms: 2_000 });
    pair.digi_will([Rule::always(Call::TopUp, fails("68")), Rule::always(Call::TopUp, late)]);
    pair.house.toko.buy("twice", "XL10", "087800001230").expect_code("ORDER_PENDING");
    eventually("it lies on the desk", || pair.house.order("twice").desk);
    pair.house.settle("iak", "twice", Outcome::Success);
    pair.house.becomes("twice", "success");
    let order = pair.house.order("twice");
    assert_eq!((order.desk.as_deref(), order.cost), (Some("success_after_failure"), Some(COST)));
    assert_eq!(pair.asked("087800001230").map(|calls| calls[0]), [Call::TopUp, Call::TopUp]);
    pair.house.loket.verify();
    assert_eq!(pair.house.toko.balance(), DEPOSIT - order.amount);
}
