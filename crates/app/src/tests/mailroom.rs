//! A house that only tells: merchants with orders that are said to end one way or another, and receivers that do as they are told.

use std::sync::Arc;
use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::{AttemptKey, Deadlines};
use domain::command::{AcceptPurchase, Offer, Purchase, RecordAnswer};
use domain::dispatch::{Delivery, DeliveryState, DispatchKey};
use domain::endpoint::{Endpoint, EndpointState};
use domain::event::{EventKind, EventKinds};
use domain::id::{ApiId, EndpointId, MerchantId, Mode, OrderId, ProductCode, RefId, RefKey};
use domain::lease::Role;
use domain::money::Rupiah;
use domain::order::Order;
use domain::product::{ProductKind, Route};
use domain::time::Timestamp;
use store::{MemoryStore, Store};

use super::house::{name, number};
use super::post::ToldPost;
use super::supplier::{MANNERS, ToldSupplier};
use super::told_store::ToldStore;
use crate::seams::{ManualClock, SeededRandom};
use crate::{
    AddMerchant, Context, EndpointTerms, NewMerchant, Parts, Policy, Suppliers, Vault, add_endpoint, add_merchant,
    list_endpoints,
};

/// More than any test needs until everything is quiet; whoever is never quiet is found by it.
const MOST_TURNS: u32 = 30_000_000;

/// Within so many turns everybody who can go on has had one: a task that was busy for long lets others go first for once.
const QUIET_TURNS: u32 = 8;

pub struct Mailroom {
    pub context: Context,
    pub clock: ManualClock,
    pub post: Arc<ToldPost>,
    pub store: Arc<ToldStore>,
    policy: Policy,
    /// Letters that couriers of earlier contexts had posted.
    posted_before: usize,
}

impl Mailroom {
    pub fn open() -> Self {
        Self::open_with(Policy::default())
    }

    pub fn open_with(policy: Policy) -> Self {
        let clock = ManualClock::at(Timestamp::parse_wib("2026-05-31 10:40:00").unwrap());
        let (post, store) = (Arc::<ToldPost>::default(), Arc::<ToldStore>::default());
        let context = open_context(&clock, &post, store.clone(), policy);
        Self { context, clock, post, store, policy, posted_before: 0 }
    }

    /// Ends this process, whatever is under way, and begins another one on the same store.
    pub async fn reopen(&mut self) {
        self.reopen_on(self.store.clone()).await;
    }

    /// Ends this process, and goes on with nothing: a file that it had open is free.
    pub async fn close(&mut self) {
        self.reopen_on(Arc::new(MemoryStore::default())).await;
    }

    /// Begins another process on this store.
    pub async fn reopen_on(&mut self, store: Arc<dyn Store>) {
        self.context.shut_down().await;
        self.posted_before = self.post.count();
        self.context = open_context(&self.clock, &self.post, store, self.policy);
        self.context.couriers.wake_all(&self.context);
    }

    pub async fn merchant(&self, api_id: &str) -> NewMerchant {
        let request = AddMerchant { api_id: ApiId::parse(api_id), ..AddMerchant::default() };
        add_merchant(&self.context, request).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// A merchant with one endpoint that wants everything.
    pub async fn merchant_at(&self, url: &str) -> (MerchantId, EndpointId) {
        let merchant_id = self.merchant(&format!("toko-{}", url.len())).await.merchant.merchant_id;
        (merchant_id, self.endpoint(merchant_id, url).await)
    }

    /// An endpoint that wants everything.
    pub async fn endpoint(&self, merchant_id: MerchantId, url: &str) -> EndpointId {
        let terms = EndpointTerms { kinds: Some(EventKinds::of(EventKind::ALL)), ..EndpointTerms::default() };
        self.endpoint_on(merchant_id, url, &terms).await
    }

    pub async fn endpoint_on(&self, merchant_id: MerchantId, url: &str, terms: &EndpointTerms) -> EndpointId {
        add_endpoint(&self.context, merchant_id, &url.into(), terms).await.unwrap().endpoint_id
    }

    /// A pending order, in testing so that it needs no money.
    pub async fn order(&self, merchant_id: MerchantId) -> Order {
        let now = self.context.time.now();
        let order_id = OrderId(self.context.ids.number(0, now));
        let offer = Offer {
            product_name: "Telkomsel 10.000".into(),
            price: Rupiah::whole(11_500),
            route: Route { supplier: name("a"), sku: "sku".into(), cost: Rupiah::whole(10_850) },
            supplier_ref: self.context.supplier_ref().unwrap(),
            number: number().normalised(true),
            duplicate_window: Duration::ZERO,
        };
        let command = AcceptPurchase {
            key: RefKey { merchant_id, mode: Mode::Testing, ref_id: RefId::parse(&format!("R-{order_id}")).unwrap() },
            order_id,
            kind: ProductKind::Prepaid,
            product_code: ProductCode::parse("TSEL10").unwrap(),
            customer_no: number(),
            offer: Ok(offer),
            max_price: None,
            allow_duplicate: true,
            deadlines: Deadlines { send_by: now, lost_at: now },
        };
        match self.context.engine.tell(command).await.unwrap() {
            Purchase::Accepted(order, _) => order,
            Purchase::Existing(_) => panic!("it is new"),
        }
    }

    /// Something is said of an order, and who is told is woken.
    pub async fn say(&self, order: &Order, answer: Answer) {
        let said = RecordAnswer {
            key: order.key.clone(),
            attempt: AttemptKey { merchant_id: order.key.merchant_id, order_id: order.order_id, number: 1 },
            claim: order.claim.clone(),
            answer,
            source: Source::Callback,
            words: None,
            pause: Duration::from_secs(2),
            next: None,
        };
        let recorded = self.context.engine.tell(said).await.unwrap();
        self.context.couriers.wake(&self.context, &recorded.told);
    }

    /// So many orders that succeed.
    pub async fn succeed(&self, merchant_id: MerchantId, count: usize) {
        for _ in 0..count {
            let order = self.order(merchant_id).await;
            self.say(&order, super::house::confirmed()).await;
        }
    }

    /// Ends when nothing goes on any more until the clock moves: all that was posted is recorded, and every courier sleeps.
    /// That happens on three threads, and nothing tells of it; so it is looked again and again.
    pub async fn settle(&self) {
        let mut quiet = 0;
        for _ in 0..MOST_TURNS {
            tokio::task::yield_now().await;
            let figures = self.context.couriers.figures();
            let recorded = usize::try_from(figures.delivered() + figures.failed()).unwrap();
            let is_all_recorded = recorded == self.post.count() - self.posted_before;
            let is_quiet = is_all_recorded && self.clock.asleep() == self.context.couriers.awake();
            quiet = if is_quiet { quiet + 1 } else { 0 };
            if quiet == QUIET_TURNS {
                return;
            }
        }
        let (awake, asleep) = (self.context.couriers.awake(), self.clock.asleep());
        panic!("never quiet: {awake} are awake, {asleep} sleep, {} letters are under way", self.post.all_under_way());
    }

    /// Lets time pass, and waits until everything is quiet.
    pub async fn pass(&self, time: Duration) {
        self.clock.advance(time);
        self.settle().await;
    }

    /// Lets time pass in steps, so that everything happens when it is due.
    pub async fn pass_slowly(&self, step: Duration, steps: u32) {
        for _ in 0..steps {
            self.pass(step).await;
        }
    }

    pub fn now(&self) -> Timestamp {
        self.context.time.now()
    }

    /// One of the endpoints as it is stored, which is how its couriers know it, too.
    pub async fn stored(&self, merchant_id: MerchantId, endpoint_id: EndpointId) -> Endpoint {
        let found = list_endpoints(&self.context, merchant_id).await.unwrap();
        let found = found.into_iter().find(|endpoint| endpoint.endpoint_id == endpoint_id).unwrap();
        assert_eq!(self.context.address_book.find(endpoint_id).unwrap().endpoint, found);
        found
    }

    pub async fn state(&self, merchant_id: MerchantId, endpoint_id: EndpointId) -> EndpointState {
        self.stored(merchant_id, endpoint_id).await.state
    }

    /// All deliveries to an endpoint, by event.
    pub async fn deliveries(&self, merchant_id: MerchantId, endpoint_id: EndpointId) -> Vec<Delivery> {
        let read = move |snapshot: &mut dyn store::Snapshot| {
            let mut found = Vec::new();
            for event in snapshot.events_after(merchant_id, 0, Timestamp::default(), u32::MAX)? {
                let dispatch = snapshot.dispatch(DispatchKey { merchant_id, order_id: event.order_id })?;
                let dispatch = dispatch.into_iter().flat_map(|dispatch| dispatch.deliveries);
                found.extend(dispatch.filter(|one| (one.endpoint_id, one.event) == (endpoint_id, event.number)));
            }
            Ok(found)
        };
        self.context.read(read).await.unwrap()
    }

    /// How many of an endpoint's deliveries are in this state.
    pub async fn count(&self, merchant_id: MerchantId, endpoint_id: EndpointId, state: DeliveryState) -> usize {
        self.deliveries(merchant_id, endpoint_id).await.iter().filter(|delivery| delivery.state == state).count()
    }
}

fn open_context(clock: &ManualClock, post: &Arc<ToldPost>, store: Arc<dyn Store>, policy: Policy) -> Context {
    // The vault's key and the numbers' salt are the first that it gives.
    let random = Arc::new(SeededRandom::new(7));
    let connect = Arc::new(|_, _| Err(outbound::AccountFault::NoAddress));
    let context = Context::open(Parts {
        store,
        suppliers: Suppliers::with_sandbox(Arc::new(ToldSupplier::with(MANNERS)), connect).unwrap(),
        post: post.clone(),
        vault: Vault::ephemeral(random.clone()).unwrap(),
        clock: Arc::new(clock.clone()),
        random,
        policy,
        role: Role::Server,
    });
    context.unwrap_or_else(|error| panic!("{error}"))
}
