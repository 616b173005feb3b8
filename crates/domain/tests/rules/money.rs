//! Every row of the table of movements, with the exact transfers.

use domain::answer::Source;
use domain::command::{AcceptPurchase, MerchantChange, OpenInquiry, Purchase};
use domain::id::Mode;
use domain::ledger::Account::{Adjustments, Available, Deposits, Held, Revenue, SupplierCost};
use domain::ledger::Slot::{Bear, Hold, Reverse, Settle, Voucher};
use domain::ledger::{Account, Slot};
use domain::order::{Cost, DeskReason, OrderStatus};
use domain::refusal::Refusal;

use crate::shop::{Shop, confirmed, confirmed_at, offer, quote, refunded, refused, rupiah};

type Leg = (Slot, u8, Account, Account, i64);

const HOLD: Leg = (Hold, 0, Available, Held, 25_200);

fn pending() -> Shop {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop
}

#[test]
fn a_deposit_comes_from_deposits() {
    let mut shop = Shop::open();
    let funded = shop.deposit("D-1", 500).unwrap();
    assert_eq!(funded.book.available, rupiah(1_000_500));
    let written = shop.ledger.last().unwrap();
    assert_eq!(
        (written.slot, written.leg, written.debit, written.credit, written.amount, written.mutation.unwrap().number),
        (Voucher, 0, Deposits, Available, rupiah(500), 2)
    );
}

#[test]
fn an_adjustment_goes_either_way_and_down_to_the_credit_limit_only() {
    let mut shop = Shop::open();
    shop.adjust("A-1", 7).unwrap();
    shop.adjust("A-2", -1_000_007).unwrap();
    let sides: Vec<_> =
        shop.ledger.iter().rev().take(2).map(|found| (found.debit, found.credit, found.amount)).collect();
    assert_eq!(sides, [(Available, Adjustments, rupiah(1_000_007)), (Adjustments, Available, rupiah(7))]);
    assert_eq!(shop.adjust("A-3", -1).unwrap_err(), Refusal::InsufficientBalance);
    shop.change(MerchantChange::CreditLimit(rupiah(1))).unwrap();
    assert_eq!(shop.adjust("A-3", -1).unwrap().book.available, rupiah(-1));
    assert_eq!(shop.adjust("A-4", -1).unwrap_err(), Refusal::InsufficientBalance);
}

#[test]
fn an_accepted_payment_is_held() {
    let shop = pending();
    assert_eq!(shop.legs("INQ-1"), [HOLD]);
    assert_eq!(shop.money(), (974_800, 25_200));
}

#[test]
fn a_success_pays_the_supplier_and_earns_the_rest() {
    // What the supplier states (if it does), and the legs that must follow the hold.
    let table: &[(Option<i64>, &[Leg])] = &[
        (None, &[(Settle, 0, Held, SupplierCost, 23_000), (Settle, 1, Held, Revenue, 2_200)]),
        (Some(24_000), &[(Settle, 0, Held, SupplierCost, 24_000), (Settle, 1, Held, Revenue, 1_200)]),
        (Some(25_200), &[(Settle, 0, Held, SupplierCost, 25_200)]),
        (Some(0), &[(Settle, 1, Held, Revenue, 25_200)]),
        (Some(25_201), &[(Settle, 0, Held, SupplierCost, 25_200), (Settle, 1, Revenue, SupplierCost, 1)]),
        (
            Some(1_000_000_000_000_000),
            &[(Settle, 0, Held, SupplierCost, 25_200), (Settle, 1, Revenue, SupplierCost, 999_999_999_974_800)],
        ),
    ];
    for (stated, legs) in table {
        let mut shop = pending();
        let answer = stated.map_or_else(confirmed, confirmed_at);
        let order = shop.answer("INQ-1", Source::Send, answer).unwrap().order;
        assert_eq!(order.status, OrderStatus::Success);
        let cost = Cost { amount: rupiah(stated.unwrap_or(23_000)), is_stated: stated.is_some() };
        assert_eq!(order.cost, Some(cost));
        assert_eq!(shop.legs("INQ-1"), [&[HOLD], *legs].concat(), "cost {stated:?}");
        assert_eq!(shop.money(), (974_800, 0), "the merchant is debited what was quoted, whatever it cost");
        let desk = stated.is_some().then_some(DeskReason::CostDiffers);
        assert_eq!(order.desk, desk, "another cost than the quoted one goes to the desk");

        // And taken back, everything goes where it came from.
        shop.answer("INQ-1", Source::Callback, refunded()).unwrap();
        assert_eq!(shop.order("INQ-1").status, OrderStatus::Refunded);
        assert_eq!(shop.money(), (1_000_000, 0));
        let back: Vec<_> = legs
            .iter()
            .map(|&(_, leg, debit, credit, amount)| {
                (Reverse, leg, credit, if debit == Held { Available } else { debit }, amount)
            })
            .collect();
        assert_eq!(shop.legs("INQ-1")[1 + legs.len()..], back);
    }
}

#[test]
fn a_failure_gives_everything_back() {
    for answer in [refused(), refunded()] {
        let mut shop = pending();
        shop.answer("INQ-1", Source::Send, answer).unwrap();
        assert_eq!(shop.order("INQ-1").status, OrderStatus::Failed);
        assert_eq!(shop.legs("INQ-1"), [HOLD, (Settle, 0, Held, Available, 25_200)]);
        assert_eq!(shop.money(), (1_000_000, 0));
    }
}

#[test]
fn a_success_after_the_release_is_borne_by_the_house() {
    for (cost, legs) in [
        (confirmed(), vec![(Bear, 0, Revenue, SupplierCost, 23_000)]),
        (confirmed_at(30_000), vec![(Bear, 0, Revenue, SupplierCost, 30_000)]),
        (confirmed_at(0), vec![]),
    ] {
        let mut shop = pending();
        shop.answer("INQ-1", Source::Send, refused()).unwrap();
        shop.answer("INQ-1", Source::Callback, confirmed()).unwrap();
        shop.answer("INQ-1", Source::Operator, cost).unwrap();
        assert_eq!(shop.legs("INQ-1")[2..], legs);
        assert_eq!(shop.money(), (1_000_000, 0));
        assert_eq!(shop.order("INQ-1").status, OrderStatus::Failed);
        assert_eq!(shop.bill().successes, 1, "it was paid all the same");
    }
}

#[test]
fn a_commission_stays_with_the_merchant() {
    let mut shop = Shop::open();
    shop.ask(OpenInquiry { quote: quote(22_500, 2_700, 1_000, 23_000), ..shop.inquiry("INQ-1") }).unwrap();
    shop.pay("INQ-1").unwrap();
    assert_eq!(shop.money(), (975_800, 24_200));
}

#[test]
fn testing_moves_no_money_whatever_happens() {
    for (first, then) in [(confirmed(), refunded()), (refused(), confirmed()), (confirmed_at(99_999), refused())] {
        let mut shop = Shop::open();
        let before = shop.ledger.len();
        shop.mode = Mode::Testing;
        shop.adjust("all", -1_000_000).unwrap();
        shop.pend("INQ-1");
        assert!(matches!(shop.buy("TRX-1"), Ok(Purchase::Accepted(..))), "no balance is needed");
        for ref_id in ["INQ-1", "TRX-1"] {
            shop.answer(ref_id, Source::Send, first.clone()).unwrap();
            shop.answer(ref_id, Source::Callback, then.clone()).unwrap();
            let _ = shop.answer(ref_id, Source::Operator, then.clone());
        }
        assert_eq!(shop.ledger.len(), before + 1, "nothing but the adjustment");
        assert_eq!(shop.money(), (0, 0));
    }
}

#[test]
fn exactly_what_the_balance_and_credit_cover_is_accepted() {
    let mut shop = Shop::empty();
    shop.register(1).unwrap();
    shop.deposit("D", 21_424).unwrap();
    assert_eq!(shop.buy("TRX-1").unwrap_err(), Refusal::InsufficientBalance);
    shop.change(MerchantChange::CreditLimit(rupiah(1))).unwrap();
    shop.buy("TRX-1").unwrap();
    assert_eq!(shop.money(), (-1, 21_425));
    let more = AcceptPurchase { allow_duplicate: true, offer: Ok(offer(1, 1)), ..shop.purchase("TRX-2") };
    assert_eq!(shop.ask(more).unwrap_err(), Refusal::InsufficientBalance);
    // A limit that is lowered takes nothing back, and lets nothing more go.
    shop.change(MerchantChange::CreditLimit(rupiah(0))).unwrap();
    shop.deposit("D-2", 1).unwrap();
    assert_eq!(shop.money(), (0, 21_425));
}

#[test]
fn ten_bills_worth_of_balance_pays_ten_bills() {
    let mut shop = Shop::empty();
    shop.register(1).unwrap();
    shop.deposit("D", 252_000).unwrap();
    let mut accepted = 0;
    for index in 0..100 {
        let ref_id = format!("INQ-{index}");
        let bill = shop.bill_key(&format!("N{index}"));
        shop.ask(OpenInquiry { bill, ..shop.inquiry(&ref_id) }).unwrap();
        match shop.pay(&ref_id) {
            Ok(_) => accepted += 1,
            Err(refusal) => assert_eq!(refusal, Refusal::InsufficientBalance),
        }
    }
    assert_eq!(accepted, 10);
    assert_eq!(shop.money(), (0, 252_000));
}
