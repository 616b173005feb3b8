//! Each refusal of each command, in the contract's order of checks: of two reasons the earlier one is told.

use std::time::Duration;

use domain::answer::Source;
use domain::command::{
    AcceptPayment, AcceptPurchase, ChangeMerchant, MerchantChange, OpenInquiry, Payment, PutProducts, SendAgain,
};
use domain::id::MerchantId;
use domain::inquiry::Quote;
use domain::order::OrderStatus;
use domain::product::{NumberRule, Product, ProductKind, ProductRoute, ProductState, TierTerms};
use domain::refusal::{Fault, ProductRefusal, Refusal};
use domain::voucher::VoucherKind;

use crate::shop::{Shop, confirmed, number, offer, product, quote, registration, route, rupiah};

type Worsen = fn(&mut Shop, &mut AcceptPayment);

const CUT_OFF: ProductRefusal = ProductRefusal::CutOff(Duration::from_mins(1));

/// For `pay-pasca`: suspension, inquiry known, same, alive, bill free, product, balance, and the second quote.
const PAYMENT_CHECKS: &[(Worsen, Refusal)] = &[
    (|shop, _| drop(shop.change(MerchantChange::Suspend).unwrap()), Refusal::MerchantSuspended),
    (|shop, payment| drop(shop.inquiries.remove(&payment.key)), Refusal::InquiryNotFound),
    (|_, payment| payment.customer_no = number("999"), Refusal::InquiryMismatch),
    (|_, payment| payment.product_code = product("OTHER"), Refusal::InquiryMismatch),
    (|shop, _| shop.advance(Duration::from_mins(5)), Refusal::InquiryExpired),
    (|_, payment| payment.bill.as_mut().unwrap().group = "regrouped".into(), Refusal::InquiryExpired),
    (|shop, _| shop.pend("OTHER"), Refusal::PaymentInProgress),
    (
        |shop, _| {
            shop.pend("OTHER");
            shop.answer("OTHER", Source::Send, confirmed()).unwrap();
        },
        Refusal::BillAlreadyPaid,
    ),
    (|_, payment| payment.product = Err(CUT_OFF), Refusal::Product(CUT_OFF)),
    (
        |shop, _| {
            let left = shop.money().0;
            shop.adjust("away", 25_199 - left).unwrap();
        },
        Refusal::InsufficientBalance,
    ),
    (|_, payment| payment.requoted = Some(rupiah(23_500)), Refusal::BillChanged),
];

#[test]
fn a_payment_is_refused_for_the_first_of_its_reasons() {
    for (early, (worsen_early, expected)) in PAYMENT_CHECKS.iter().enumerate() {
        for (worsen_late, later) in &PAYMENT_CHECKS[early..] {
            let mut shop = Shop::open();
            shop.inquire("OTHER").unwrap();
            shop.inquire("INQ-1").unwrap();
            let mut payment = shop.payment("INQ-1");
            let is_of_bill = matches!(expected, Refusal::PaymentInProgress | Refusal::BillAlreadyPaid);
            match later {
                _ if later == expected => worsen_early(&mut shop, &mut payment),
                // A bill is in progress or paid, not both.
                Refusal::BillAlreadyPaid if is_of_bill => continue,
                // Provoking it needs the balance that the later one may take away.
                _ if is_of_bill => {
                    worsen_early(&mut shop, &mut payment);
                    worsen_late(&mut shop, &mut payment);
                }
                // A suspension or the time would stand in the way of provoking the later one.
                _ => {
                    worsen_late(&mut shop, &mut payment);
                    worsen_early(&mut shop, &mut payment);
                }
            }
            assert_eq!(shop.ask(payment).unwrap_err(), *expected, "{expected:?} before {later:?}");
        }
    }
}

#[test]
fn a_product_that_is_gone_cannot_be_paid() {
    let mut shop = Shop::open();
    shop.inquire("INQ-1").unwrap();
    let gone = AcceptPayment { bill: None, product: Err(ProductRefusal::NotFound), ..shop.payment("INQ-1") };
    assert_eq!(shop.ask(gone).unwrap_err(), ProductRefusal::NotFound.into());
}

#[test]
fn an_existing_order_is_answered_before_every_check() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    shop.change(MerchantChange::Suspend).unwrap();
    shop.advance(Duration::from_hours(1));
    let again = AcceptPayment { product: Err(ProductRefusal::Unavailable), bill: None, ..shop.payment("INQ-1") };
    assert!(matches!(shop.ask(again), Ok(Payment::Existing(..))));
    let other = AcceptPayment { customer_no: number("999"), ..shop.payment("INQ-1") };
    assert_eq!(shop.ask(other).unwrap_err(), Refusal::InquiryMismatch);
    let bought = shop.buy("INQ-1");
    assert_eq!(bought.unwrap_err(), Refusal::RefIdConflict);
}

#[test]
fn a_supplier_that_can_quote_again_is_asked_first_and_nothing_is_changed() {
    let mut shop = Shop::open();
    let quote = Quote { requotable: true, ..quote(22_500, 2_700, 0, 23_000) };
    shop.ask(OpenInquiry { quote, ..shop.inquiry("INQ-1") }).unwrap();
    assert!(matches!(shop.pay("INQ-1"), Ok(Payment::MustRequote(..))));
    assert_eq!(shop.money(), (1_000_000, 0));
    let same = AcceptPayment { requoted: Some(rupiah(22_500)), ..shop.payment("INQ-1") };
    assert!(matches!(shop.ask(same), Ok(Payment::Accepted(..))));
}

#[test]
fn nobody_without_a_book_pays_or_buys() {
    let mut shop = Shop::open();
    shop.merchant_id = MerchantId(9);
    assert_eq!(shop.pay("INQ-1").unwrap_err(), Refusal::MerchantNotFound);
    assert_eq!(shop.buy("TRX-1").unwrap_err(), Refusal::MerchantNotFound);
    assert_eq!(shop.deposit("D-1", 1).unwrap_err(), Refusal::MerchantNotFound);
    assert_eq!(shop.change(MerchantChange::Suspend).unwrap_err(), Refusal::MerchantNotFound);
}

type WorsenPurchase = fn(&mut Shop, &mut AcceptPurchase);

const PURCHASE_CHECKS: &[(WorsenPurchase, Refusal)] = &[
    (|shop, _| drop(shop.ask(shop.inquiry("TRX-1")).unwrap()), Refusal::RefIdConflict),
    (|shop, _| drop(shop.change(MerchantChange::Suspend).unwrap()), Refusal::MerchantSuspended),
    (
        |_, purchase| purchase.offer = Err(ProductRefusal::CustomerNoInvalid),
        Refusal::Product(ProductRefusal::CustomerNoInvalid),
    ),
    (|shop, _| drop(shop.buy("OTHER").unwrap()), Refusal::DuplicateOrder),
    (|_, purchase| purchase.max_price = Some(rupiah(21_424)), Refusal::PriceAboveMax),
    (
        |shop, _| {
            let left = shop.money().0;
            shop.adjust("away", 21_424 - left).unwrap();
        },
        Refusal::InsufficientBalance,
    ),
];

#[test]
fn a_purchase_is_refused_for_the_first_of_its_reasons() {
    for (early, (worsen_early, expected)) in PURCHASE_CHECKS.iter().enumerate() {
        for (worsen_late, later) in &PURCHASE_CHECKS[early..] {
            let mut shop = Shop::open();
            let mut purchase = shop.purchase("TRX-1");
            if later == expected {
                worsen_early(&mut shop, &mut purchase);
            } else if *expected == Refusal::DuplicateOrder {
                // Needs the balance that the later one takes away.
                worsen_early(&mut shop, &mut purchase);
                worsen_late(&mut shop, &mut purchase);
            } else {
                worsen_late(&mut shop, &mut purchase);
                worsen_early(&mut shop, &mut purchase);
            }
            assert_eq!(shop.ask(purchase).unwrap_err(), *expected, "{expected:?} before {later:?}");
        }
    }
}

#[test]
fn an_existing_purchase_is_answered_before_every_check_and_another_conflicts() {
    let mut shop = Shop::open();
    shop.buy("TRX-1").unwrap();
    shop.change(MerchantChange::Suspend).unwrap();
    let again = AcceptPurchase { offer: Err(ProductRefusal::NotFound), ..shop.purchase("TRX-1") };
    shop.ask(again).unwrap();
    for other in [
        AcceptPurchase { customer_no: number("0899"), ..shop.purchase("TRX-1") },
        AcceptPurchase { product_code: product("OTHER"), ..shop.purchase("TRX-1") },
        AcceptPurchase { kind: ProductKind::Game, ..shop.purchase("TRX-1") },
    ] {
        assert_eq!(shop.ask(other).unwrap_err(), Refusal::RefIdConflict);
    }
    assert_eq!(shop.pay("TRX-1").unwrap_err(), Refusal::RefIdConflict);
    assert_eq!(shop.inquire("TRX-1").unwrap_err(), Refusal::RefIdConflict);
}

#[test]
fn nothing_is_sold_for_nothing() {
    let mut shop = Shop::open();
    for price in [0, -1] {
        let purchase = AcceptPurchase { offer: Ok(offer(price, 0)), ..shop.purchase("TRX-1") };
        assert_eq!(shop.ask(purchase).unwrap_err(), Refusal::AmountInvalid);
    }
    for (tagihan, admin, commission) in [(0, 0, 0), (0, 2_500, 2_500), (-3_000, 2_500, 0), (0, 0, 1)] {
        let quote = quote(tagihan, admin, commission, 0);
        let inquiry = OpenInquiry { quote, ..shop.inquiry("INQ-1") };
        assert_eq!(shop.ask(inquiry).unwrap_err(), Refusal::AmountInvalid);
    }
    let inquiry = OpenInquiry { quote: quote(1_000_000_000_000_000, 1, 0, 0), ..shop.inquiry("INQ-1") };
    assert_eq!(shop.ask(inquiry).unwrap_err(), Fault::Overflow.into());
}

#[test]
fn an_inquiry_conflicts_with_another_under_its_reference_even_a_lapsed_one() {
    let mut shop = Shop::open();
    shop.inquire("INQ-1").unwrap();
    for wait in [Duration::ZERO, Duration::from_hours(1)] {
        shop.advance(wait);
        for other in [
            OpenInquiry { customer_no: number("999"), ..shop.inquiry("INQ-1") },
            OpenInquiry { product_code: product("OTHER"), ..shop.inquiry("INQ-1") },
        ] {
            assert_eq!(shop.ask(other).unwrap_err(), Refusal::RefIdConflict);
        }
    }
    shop.inquire("INQ-1").unwrap();
    shop.pay("INQ-1").unwrap();
    assert_eq!(shop.inquire("INQ-1").unwrap_err(), Refusal::RefIdConflict);
}

#[test]
fn a_deposit_is_positive_and_a_voucher_means_one_thing() {
    let mut shop = Shop::open();
    for amount in [0, -1] {
        assert_eq!(shop.deposit("D-1", amount).unwrap_err(), Refusal::AmountInvalid);
    }
    assert_eq!(shop.adjust("A-1", 0).unwrap_err(), Refusal::AmountInvalid);
    assert_eq!(shop.adjust("A-1", -1_000_001).unwrap_err(), Refusal::InsufficientBalance);
    shop.deposit("D-1", 5).unwrap();
    assert_eq!(shop.deposit("D-1", 6).unwrap_err(), Refusal::VoucherConflict);
    assert_eq!(shop.adjust("D-1", 5).unwrap_err(), Refusal::VoucherConflict);
    shop.merchant_id = MerchantId(2);
    shop.deposit("D-1", 6).unwrap();
}

#[test]
fn answers_and_sendings_need_their_order() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    let again = SendAgain { key: shop.key("nobody"), ..shop.sending_again("INQ-1") };
    assert_eq!(shop.ask(again).unwrap_err(), Refusal::OrderNotFound);
    assert_eq!(shop.send_again("INQ-1").unwrap_err(), Refusal::AttemptState);
    let answer =
        domain::command::RecordAnswer { key: shop.key("nobody"), ..shop.answer_of("INQ-1", Source::Send, confirmed()) };
    assert_eq!(shop.ask(answer).unwrap_err(), Refusal::OrderNotFound);
    shop.answer("INQ-1", Source::Send, confirmed()).unwrap();
    assert_eq!(shop.send_again("INQ-1").unwrap_err(), Refusal::OrderFinal);
    assert_eq!(shop.answer("INQ-1", Source::Operator, confirmed()).unwrap_err(), Refusal::OrderFinal);
    assert_eq!(shop.order("INQ-1").status, OrderStatus::Success);
}

#[test]
fn a_merchant_is_registered_once_and_changed_all_or_nothing() {
    let mut shop = Shop::open();
    assert_eq!(shop.ask(registration(1)).unwrap_err(), Refusal::MerchantExists);
    let changes = vec![MerchantChange::Suspend, MerchantChange::CreditLimit(rupiah(-1))];
    let change = ChangeMerchant { merchant_id: shop.merchant_id, changes };
    assert_eq!(shop.ask(change).unwrap_err(), Refusal::AmountInvalid);
    assert!(!shop.books[&MerchantId(1)].is_suspended);
}

#[test]
fn products_are_put_all_or_none_on_sound_terms() {
    let sound = Product {
        code: product("MPBPJS"),
        name: "BPJS".into(),
        kind: ProductKind::Postpaid,
        category: "BPJS".into(),
        brand: "BPJS".into(),
        description: "".into(),
        state: ProductState::Available,
        price: rupiah(0),
        admin: rupiah(2_700),
        commission: rupiah(2_700),
        tiers: Vec::new(),
        cut_off: None,
        number_rule: NumberRule { digits_only: true, min_length: 1, max_length: 64, is_phone: false },
        bill_group: "MPBPJS".into(),
        repaid_window: Duration::ZERO,
        duplicate_window: Duration::ZERO,
        routes: vec![ProductRoute::plain(route(0))],
        is_demo: false,
        updated_at: domain::time::Timestamp::default(),
    };
    let tier = |price, commission| {
        let tier = domain::id::Tier::parse("gold").unwrap();
        vec![TierTerms { tier, price, commission }]
    };
    let mut shop = Shop::open();
    for odd in [
        Product { commission: rupiah(2_701), ..sound.clone() },
        Product { commission: rupiah(-1), ..sound.clone() },
        Product { admin: rupiah(-1), commission: rupiah(-1), ..sound.clone() },
        Product { routes: vec![ProductRoute::plain(route(-1))], ..sound.clone() },
        Product { tiers: tier(None, Some(rupiah(2_701))), ..sound.clone() },
        Product { kind: ProductKind::Prepaid, ..sound.clone() },
        Product { kind: ProductKind::Game, price: rupiah(1), tiers: tier(Some(rupiah(0)), None), ..sound.clone() },
    ] {
        let both = PutProducts { products: vec![sound.clone(), odd] };
        assert_eq!(shop.ask(both).unwrap_err(), Refusal::AmountInvalid);
        assert!(shop.products.is_empty());
    }
    assert_eq!(shop.ask(PutProducts { products: vec![sound.clone(), sound.clone()] }), Ok(1));
    shop.advance(Duration::from_secs(1));
    assert_eq!(shop.ask(PutProducts { products: vec![sound] }), Ok(0), "the same again changes nothing");
}

#[test]
fn a_command_that_fails_halfway_takes_its_money_back() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    let ledger = shop.ledger.clone();
    // Its money has moved in the world when it is found that the inquiry is gone.
    shop.inquiries.clear();
    let refusal = shop.answer("INQ-1", Source::Send, confirmed()).unwrap_err();
    assert!(matches!(refusal, Refusal::Fault(Fault::Inconsistent(_))));
    assert_eq!(shop.ledger, ledger);
    assert_eq!(shop.money(), (974_800, 25_200));
}

#[test]
fn a_command_uses_only_rows_that_it_names() {
    // A world with no rows loaded answers with a fault, never with a decision.
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    let mut world = domain::world::World::default();
    let fund = shop.funding("D", VoucherKind::Deposit, rupiah(1));
    let payment = shop.payment("INQ-1");
    let answer = shop.answer_of("INQ-1", Source::Send, confirmed());
    for command in [fund.into(), payment.into(), answer.into()] {
        let decided = domain::command::apply(&mut world, &command, shop.now);
        assert!(matches!(decided, Err(Refusal::Fault(Fault::Unnamed(_)))));
    }
}
