//! What the operator says of suppliers, what their price lists and callbacks say, and whether a route is open.

use std::sync::Arc;
use std::time::Duration;

use domain::callback::{Callback, CallbackVerdict};
use domain::command::{
    AcceptPayment, JudgeCallback, KeepCallback, ObservePrices, ObservedPrice, Payment, PutProducts, PutSupplier,
};
use domain::id::{OrderId, SupplierName};
use domain::merchant::Sealed;
use domain::money::Rupiah;
use domain::product::{CutOff, NumberRule, Product, ProductKind, ProductRoute, ProductState, Route};
use domain::refusal::{Fault, ProductRefusal, Refusal};
use domain::supplier::{SupplierKind, SupplierProfile, SupplierState};
use domain::time::Timestamp;

use crate::shop::{Shop, product, route, rupiah};

fn name(text: &str) -> SupplierName {
    SupplierName::parse(text).unwrap()
}

fn profile(text: &str) -> SupplierProfile {
    SupplierProfile {
        name: name(text),
        kind: SupplierKind::Digiflazz,
        url: None,
        user: "toko".into(),
        key: Sealed(Arc::from([1_u8].as_slice())),
        secret: None,
        is_testing: false,
        can_be_asked: true,
        state: SupplierState::On,
        max_in_flight: 20,
        callback_networks: Vec::new(),
        low_balance: None,
        reroute_codes: Vec::new(),
        created_at: Timestamp::default(),
        updated_at: Timestamp::default(),
    }
}

#[test]
fn a_supplier_is_added_once_and_changed_as_often_as_one_likes() {
    let mut shop = Shop::open();
    let added_at = shop.now;
    let added = shop.ask(PutSupplier { profile: profile("digi"), is_new: true }).unwrap();
    assert_eq!((added.created_at, added.updated_at), (added_at, added_at), "whatever the caller says");
    shop.advance(Duration::from_secs(5));
    let again = PutSupplier { profile: profile("digi"), is_new: true };
    assert_eq!(shop.ask(again).unwrap_err(), Refusal::SupplierExists);

    let changed = SupplierProfile {
        url: Some("https://example.com".into()),
        key: Sealed(Arc::from([2_u8].as_slice())),
        secret: Some(Sealed(Arc::from([3_u8].as_slice()))),
        state: SupplierState::Draining,
        max_in_flight: 1,
        reroute_codes: vec!["53".into()],
        updated_at: added.updated_at,
        ..profile("digi")
    };
    let after = shop.ask(PutSupplier { profile: changed.clone(), is_new: false }).unwrap();
    assert_eq!(after, SupplierProfile { created_at: added_at, updated_at: shop.now, ..changed.clone() });
    assert_eq!(shop.suppliers[&name("digi")], after);
    // Somebody who had looked at it before that would undo it unknowingly.
    let stale = SupplierProfile { state: SupplierState::On, ..changed };
    assert_eq!(shop.ask(PutSupplier { profile: stale, is_new: false }).unwrap_err(), Refusal::SupplierChanged);
    assert_eq!(shop.suppliers[&name("digi")], after);
    shop.ask(PutSupplier { profile: profile("other"), is_new: true }).unwrap();
    assert_eq!(shop.suppliers.len(), 2);
}

#[test]
fn its_language_and_user_are_for_ever() {
    // Its pending orders are asked about in that language and as that user: nobody else would know of them there.
    for other in [
        SupplierProfile { kind: SupplierKind::Iak, ..profile("digi") },
        SupplierProfile { kind: SupplierKind::IsiKuota, ..profile("digi") },
        SupplierProfile { user: "somebody else".into(), ..profile("digi") },
    ] {
        let mut shop = Shop::open();
        shop.ask(PutSupplier { profile: profile("digi"), is_new: true }).unwrap();
        let before = shop.suppliers.clone();
        for is_new in [false, true] {
            let put = PutSupplier { profile: other.clone(), is_new };
            assert_eq!(shop.ask(put).unwrap_err(), Refusal::SupplierExists);
        }
        assert_eq!(shop.suppliers, before);
    }
}

#[test]
fn a_callback_is_kept_as_it_came_and_judged_later() {
    let mut shop = Shop::open();
    let came = Callback {
        callback_id: 7,
        supplier: name("digi"),
        address: "203.0.113.9".into(),
        headers: "x-hub-signature: sha1=00\n".into(),
        body: Arc::from([0_u8, 255, 10].as_slice()),
        verdict: CallbackVerdict::Received,
        order_id: None,
        received_at: Timestamp::default(),
        updated_at: Timestamp::default(),
    };
    let kept = shop.ask(KeepCallback { callback: came.clone() }).unwrap();
    assert_eq!(kept, Callback { received_at: shop.now, updated_at: shop.now, ..came });
    let came_at = shop.now;
    shop.advance(Duration::from_secs(1));
    let judge = JudgeCallback { callback_id: 7, verdict: CallbackVerdict::Recorded, order_id: Some(OrderId(9)) };
    let judged = shop.ask(judge).unwrap();
    let expected = Callback {
        verdict: CallbackVerdict::Recorded,
        order_id: Some(OrderId(9)),
        received_at: came_at,
        updated_at: shop.now,
        ..kept
    };
    assert_eq!(judged, expected);
    assert_eq!(shop.callbacks[&7], expected);
    let nobody = JudgeCallback { callback_id: 8, verdict: CallbackVerdict::Forged, order_id: None };
    assert_eq!(shop.ask(nobody).unwrap_err(), Refusal::Fault(Fault::Inconsistent("a callback is gone")));
}

// Price lists.

fn way(supplier: &str, sku: &str, cost: i64) -> ProductRoute {
    ProductRoute::plain(Route { supplier: name(supplier), sku: sku.into(), cost: rupiah(cost) })
}

fn pulsa(code: &str, routes: Vec<ProductRoute>) -> Product {
    Product {
        code: product(code),
        name: "Telkomsel 20.000".into(),
        kind: ProductKind::Prepaid,
        category: "Pulsa".into(),
        brand: "TELKOMSEL".into(),
        description: "".into(),
        state: ProductState::Available,
        price: rupiah(21_000),
        admin: Rupiah::ZERO,
        commission: Rupiah::ZERO,
        tiers: Vec::new(),
        cut_off: None,
        number_rule: NumberRule { digits_only: true, min_length: 10, max_length: 14, is_phone: true },
        bill_group: code.into(),
        repaid_window: Duration::ZERO,
        duplicate_window: Duration::ZERO,
        routes,
        is_demo: false,
        updated_at: Timestamp::default(),
    }
}

fn price(sku: &str, cost: i64) -> ObservedPrice {
    ObservedPrice { sku: sku.into(), cost: rupiah(cost), is_available: true, cut_off: None }
}

fn observe(shop: &mut Shop, observed: Option<ObservedPrice>) -> u32 {
    shop.ask(ObservePrices { supplier: name("digi"), observed: vec![(product("TSEL20"), observed)] }).unwrap()
}

#[test]
fn a_price_list_changes_the_routes_to_its_supplier_and_sku_alone() {
    let night = CutOff { start: 1_425, end: 15 };
    let settled = ProductRoute { is_on: false, max_cost: Some(rupiah(1)), ..way("digi", "tsel20", 20_000) };
    let table = [
        // Price, availability and cut-off are the supplier's; the switch and the limit stay the operator's.
        (
            Some(ObservedPrice { is_available: false, cut_off: Some(night), ..price("tsel20", 20_100) }),
            ProductRoute {
                is_available: false,
                cut_off: Some(night),
                route: way("digi", "tsel20", 20_100).route,
                ..settled.clone()
            },
        ),
        (Some(price("tsel20", 0)), ProductRoute { route: way("digi", "tsel20", 0).route, ..settled.clone() }),
        (Some(price("other", 20_100)), settled.clone()),
        (Some(price("TSEL20", 20_100)), settled.clone()),
        (Some(price("other", -1)), settled.clone()),
        (None, ProductRoute { is_available: false, ..settled.clone() }),
        (Some(price("tsel20", -1)), ProductRoute { is_available: false, ..settled.clone() }),
    ];
    for (observed, expected) in table {
        let mut shop = Shop::open();
        let routes = vec![way("iak", "tsel20", 19_000), settled.clone(), way("iak", "other", 18_000)];
        shop.ask(PutProducts { products: vec![pulsa("TSEL20", routes.clone()), pulsa("TSEL25", routes.clone())] })
            .unwrap();
        shop.advance(Duration::from_secs(1));
        let changed = observe(&mut shop, observed.clone());
        let after = &shop.products[&product("TSEL20")];
        assert_eq!(after.routes, [routes[0].clone(), expected.clone(), routes[2].clone()], "{observed:?}");
        assert_eq!(changed, u32::from(expected != settled));
        assert_eq!(after.updated_at == shop.now, changed == 1);
        assert_eq!(shop.products[&product("TSEL25")].routes, routes, "it was not named");
        assert_eq!(observe(&mut shop, observed), 0, "the same again is no news");
    }
}

#[test]
fn what_comes_back_on_the_list_is_available_again_and_its_cut_off_goes() {
    let mut shop = Shop::open();
    let closed = ProductRoute {
        is_available: false,
        cut_off: Some(CutOff { start: 0, end: 60 }),
        ..way("digi", "tsel20", 20_000)
    };
    shop.ask(PutProducts { products: vec![pulsa("TSEL20", vec![closed])] }).unwrap();
    assert_eq!(observe(&mut shop, Some(price("tsel20", 20_000))), 1);
    assert_eq!(shop.products[&product("TSEL20")].routes, [way("digi", "tsel20", 20_000)]);
}

#[test]
fn a_list_about_products_that_are_gone_changes_nothing_else() {
    let mut shop = Shop::open();
    shop.ask(PutProducts { products: vec![pulsa("TSEL20", vec![way("digi", "tsel20", 20_000)])] }).unwrap();
    let observed = vec![
        (product("GONE"), Some(price("tsel20", 1))),
        (product("TSEL20"), Some(price("tsel20", 20_200))),
        (product("GONE"), None),
        (product("TSEL20"), Some(price("tsel20", 20_300))),
    ];
    assert_eq!(shop.ask(ObservePrices { supplier: name("digi"), observed }).unwrap(), 2);
    assert_eq!(shop.products[&product("TSEL20")].routes, [way("digi", "tsel20", 20_300)]);
    assert_eq!(shop.products.len(), 1);
    let none = ObservePrices { supplier: name("nobody"), observed: vec![(product("TSEL20"), None)] };
    assert_eq!(shop.ask(none).unwrap(), 0);
}

#[test]
fn a_product_whose_routes_make_no_sense_is_not_put() {
    let mut shop = Shop::open();
    for odd in [
        way("digi", "tsel20", -1),
        ProductRoute { max_cost: Some(rupiah(-1)), ..way("digi", "tsel20", 1) },
        ProductRoute { is_on: false, ..way("digi", "tsel20", -1) },
    ] {
        let products = vec![pulsa("TSEL20", vec![way("iak", "tsel20", 1), odd])];
        assert_eq!(shop.ask(PutProducts { products }).unwrap_err(), Refusal::AmountInvalid);
    }
    assert!(shop.products.is_empty());
}

// Routes.

#[test]
fn a_route_is_open_up_to_its_limit() {
    let now = Timestamp::parse_wib("2026-06-01 12:00:00").unwrap();
    for (max_cost, price, cost, is_open) in [
        (None, None, 999_999_999, true),
        (None, Some(20_000), 19_999, true),
        (None, Some(20_000), 20_000, true),
        (None, Some(20_000), 20_001, false),
        // The operator says so: it may be sold at a loss, or must not cost as much as the price.
        (Some(25_000), Some(20_000), 25_000, true),
        (Some(25_000), Some(20_000), 25_001, false),
        (Some(15_000), Some(20_000), 15_001, false),
        (Some(15_000), None, 15_000, true),
        (Some(15_000), None, 15_001, false),
        (Some(0), None, 0, true),
        (Some(0), None, 1, false),
    ] {
        let way = ProductRoute { max_cost: max_cost.map(rupiah), ..way("digi", "x", cost) };
        assert_eq!(way.is_open(price.map(rupiah), now), is_open, "{max_cost:?} {price:?} {cost}");
    }
}

#[test]
fn a_route_is_open_when_it_is_on_and_available() {
    let now = Timestamp::parse_wib("2026-06-01 12:00:00").unwrap();
    for (is_on, is_available) in [(false, false), (false, true), (true, false), (true, true)] {
        let way = ProductRoute { is_on, is_available, ..way("digi", "x", 1) };
        assert_eq!(way.is_open(None, now), is_on && is_available);
    }
}

#[test]
fn a_routes_cut_off_is_in_jakarta_and_may_span_midnight() {
    let microsecond = Duration::from_micros(1);
    let at = |text: &str| Timestamp::parse_wib(&format!("2026-06-{text}")).unwrap();
    let night = CutOff { start: 23 * 60 + 45, end: 15 };
    let day = CutOff { start: 9 * 60, end: 9 * 60 + 1 };
    let none = CutOff { start: 600, end: 600 };
    for (window, now, is_open) in [
        (night, at("01 23:45:00").minus(microsecond), true),
        (night, at("01 23:45:00"), false),
        (night, at("01 23:59:59"), false),
        (night, at("02 00:00:00"), false),
        (night, at("02 00:15:00").minus(microsecond), false),
        (night, at("02 00:15:00"), true),
        (night, at("02 16:50:00"), true), // When it is night in Greenwich.
        (day, at("02 09:00:00").minus(microsecond), true),
        (day, at("02 09:00:00"), false),
        (day, at("02 09:01:00").minus(microsecond), false),
        (day, at("02 09:01:00"), true),
        (none, at("02 10:00:00"), true),
    ] {
        let way = ProductRoute { cut_off: Some(window), ..way("digi", "x", 1) };
        assert_eq!(way.is_open(None, now), is_open, "{window:?} at {now:?}");
    }
}

// The supplier that quoted a bill is the one that is paid.

#[test]
fn a_bill_is_paid_only_through_the_supplier_that_quoted_it() {
    for (payable, is_paid) in [
        (vec![], false),
        (vec![name("digi")], false),
        (vec![route(0).supplier], true),
        (vec![name("digi"), route(0).supplier, name("iak")], true),
    ] {
        let mut shop = Shop::open();
        shop.inquire("INQ-1").unwrap();
        let payment = AcceptPayment { payable: payable.clone(), ..shop.payment("INQ-1") };
        match shop.ask(payment) {
            Ok(Payment::Accepted(_, attempt, _)) => {
                assert!(is_paid, "{payable:?}");
                assert_eq!(attempt.route.supplier, route(0).supplier);
            }
            other => {
                assert!(!is_paid, "{payable:?}");
                assert_eq!(other.unwrap_err(), Refusal::Product(ProductRefusal::SupplierUnavailable));
                assert_eq!((shop.orders.len(), shop.money()), (0, (1_000_000, 0)));
                // Nothing was created: the same reference can be paid when the supplier is back.
                assert!(matches!(shop.pay("INQ-1"), Ok(Payment::Accepted(..))));
            }
        }
    }
}

#[test]
fn who_can_be_paid_now_does_not_matter_to_an_order_that_stands() {
    let mut shop = Shop::open();
    shop.pend("INQ-1");
    let payment = AcceptPayment { payable: vec![], ..shop.payment("INQ-1") };
    assert!(matches!(shop.ask(payment), Ok(Payment::Existing(..))));
}

#[test]
fn a_closed_supplier_is_reported_in_its_place_among_the_checks() {
    // Before the balance, and after the bill and the product.
    let closed = |shop: &mut Shop| AcceptPayment { payable: vec![], ..shop.payment("INQ-1") };
    let unavailable = Refusal::Product(ProductRefusal::SupplierUnavailable);
    let mut shop = Shop::open();
    shop.inquire("INQ-1").unwrap();
    let payment = AcceptPayment { product: Err(ProductRefusal::Unavailable), ..closed(&mut shop) };
    assert_eq!(shop.ask(payment).unwrap_err(), Refusal::Product(ProductRefusal::Unavailable));
    shop.adjust("A-1", -990_000).unwrap();
    let payment = closed(&mut shop);
    assert_eq!(shop.ask(payment).unwrap_err(), unavailable);
    shop.advance(Duration::from_mins(5));
    let payment = closed(&mut shop);
    assert_eq!(shop.ask(payment).unwrap_err(), Refusal::InquiryExpired);
}
