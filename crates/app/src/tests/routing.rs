//! Who is asked: the first in the operator's order that can take it now.

use std::time::Duration;

use domain::id::{Mode, SupplierName};
use domain::money::Rupiah;
use domain::product::{CutOff, ProductRoute};
use domain::refusal::ProductRefusal;
use domain::supplier::SupplierState;
use outbound::{Heard, InquiryAnswer};

use super::house::{House, confirmed, name, nothing_created, number, unknown, way};
use crate::channel::{Errand, Permit};
use crate::routing::{Way, first_way, payable};

const PRICE: Option<Rupiah> = Some(Rupiah::whole(21_000));

fn find(house: &House, tried: &[SupplierName]) -> Result<Way, ProductRefusal> {
    first_way(&house.context, &house.product(), Mode::Production, PRICE, &number(), tried)
}

/// The chosen supplier's name and its code for the product.
fn chosen(house: &House) -> String {
    match find(house, &[]) {
        Ok(way) => format!("{}/{}", way.route.supplier, way.route.sku),
        Err(refusal) => format!("{refusal:?}"),
    }
}

fn payers(house: &House) -> Vec<String> {
    let payable = payable(&house.context, &house.product(), Mode::Production, &number());
    payable.keys().map(ToString::to_string).collect()
}

/// Two suppliers, the second of which comes first in the alphabet.
async fn two() -> House {
    let house = House::open().await;
    house.add("zeta");
    house.add("alpha");
    house.sell_by(&["zeta", "alpha"]).await;
    house
}

#[tokio::test]
async fn the_operators_order_decides() {
    let house = two().await;
    assert_eq!(chosen(&house), "zeta/sku");
    house.sell_by(&["alpha", "zeta"]).await;
    assert_eq!(chosen(&house), "alpha/sku");
    // One that is configured for the product but not in the house.
    house.sell_by(&["nobody", "zeta"]).await;
    assert_eq!(chosen(&house), "zeta/sku");
    house.sell(vec![]).await;
    assert_eq!(chosen(&house), "SupplierUnavailable");
}

#[tokio::test]
async fn what_was_tried_is_not_tried_again() {
    let house = two().await;
    assert_eq!(find(&house, &[name("zeta")]).ok().unwrap().route.supplier, name("alpha"));
    let tried = [name("alpha"), name("zeta")];
    assert_eq!(find(&house, &tried).err(), Some(ProductRefusal::SupplierUnavailable));
}

#[tokio::test]
async fn a_draining_supplier_is_only_paid_what_it_quoted_and_one_that_is_off_nothing() {
    let house = two().await;
    for (state, first, payers_now) in [
        (SupplierState::On, "zeta/sku", vec!["alpha", "zeta"]),
        (SupplierState::Draining, "alpha/sku", vec!["alpha", "zeta"]),
        (SupplierState::Off, "alpha/sku", vec!["alpha"]),
    ] {
        house.switch("zeta", state);
        assert_eq!(
            (chosen(&house).as_str(), payers(&house)),
            (first, payers_now.iter().map(ToString::to_string).collect())
        );
    }
    house.switch("alpha", SupplierState::Draining);
    assert_eq!(chosen(&house), "SupplierUnavailable");
}

#[tokio::test]
async fn an_adapter_that_takes_nothing_is_passed_over() {
    let house = House::open().await;
    let first = house.add("first");
    house.add("second");
    house.sell_by(&["first", "second"]).await;
    first.set_admitting(false);
    assert_eq!((chosen(&house), payers(&house)), ("second/sku".into(), vec!["second".into()]));
    first.set_admitting(true);
    assert_eq!(chosen(&house), "first/sku");
}

#[tokio::test]
async fn routes_that_are_off_gone_or_too_dear_are_passed_over() {
    let house = two().await;
    let last = way("alpha", "last", 20_000);
    for (first, is_open) in [
        (way("zeta", "sku", 21_000), true),
        (way("zeta", "sku", 21_001), false),
        (ProductRoute { max_cost: Some(Rupiah::whole(22_000)), ..way("zeta", "sku", 22_000) }, true),
        (ProductRoute { max_cost: Some(Rupiah::whole(19_999)), ..way("zeta", "sku", 20_000) }, false),
        (ProductRoute { is_on: false, ..way("zeta", "sku", 20_000) }, false),
        (ProductRoute { is_available: false, ..way("zeta", "sku", 20_000) }, false),
    ] {
        house.sell(vec![first.clone(), last.clone()]).await;
        assert_eq!(chosen(&house), if is_open { "zeta/sku" } else { "alpha/last" }, "{first:?}");
    }
}

#[tokio::test]
async fn a_full_supplier_is_passed_over_until_one_of_its_orders_ends() {
    let house = two().await;
    for name in ["zeta", "alpha"] {
        house.change(name, |profile| profile.max_in_flight = 1);
    }
    let zeta = house.context.suppliers.find(&name("zeta")).unwrap();
    let first = find(&house, &[]).ok().unwrap();
    assert_eq!((first.route.supplier.as_str(), zeta.in_flight()), ("zeta", 1));
    let second = find(&house, &[]).ok().unwrap();
    assert_eq!(second.route.supplier.as_str(), "alpha");
    assert_eq!((chosen(&house), payers(&house)), ("SupplierUnavailable".into(), vec![]));
    drop(first);
    assert_eq!((chosen(&house).as_str(), zeta.in_flight()), ("zeta/sku", 0));
    // A change of the profile that isn't about the limit forgets nobody who is under way.
    let held = find(&house, &[]).ok().unwrap();
    house.change("zeta", |profile| (profile.max_in_flight, profile.can_be_asked) = (1, false));
    assert_eq!(chosen(&house), "SupplierUnavailable");
    drop((held, second));
    assert_eq!(chosen(&house), "zeta/sku");
}

#[tokio::test]
async fn a_supplier_in_trouble_is_left_alone_but_for_one_trial() {
    let house = two().await;
    let zeta = house.context.suppliers.find(&name("zeta")).unwrap();
    for _ in 0..5 {
        assert_eq!(chosen(&house), "zeta/sku");
        zeta.note_sending(&"sku".into(), &Heard::unspoken(unknown()), house.context.time.monotonic());
    }
    assert_eq!(chosen(&house), "alpha/sku");
    assert_eq!(payers(&house), ["alpha"]);
    // A change of its profile doesn't heal it.
    house.change("zeta", |profile| profile.is_testing = true);
    house.clock.advance(Duration::from_millis(14_999));
    assert_eq!(chosen(&house), "alpha/sku");
    house.clock.advance(Duration::from_millis(1));
    // Whoever gives up without an outcome, such as a merchant who asks about an old order, leaves the trial to the next.
    assert_eq!(
        (chosen(&house).as_str(), payers(&house).as_slice()),
        ("zeta/sku", ["alpha".into(), "zeta".into()].as_slice())
    );
    let trial = find(&house, &[]).ok().unwrap();
    assert_eq!((trial.route.supplier.as_str(), chosen(&house).as_str()), ("zeta", "alpha/sku"));
    let zeta = house.context.suppliers.find(&name("zeta")).unwrap();
    zeta.note_sending(&"sku".into(), &Heard::unspoken(confirmed()), house.context.time.monotonic());
    drop(trial);
    assert_eq!((chosen(&house).as_str(), chosen(&house).as_str()), ("zeta/sku", "zeta/sku"));
}

#[tokio::test]
async fn one_products_trouble_is_not_its_suppliers() {
    let house = two().await;
    house.sell(vec![way("zeta", "a", 20_000), way("zeta", "b", 20_000), way("alpha", "c", 20_000)]).await;
    let zeta = house.context.suppliers.find(&name("zeta")).unwrap();
    for _ in 0..20 {
        assert_eq!(chosen(&house), "zeta/a");
        zeta.note_sending(&"a".into(), &Heard::unspoken(nothing_created()), house.context.time.monotonic());
    }
    assert_eq!(chosen(&house), "zeta/b");
    assert_eq!(zeta.trouble(house.context.time.monotonic()), (false, vec!["a".into()]));
    for _ in 0..20 {
        zeta.note_inquiry(&"b".into(), &InquiryAnswer::Unavailable, house.context.time.monotonic());
    }
    assert_eq!(chosen(&house), "alpha/c");
}

#[tokio::test]
async fn a_product_in_trouble_does_not_take_its_suppliers_trial() {
    let house = two().await;
    let zeta = house.context.suppliers.find(&name("zeta")).unwrap();
    let at = Duration::from_secs;
    let admit = |sku: &str, now| zeta.admit(Errand::New, &sku.into(), &number(), now);
    let passes = |permit: Option<Permit>| permit.is_some();
    // One product fails again and again, and its pause is long by now; then the whole supplier falls silent.
    for _ in 0..20 {
        zeta.note_sending(&"a".into(), &Heard::unspoken(nothing_created()), at(0));
    }
    let first_trial = admit("a", at(15));
    assert!(first_trial.is_some());
    zeta.note_sending(&"a".into(), &Heard::unspoken(nothing_created()), at(15));
    drop(first_trial);
    for _ in 0..5 {
        zeta.note_inquiry(&"b".into(), &InquiryAnswer::Unreadable, at(20));
    }
    assert_eq!(zeta.trouble(at(34)), (true, vec!["a".into(), "b".into()]));
    // The pause of the supplier and of "b" is over, that of "a" isn't: who wants "a" must not use the trial up.
    assert!(!passes(admit("a", at(35))));
    let trial = admit("b", at(35));
    assert!(trial.is_some());
    assert!(!passes(admit("b", at(36))), "that was the trial");
}

#[tokio::test]
async fn a_circuit_hears_from_sendings_and_inquiries_alike() {
    let house = two().await;
    let zeta = house.context.suppliers.find(&name("zeta")).unwrap();
    for round in 0..4 {
        if round % 2 == 0 {
            zeta.note_inquiry(&"sku".into(), &InquiryAnswer::Unreadable, Duration::ZERO);
        } else {
            zeta.note_sending(&"sku".into(), &Heard::unspoken(domain::answer::Answer::NotReceived), Duration::ZERO);
        }
    }
    assert_eq!(chosen(&house), "zeta/sku");
    // An answer in between, and it begins again.
    zeta.note_inquiry(&"other".into(), &InquiryAnswer::NotFound, Duration::ZERO);
    zeta.note_inquiry(&"new".into(), &InquiryAnswer::Unreadable, Duration::ZERO);
    assert!(!zeta.trouble(Duration::ZERO).0);
}

#[tokio::test]
async fn a_cut_off_is_the_reason_only_if_waiting_for_its_end_helps() {
    let house = House::open_at("23:50:30").await;
    house.add("zeta");
    house.add("alpha");
    let night = |end| Some(CutOff { start: 23 * 60 + 45, end });
    let closed = |name: &str, end| ProductRoute { cut_off: night(end), ..way(name, "sku", 20_000) };
    let until = |minutes: u64| format!("{:?}", ProductRefusal::CutOff(Duration::from_secs(minutes * 60 - 30)));
    let unavailable = "SupplierUnavailable".to_owned();
    for (routes, expected) in [
        (vec![closed("zeta", 15)], until(25)),
        (vec![closed("zeta", 15), closed("alpha", 5)], until(15)),
        (vec![closed("zeta", 15), way("alpha", "sku", 20_000)], "alpha/sku".to_owned()),
        (vec![ProductRoute { is_on: false, ..closed("zeta", 15) }], unavailable.clone()),
        (vec![ProductRoute { is_available: false, ..closed("zeta", 15) }], unavailable.clone()),
        (vec![ProductRoute { is_on: false, ..way("zeta", "sku", 1) }, closed("alpha", 15)], until(25)),
        // Over since five minutes.
        (
            vec![ProductRoute { cut_off: Some(CutOff { start: 1_380, end: 1_425 }), ..way("zeta", "x", 1) }],
            "zeta/x".into(),
        ),
    ] {
        house.sell(routes.clone()).await;
        assert_eq!(chosen(&house), expected, "{routes:?}");
    }
    house.sell(vec![closed("zeta", 15)]).await;
    house.clock.advance(Duration::from_secs(25 * 60 - 31));
    assert_eq!(chosen(&house), format!("{:?}", ProductRefusal::CutOff(Duration::from_secs(1))));
    house.clock.advance(Duration::from_secs(1));
    assert_eq!(chosen(&house), "zeta/sku");
}

#[tokio::test]
async fn the_sandbox_sells_only_rehearsals_once_there_is_a_real_supplier() {
    let house = House::open().await;
    house.sell_by(&["sandbox", "real"]).await;
    assert_eq!((chosen(&house), payers(&house)), ("sandbox/sku".into(), vec!["sandbox".into()]));
    house.add("real");
    assert_eq!((chosen(&house), payers(&house)), ("real/sku".into(), vec!["real".into()]));
    house.switch("real", SupplierState::Off);
    assert_eq!((chosen(&house), payers(&house)), ("SupplierUnavailable".into(), vec![]));

    // Testing never leaves the house, whatever the routes say.
    for routes in [vec![way("real", "sku", 20_000)], vec![], vec![ProductRoute { is_on: false, ..way("real", "x", 1) }]]
    {
        house.sell(routes).await;
        let found = first_way(&house.context, &house.product(), Mode::Testing, PRICE, &number(), &[]).ok().unwrap();
        assert_eq!((found.route.supplier.as_str(), &*found.route.sku), ("sandbox", "TSEL20"));
    }
    house.buy_in(Mode::Testing, "T-1").await.unwrap();
    assert_eq!(house.sandbox.sent().len(), 1);
}
