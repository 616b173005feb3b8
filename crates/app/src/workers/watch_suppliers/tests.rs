//! The worker with a supplier that says what the test wants, under the manual clock.

#![cfg(test)]

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::answer::Answer;
use domain::id::{CustomerNo, ProductCode};
use domain::money::Rupiah;
use domain::product::{CutOff, NumberRule, Product, ProductKind, ProductRoute, ProductState, Route};
use domain::supplier::SupplierKind;
use domain::time::Timestamp;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use outbound::{
    BillQuestion, CallFault, CallbackFault, CallbackNews, CallbackRequest, Heard, InquiryAnswer, Manners, Pace,
    PriceList, Supplier, SupplierProduct, Task, Unavailable,
};
use parking_lot::Mutex;
use store::MemoryStore;
use zeroize::Zeroizing;

use super::*;
use crate::seams::{ManualClock, SeededRandom};
use crate::suppliers::Suppliers;
use crate::sync_prices::{SyncError, compare_prices};
use crate::vault::Vault;
use crate::{NewSupplier, Parts, Policy, PutSupplier, SupplierChange, put_products, put_supplier};

/// A supplier that only tells of prices and money.
struct Stall {
    list: Mutex<Result<PriceList, CallFault>>,
    lists_given: AtomicUsize,
    balances_given: AtomicUsize,
}

impl Stall {
    fn counts(&self) -> (usize, usize) {
        (self.lists_given.load(Ordering::SeqCst), self.balances_given.load(Ordering::SeqCst))
    }

    fn lists(&self, products: Vec<SupplierProduct>, unreadable: usize) {
        *self.list.lock() = Ok(PriceList { products, unreadable });
    }
}

impl Supplier for Stall {
    fn manners(&self) -> Manners {
        let pace = Pace { first: BALANCE_EVERY, shortest: BALANCE_EVERY, longest: BALANCE_EVERY };
        Manners { pace, remembers_for: None, can_be_asked: true }
    }

    fn admit(&self, _: &str, _: &CustomerNo) -> Result<(), Unavailable> {
        Err(Unavailable)
    }

    fn inquire<'a>(&'a self, _: &'a BillQuestion) -> BoxFuture<'a, Heard<InquiryAnswer>> {
        async { Heard::unspoken(InquiryAnswer::Unavailable) }.boxed()
    }

    fn send<'a>(&'a self, _: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        async { Heard::unspoken(Answer::NotReceived) }.boxed()
    }

    fn check<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        self.send(task)
    }

    fn products(&self) -> BoxFuture<'_, Result<PriceList, CallFault>> {
        self.lists_given.fetch_add(1, Ordering::SeqCst);
        async { self.list.lock().clone() }.boxed()
    }

    fn balance(&self) -> BoxFuture<'_, Result<Rupiah, CallFault>> {
        self.balances_given.fetch_add(1, Ordering::SeqCst);
        async { Ok(Rupiah::whole(70_000)) }.boxed()
    }

    fn read_callback(&self, _: &CallbackRequest<'_>) -> Result<CallbackNews, CallbackFault> {
        Err(CallbackFault::NotExpected)
    }
}

/// A house that buys at one stall.
struct House {
    context: Context,
    clock: ManualClock,
    stall: Arc<Stall>,
    name: SupplierName,
}

impl House {
    async fn open() -> Self {
        let clock = ManualClock::at(Timestamp::parse_wib("2026-05-31 10:00:00").unwrap());
        let stall = Arc::new(Stall {
            list: Mutex::new(Ok(PriceList { products: vec![line("p10", 10_000)], unreadable: 0 })),
            lists_given: AtomicUsize::default(),
            balances_given: AtomicUsize::default(),
        });
        let random = Arc::new(SeededRandom::new(1));
        let connected = Arc::clone(&stall);
        let connect = Arc::new(move |_, _| Ok(Arc::clone(&connected) as Arc<dyn Supplier>));
        let context = Context::open(Parts {
            store: Arc::new(MemoryStore::default()),
            suppliers: Suppliers::with_sandbox(stall.clone(), connect).unwrap(),
            vault: Vault::ephemeral(random.clone()).unwrap(),
            clock: Arc::new(clock.clone()),
            random,
            policy: Policy::default(),
        });
        let house = Self { context: context.unwrap(), clock, stall, name: SupplierName::parse("stall").unwrap() };
        let new =
            NewSupplier { kind: SupplierKind::Digiflazz, user: "budi".into(), key: Zeroizing::new("key".to_owned()) };
        house.put(Some(new), vec![SupplierChange::LowBalance(Some(Rupiah::whole(100_000)))]).await;
        put_products(&house.context, vec![product("P10", "p10", 10_000), product("P20", "p20", 20_000)]).await.unwrap();
        house
    }

    async fn put(&self, new: Option<NewSupplier>, changes: Vec<SupplierChange>) {
        put_supplier(&self.context, PutSupplier { name: self.name.clone(), new, changes }).await.unwrap();
    }

    fn way(&self, code: &str) -> ProductRoute {
        self.context.catalogue.find(&ProductCode::parse(code).unwrap()).unwrap().routes[0].clone()
    }

    fn later(&self, minutes: u64) {
        self.clock.advance(Duration::from_mins(minutes));
    }
}

fn line(sku: &str, cost: u32) -> SupplierProduct {
    SupplierProduct {
        sku: sku.into(),
        name: sku.into(),
        kind: ProductKind::Prepaid,
        category: "Pulsa".into(),
        brand: "XL".into(),
        cost: Rupiah::whole(cost),
        admin: Rupiah::ZERO,
        is_available: true,
        cut_off: None,
    }
}

fn product(code: &str, sku: &str, price: u32) -> Product {
    let supplier = SupplierName::parse("stall").unwrap();
    let way = ProductRoute::plain(Route { supplier, sku: sku.into(), cost: Rupiah::whole(price) });
    Product {
        code: ProductCode::parse(code).unwrap(),
        name: code.into(),
        kind: ProductKind::Prepaid,
        category: "Pulsa".into(),
        brand: "XL".into(),
        description: "".into(),
        state: ProductState::Available,
        price: Rupiah::whole(price),
        admin: Rupiah::ZERO,
        commission: Rupiah::ZERO,
        tiers: Vec::new(),
        cut_off: None,
        number_rule: NumberRule { digits_only: true, min_length: 1, max_length: 14, is_phone: true },
        bill_group: code.into(),
        repaid_window: Duration::ZERO,
        duplicate_window: Duration::ZERO,
        routes: vec![way],
        is_demo: false,
        updated_at: Timestamp::default(),
    }
}

#[tokio::test]
async fn lists_are_taken_every_hour_and_balances_read_every_ten_minutes() {
    let house = House::open().await;
    house.stall.lists(vec![line("p10", 10_000), line("p20", 20_000)], 0);
    let mut run = pin!(run(house.context.clone()));
    assert!(run.as_mut().now_or_never().is_none());
    assert_eq!(house.stall.counts(), (0, 0), "a server that is started again and again doesn't ask each time");
    house.later(1);
    assert!(run.as_mut().now_or_never().is_none());
    assert_eq!(house.stall.counts(), (1, 1));
    for (minutes, lists) in [(10, 1), (20, 1), (30, 1), (40, 1), (50, 1), (60, 2)] {
        house.later(10);
        assert!(run.as_mut().now_or_never().is_none());
        assert_eq!(house.stall.counts(), (lists, 1 + minutes / 10));
    }
    let known = house.context.suppliers.find(&house.name).unwrap().purse().balance().unwrap();
    assert_eq!(known.amount, Rupiah::whole(70_000));
    house.context.shut_down().await;
}

#[tokio::test]
async fn what_the_list_says_holds_for_the_next_request() {
    let house = House::open().await;
    let night = CutOff { start: 1_425, end: 15 };
    house.stall.lists(vec![SupplierProduct { cut_off: Some(night), ..line("p10", 10_500) }], 0);
    take_prices(&house.context).await;
    let way = house.way("P10");
    assert_eq!((way.route.cost, way.cut_off, way.is_available), (Rupiah::whole(10_500), Some(night), true));
    assert!(!house.way("P20").is_available, "it isn't listed any more");

    // A list that says nothing of a window leaves it, and one with a line that can't be read may still have the missing product.
    house.later(5);
    house.stall.lists(vec![line("p20", 20_000)], 1);
    take_prices(&house.context).await;
    assert_eq!(house.way("P10"), way);
    assert!(house.way("P20").is_available);
    house.context.shut_down().await;
}

#[tokio::test]
async fn nobody_asks_again_within_the_suppliers_limit() {
    let house = House::open().await;
    compare_prices(&house.context, &house.name).await.unwrap();
    house.stall.lists(vec![line("p10", 9_000), line("p20", 20_000)], 0);
    house.later(4);
    let found = sync_prices(&house.context, &house.name).await.unwrap();
    assert_eq!((house.stall.counts().0, found.listed, found.differences.len()), (1, 1, 1));
    house.later(1);
    let found = sync_prices(&house.context, &house.name).await.unwrap();
    assert_eq!((house.stall.counts().0, found.listed, found.differences.len()), (2, 2, 2));
    house.context.shut_down().await;
}

#[tokio::test]
async fn a_difference_says_what_becomes_too_dear() {
    let house = House::open().await;
    house.stall.lists(vec![line("p10", 10_001), line("p20", 19_000)], 0);
    let found = compare_prices(&house.context, &house.name).await.unwrap();
    let dear: Vec<_> = found.differences.iter().map(|one| (one.code.as_str(), one.is_too_dear)).collect();
    assert_eq!(dear, [("P10", true), ("P20", false)]);
    assert_eq!(house.way("P10").route.cost, Rupiah::whole(10_000), "comparing takes nothing over");
    house.context.shut_down().await;
}

#[tokio::test]
async fn no_list_and_an_empty_one_close_nothing() {
    let house = House::open().await;
    house.stall.lists(Vec::new(), 0);
    assert_eq!(sync_prices(&house.context, &house.name).await, Err(SyncError::Empty));
    house.later(5);
    *house.stall.list.lock() = Err(CallFault::Unreadable("<html>".into()));
    assert!(matches!(sync_prices(&house.context, &house.name).await, Err(SyncError::Call(_))));
    assert!(house.way("P10").is_available && house.way("P20").is_available);
    house.context.shut_down().await;
}

#[tokio::test]
async fn one_that_is_off_is_not_asked_for_prices_but_for_its_balance() {
    let house = House::open().await;
    house.put(None, vec![SupplierChange::State(SupplierState::Off)]).await;
    take_prices(&house.context).await;
    read_balances(&house.context).await;
    assert_eq!(house.stall.counts(), (0, 1));
    house.context.shut_down().await;
}
