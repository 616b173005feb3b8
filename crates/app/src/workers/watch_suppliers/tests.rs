//! The worker with a supplier that says what the test wants, under the manual clock.

#![cfg(test)]

use std::pin::pin;
use std::sync::Arc;

use domain::product::{CutOff, Product, ProductKind, ProductRoute};
use futures_util::FutureExt;
use outbound::{CallFault, PriceList, SupplierProduct};

use super::*;
use crate::list_products::{ProductFilter, list_products};
use crate::sync_prices::{SyncError, compare_prices};
use crate::tests::house::{House, name, way};
use crate::tests::supplier::ToldSupplier;

/// A house whose products, PLN (a bill) and TSEL20 (at 21.000), are bought at one supplier, which lists both on those terms.
async fn house() -> (House, Arc<ToldSupplier>) {
    let house = House::open_at("10:00:00").await;
    let supplier = house.add("digi");
    house.sell(vec![way("digi", "sku", 20_000)]).await;
    supplier.lists(Ok(list(vec![bill(20_000), purchase(20_000)])));
    supplier.has(Rupiah::whole(70_000));
    (house, supplier)
}

const fn list(products: Vec<SupplierProduct>) -> PriceList {
    PriceList { products, unreadable: 0 }
}

fn bill(cost: u32) -> SupplierProduct {
    SupplierProduct { kind: ProductKind::Postpaid, ..purchase(cost) }
}

fn purchase(cost: u32) -> SupplierProduct {
    SupplierProduct {
        sku: "sku".into(),
        name: "Telkomsel 20.000".into(),
        kind: ProductKind::Prepaid,
        category: "Pulsa".into(),
        brand: "TELKOMSEL".into(),
        cost: Rupiah::whole(cost),
        admin: Rupiah::ZERO,
        is_available: true,
        cut_off: None,
    }
}

/// The routes of PLN and TSEL20 as they are sold by now.
fn ways(house: &House) -> [ProductRoute; 2] {
    let products: Vec<Arc<Product>> = list_products(&house.context, &ProductFilter::default());
    [0, 1].map(|index| products[index].routes[0].clone())
}

#[tokio::test]
async fn lists_are_taken_every_hour_and_balances_read_every_ten_minutes() {
    let (house, supplier) = house().await;
    let mut run = pin!(run(house.context.clone()));
    let mut goes_on = || run.as_mut().now_or_never().is_none();
    assert!(goes_on());
    assert_eq!(supplier.account_calls(), (0, 0), "a server that is started again and again doesn't ask each time");
    house.clock.advance(FIRST_PAUSE);
    assert!(goes_on());
    assert_eq!(supplier.account_calls(), (1, 1));
    for (balances, lists) in [(2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 2)] {
        house.clock.advance(Duration::from_mins(10));
        assert!(goes_on());
        assert_eq!(supplier.account_calls(), (lists, balances));
    }
}

#[tokio::test]
async fn what_the_list_says_holds_for_the_next_request() {
    let (house, supplier) = house().await;
    let night = Some(CutOff { start: 1_425, end: 15 });
    supplier.lists(Ok(list(vec![SupplierProduct { cut_off: night, ..purchase(20_500) }])));
    take_prices(&house.context).await;
    let [gone, dearer] = ways(&house);
    assert!(!gone.is_available, "it isn't listed any more");
    assert_eq!((dearer.route.cost, dearer.cut_off, dearer.is_available), (Rupiah::whole(20_500), night, true));

    // A list without windows leaves the one that is known, and one with a line that can't be read may still have what is missing.
    house.clock.advance(KEEPS_FOR);
    supplier.lists(Ok(PriceList { products: vec![bill(1_000)], unreadable: 1 }));
    take_prices(&house.context).await;
    let [back, same] = ways(&house);
    assert_eq!((back.route.cost, back.is_available), (Rupiah::whole(1_000), true));
    assert_eq!(same, dearer);
    house.clock.advance(KEEPS_FOR);
    supplier.lists(Ok(list(vec![bill(1_000), purchase(20_400)])));
    take_prices(&house.context).await;
    assert_eq!((ways(&house)[1].route.cost, ways(&house)[1].cut_off), (Rupiah::whole(20_400), night));
}

#[tokio::test]
async fn nobody_asks_again_within_the_suppliers_limit() {
    let (house, supplier) = house().await;
    let digi = name("digi");
    assert_eq!(compare_prices(&house.context, &digi).await.unwrap().differences, []);
    supplier.lists(Ok(list(vec![bill(1_000), purchase(20_000)])));
    house.clock.advance(Duration::from_secs(299));
    assert_eq!(sync_prices(&house.context, &digi).await.unwrap().differences, []);
    assert_eq!(supplier.account_calls().0, 1);
    house.clock.advance(Duration::from_secs(1));
    assert_eq!(sync_prices(&house.context, &digi).await.unwrap().differences.len(), 1);
    assert_eq!(supplier.account_calls().0, 2);
}

#[tokio::test]
async fn a_difference_says_what_becomes_too_dear() {
    let (house, supplier) = house().await;
    supplier.lists(Ok(list(vec![bill(30_000), purchase(21_001)])));
    let found = compare_prices(&house.context, &name("digi")).await.unwrap();
    let dear: Vec<_> = found.differences.iter().map(|one| (one.code.as_str(), one.is_too_dear)).collect();
    assert_eq!(dear, [("PLN", false), ("TSEL20", true)]);
    assert_eq!(ways(&house)[1].route.cost, Rupiah::whole(20_000), "comparing takes nothing over");
}

#[tokio::test]
async fn no_list_and_an_empty_one_close_nothing() {
    let (house, supplier) = house().await;
    supplier.lists(Ok(list(Vec::new())));
    assert_eq!(sync_prices(&house.context, &name("digi")).await, Err(SyncError::Empty));
    house.clock.advance(KEEPS_FOR);
    supplier.lists(Err(CallFault::Unreadable("<html>".into())));
    assert!(matches!(sync_prices(&house.context, &name("digi")).await, Err(SyncError::Call(_))));
    assert!(ways(&house).iter().all(|way| way.is_available));
}

#[tokio::test]
async fn one_that_is_off_is_not_asked_for_prices_but_for_its_balance() {
    let (house, supplier) = house().await;
    house.switch("digi", SupplierState::Off);
    take_prices(&house.context).await;
    read_balances(&house.context).await;
    assert_eq!(supplier.account_calls(), (0, 1));
}

#[tokio::test]
async fn a_balance_lasts_as_long_as_what_is_bought_lets_it() {
    let (house, _) = house().await;
    read_balances(&house.context).await;
    let channel = house.context.suppliers.find(&name("digi")).unwrap();
    assert_eq!(channel.purse().balance().unwrap().amount, Rupiah::whole(70_000));
    assert_eq!(channel.purse().hours_left(house.context.time.now()), None);
    house.buy("A").await.unwrap();
    house.clock.advance(Duration::from_hours(1));
    assert_eq!(channel.purse().hours_left(house.context.time.now()), Some(3), "20.000 an hour");
}
