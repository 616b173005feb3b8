//! Several nodes on one store: they divide the work, hear of each other's changes, and take a dead one's place.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use domain::command::{AnnounceTest, PutProducts};
use domain::dispatch::DispatchKey;
use domain::endpoint::EndpointState;
use domain::event::{EventKind, EventKinds};
use domain::id::{ApiId, EndpointId, MerchantId, OrderId};
use domain::lease::{Role, Work};
use domain::product::ProductKind;
use domain::supplier::{SupplierKind, SupplierState};
use domain::time::Timestamp;
use futures_util::FutureExt;
use zeroize::Zeroizing;

use super::house::{name, product};
use super::post::ToldPost;
use super::supplier::{MANNERS, ToldSupplier};
use super::told_store::ToldStore;
use crate::endpoints::reopen_endpoint;
use crate::seams::{ManualClock, SeededRandom};
use crate::{
    AddMerchant, Context, EndpointTerms, NewSupplier, Parts, Policy, PutSupplier, SupplierChange, Suppliers, Vault,
    add_endpoint, add_merchant, change_endpoint, put_products, put_supplier, remove_endpoint, rotate_keys,
    send_test_event, start_workers,
};

/// What runs on a node beside its couriers, and sleeps most of the time.
const WORKERS: usize = 6;
/// Within so many turns everybody who can go on has had one.
const QUIET_TURNS: u32 = 8;
const MOST_TURNS: u32 = 30_000_000;
/// Shorter than anything sleeps.
const STEP: Duration = Duration::from_millis(250);

/// A running server.
struct Node {
    context: Context,
    clock: ManualClock,
    post: Arc<ToldPost>,
}

impl Node {
    /// Begins one on this store. `seed` is its own.
    fn begin(store: &Arc<ToldStore>, seed: u64) -> Self {
        let clock = ManualClock::at(Timestamp::parse_wib("2026-05-31 10:40:00").unwrap());
        let post = Arc::<ToldPost>::default();
        let connect = Arc::new(|_, _| {
            let adapter: Arc<dyn outbound::Supplier> = Arc::new(ToldSupplier::with(MANNERS));
            Ok(adapter)
        });
        let context = Context::open(Parts {
            store: store.clone(),
            suppliers: Suppliers::with_sandbox(Arc::new(ToldSupplier::with(MANNERS)), connect).unwrap(),
            post: post.clone(),
            // All nodes have one key.
            vault: Vault::ephemeral(Arc::new(SeededRandom::new(7))).unwrap(),
            clock: Arc::new(clock.clone()),
            random: Arc::new(SeededRandom::new(seed)),
            policy: Policy { sync_every: None, ..Policy::default() },
            role: Role::Server,
        });
        let context = context.unwrap_or_else(|error| panic!("{error}"));
        start_workers(&context);
        Self { context, clock, post }
    }

    /// Ends when nothing goes on here until the clock moves.
    async fn settle(&self) {
        let mut quiet = 0;
        for _ in 0..MOST_TURNS {
            tokio::task::yield_now().await;
            let is_quiet = self.clock.asleep() == WORKERS + self.context.couriers.awake();
            quiet = if is_quiet { quiet + 1 } else { 0 };
            if quiet == QUIET_TURNS {
                return;
            }
        }
        panic!("never quiet: {} sleep, {} couriers are awake", self.clock.asleep(), self.context.couriers.awake());
    }

    /// What it may count on now.
    fn works(&self) -> Vec<Work> {
        let now = self.context.time.monotonic();
        Work::divisible().filter(|work| self.context.membership.holds(*work, now)).collect()
    }

    /// It is killed: whatever it held stays written down as its own.
    async fn die(self) {
        self.context.tasks.stop();
        self.context.tasks.finished().await;
    }

    async fn merchant(&self, api_id: &str) -> MerchantId {
        let request = AddMerchant { api_id: ApiId::parse(api_id), ..AddMerchant::default() };
        add_merchant(&self.context, request).await.unwrap_or_else(|error| panic!("{error}")).merchant.merchant_id
    }

    /// Something happens of which an endpoint is told.
    async fn announce(&self, merchant_id: MerchantId, endpoint_id: EndpointId) {
        let key = DispatchKey { merchant_id, order_id: OrderId(self.context.number().unwrap()) };
        let command =
            AnnounceTest { key, endpoint_id, kind: EventKind::Success, body: b"{\"event\":\"success\"}"[..].into() };
        self.context.engine.tell(command).await.unwrap();
        self.context.couriers.wake(&self.context, &[endpoint_id]);
    }

    async fn endpoint(&self, merchant_id: MerchantId, url: &str) -> EndpointId {
        let terms = EndpointTerms { kinds: Some(EventKinds::of(EventKind::ALL)), ..EndpointTerms::default() };
        add_endpoint(&self.context, merchant_id, &url.into(), &terms).await.unwrap().endpoint_id
    }
}

/// Lets time pass at all of these nodes, in steps.
async fn pass(nodes: &[&Node], time: Duration) {
    let mut passed = Duration::ZERO;
    while passed < time {
        for node in nodes {
            node.clock.advance(STEP);
            node.settle().await;
        }
        passed += STEP;
    }
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Who does what: each work once, or the test ends here.
fn shared_out(nodes: &[&Node]) -> BTreeMap<Work, usize> {
    let mut all = BTreeMap::new();
    for (place, node) in nodes.iter().enumerate() {
        for work in node.works() {
            assert_eq!(all.insert(work, place), None, "{work:?} is done twice");
        }
    }
    all
}

#[tokio::test]
async fn work_is_divided_and_no_number_is_given_twice() {
    let store = Arc::new(ToldStore::shared());
    let (one, two) = (Node::begin(&store, 1), Node::begin(&store, 2));
    pass(&[&one, &two], seconds(10)).await;
    let all = shared_out(&[&one, &two]);
    assert_eq!(all.len(), Work::divisible().count());
    for place in [0, 1] {
        let shares = all.iter().filter(|(work, of)| matches!(work, Work::Webhooks(_)) && **of == place).count();
        assert_eq!(shares, usize::from(Work::SHARES) / 2);
    }
    let mut given = HashSet::new();
    for _ in 0..1_000 {
        assert!(given.insert(one.context.number().unwrap()));
        assert!(given.insert(two.context.number().unwrap()));
    }
    one.context.shut_down().await;
    pass(&[&two], seconds(3)).await;
    assert_eq!(two.works().len(), Work::divisible().count(), "what was given back is taken at the next beat");
}

#[tokio::test]
async fn what_one_node_changes_holds_at_the_others_within_a_second() {
    let store = Arc::new(ToldStore::shared());
    let (here, there) = (Node::begin(&store, 1), Node::begin(&store, 2));
    pass(&[&here, &there], seconds(3)).await;
    let merchant_id = here.merchant("toko").await;
    let endpoint_id = here.endpoint(merchant_id, "https://toko.example").await;
    let kept = here.endpoint(merchant_id, "https://kept.example").await;
    put_products(&here.context, vec![product("TSEL20", ProductKind::Prepaid, vec![])]).await.unwrap();
    let new = NewSupplier { kind: SupplierKind::Iak, user: "u".into(), key: Zeroizing::new("k".to_owned()) };
    put_supplier(&here.context, PutSupplier { name: name("a"), new: Some(new), changes: vec![] }).await.unwrap();
    pass(&[&here, &there], seconds(1)).await;

    let known = there.context.directory.numbered(merchant_id).unwrap();
    assert_eq!(known.sealed_keys(), here.context.directory.numbered(merchant_id).unwrap().sealed_keys());
    assert_eq!(there.context.catalogue.all().len(), 1);
    assert!(there.context.suppliers.find(&name("a")).is_some());
    assert_eq!(there.context.address_book.numbers().len(), 2);

    rotate_keys(&there.context, merchant_id, seconds(60)).await.unwrap_or_else(|error| panic!("{error}"));
    remove_endpoint(&there.context, merchant_id, endpoint_id).await.unwrap();
    let off = EndpointTerms { is_on: Some(false), ..EndpointTerms::default() };
    change_endpoint(&there.context, merchant_id, kept, &off).await.unwrap();
    pass(&[&here, &there], seconds(1)).await;
    let rotated = here.context.directory.numbered(merchant_id).unwrap().sealed_keys();
    assert_eq!(rotated, there.context.directory.numbered(merchant_id).unwrap().sealed_keys());
    assert_ne!(rotated, known.sealed_keys());
    assert!(here.context.address_book.find(endpoint_id).is_none());
    assert_eq!(here.context.address_book.find(kept).unwrap().endpoint.state, EndpointState::Off);
}

#[tokio::test]
async fn an_event_is_carried_once_by_whoever_has_its_endpoint() {
    let store = Arc::new(ToldStore::shared());
    let (here, there) = (Node::begin(&store, 1), Node::begin(&store, 2));
    pass(&[&here, &there], seconds(10)).await;
    let mut endpoints = Vec::new();
    for number in 0..12 {
        let merchant_id = here.merchant(&format!("toko-{number}")).await;
        endpoints.push((merchant_id, here.endpoint(merchant_id, &format!("https://{number}.example")).await));
        pass(&[&here, &there], STEP).await;
    }
    pass(&[&here, &there], seconds(1)).await;
    for (merchant_id, endpoint_id) in &endpoints {
        // Committed here, whoever is to carry it.
        here.announce(*merchant_id, *endpoint_id).await;
    }
    pass(&[&here, &there], seconds(1)).await;
    let (carried, theirs) = (here.post.count(), there.post.count());
    assert_eq!(carried + theirs, endpoints.len());
    let ours = endpoints.iter().filter(|(_, one)| here.context.couriers.is_ours(&here.context, *one)).count();
    assert_eq!(carried, ours);
    assert!(ours > 0 && ours < endpoints.len(), "{ours}: no test of this");

    // What a person wants goes from the node that he asks.
    for (merchant_id, endpoint_id) in &endpoints {
        send_test_event(&here.context, *merchant_id, *endpoint_id, EventKind::Success).await.unwrap();
    }
    pass(&[&here, &there], STEP).await;
    assert_eq!(here.post.count(), carried + endpoints.len());
    pass(&[&here, &there], seconds(1)).await;
    assert_eq!(there.post.count(), theirs);
}

#[tokio::test]
async fn a_dead_nodes_work_is_taken_over() {
    let store = Arc::new(ToldStore::shared());
    let (dies, stays) = (Node::begin(&store, 1), Node::begin(&store, 2));
    pass(&[&dies, &stays], seconds(10)).await;
    let merchant_id = stays.merchant("toko").await;
    let mut its = Vec::new();
    for number in 0..8 {
        let endpoint_id = stays.endpoint(merchant_id, &format!("https://{number}.example")).await;
        pass(&[&dies, &stays], STEP).await;
        its.extend((!stays.context.couriers.is_ours(&stays.context, endpoint_id)).then_some(endpoint_id));
    }
    assert!(!its.is_empty());
    let before = stays.works().len();
    dies.die().await;
    for endpoint_id in &its {
        stays.announce(merchant_id, *endpoint_id).await;
    }
    pass(&[&stays], seconds(9)).await;
    assert_eq!((stays.works().len(), stays.post.count()), (before, 0), "it may still live");
    pass(&[&stays], seconds(8)).await;
    assert_eq!(stays.works().len(), Work::divisible().count());
    assert_eq!(stays.post.count(), its.len());
}

#[tokio::test]
async fn a_node_that_stood_still_takes_nothing_on_until_it_has_its_place_again() {
    let store = Arc::new(ToldStore::shared());
    let (stops, runs) = (Node::begin(&store, 1), Node::begin(&store, 2));
    pass(&[&stops, &runs], seconds(10)).await;
    let before: HashSet<i64> = (0..100).map(|_| stops.context.number().unwrap()).collect();
    pass(&[&runs], seconds(60)).await;
    assert_eq!(runs.works().len(), Work::divisible().count());
    stops.clock.advance(seconds(60));
    assert!(stops.context.number().is_err());
    assert_eq!(stops.works(), []);
    stops.settle().await;
    assert!(!before.contains(&stops.context.number().unwrap()));
    pass(&[&stops, &runs], seconds(6)).await;
    let all = shared_out(&[&stops, &runs]);
    assert_eq!(all.len(), Work::divisible().count());
    assert!(all.values().any(|place| *place == 0), "it has its share again");
}

#[tokio::test]
async fn a_node_without_its_database_stops_what_it_holds() {
    let store = Arc::new(ToldStore::shared());
    let node = Node::begin(&store, 1);
    pass(&[&node], seconds(5)).await;
    assert_eq!(node.works().len(), Work::divisible().count());
    let began = node.context.membership.since(Work::Statuses, node.context.time.monotonic());
    // It can renew what it holds as long as it can write.
    store.set_unreadable(true);
    pass(&[&node], seconds(20)).await;
    assert_eq!(node.works().len(), Work::divisible().count());
    store.set_full(true);
    pass(&[&node], seconds(11)).await;
    assert_eq!(node.works(), []);
    assert!(node.context.number().is_err() && node.context.health().is_err());
    store.set_unreadable(false);
    store.set_full(false);
    pass(&[&node], seconds(3)).await;
    assert_eq!(node.works().len(), Work::divisible().count());
    node.context.number().unwrap();
    let again = node.context.membership.since(Work::Statuses, node.context.time.monotonic());
    assert!(again > began, "somebody else may have done it meanwhile");
}

#[tokio::test]
async fn that_an_endpoint_works_again_is_heard_by_whoever_carries_there() {
    let store = Arc::new(ToldStore::shared());
    let (one, two) = (Node::begin(&store, 1), Node::begin(&store, 2));
    pass(&[&one, &two], seconds(10)).await;
    let merchant_id = one.merchant("toko").await;
    let endpoint_id = one.endpoint(merchant_id, "https://toko.example").await;
    pass(&[&one, &two], seconds(1)).await;
    let is_ones = one.context.couriers.is_ours(&one.context, endpoint_id);
    let (holder, other) = if is_ones { (&one, &two) } else { (&two, &one) };
    holder.post.says("https://toko.example", 500);
    for _ in 0..8 {
        holder.announce(merchant_id, endpoint_id).await;
        pass(&[&one, &two], STEP).await;
    }
    // Five failures: it is left alone.
    pass(&[&one, &two], seconds(2)).await;
    let tried = holder.post.count();
    pass(&[&one, &two], seconds(5)).await;
    assert_eq!(holder.post.count(), tried, "no test of this");
    holder.post.says("https://toko.example", 200);
    reopen_endpoint(&other.context, merchant_id, endpoint_id).await.unwrap();
    pass(&[&one, &two], seconds(2)).await;
    assert_eq!(holder.post.count(), tried + 8, "all of it goes now");
}

#[tokio::test]
async fn a_write_that_is_not_answered_shows_before_it_fails() {
    let store = Arc::new(ToldStore::shared());
    let node = Node::begin(&store, 1);
    pass(&[&node], seconds(3)).await;
    let held = store.hold_writes();
    let mut waits = std::pin::pin!(node.context.engine.tell(PutProducts { products: Vec::new() }));
    assert!(waits.as_mut().now_or_never().is_none());
    while node.context.engine.waiting() > 0 {
        tokio::task::yield_now().await;
    }
    node.clock.advance(seconds(4));
    node.context.health().unwrap();
    let why = loop {
        node.clock.advance(seconds(1));
        if let Err(why) = node.context.health() {
            break why;
        }
        tokio::task::yield_now().await;
    };
    assert!(why.contains("has not answered"), "{why}");
    drop(held);
    waits.await.unwrap();
    pass(&[&node], seconds(3)).await;
    node.context.health().unwrap();
}

#[tokio::test]
async fn of_two_nodes_that_change_a_supplier_neither_undoes_the_other() {
    let store = Arc::new(ToldStore::shared());
    let (here, there) = (Node::begin(&store, 1), Node::begin(&store, 2));
    pass(&[&here, &there], seconds(3)).await;
    let new = NewSupplier { kind: SupplierKind::Iak, user: "u".into(), key: Zeroizing::new("k".to_owned()) };
    put_supplier(&here.context, PutSupplier { name: name("a"), new: Some(new), changes: vec![] }).await.unwrap();
    pass(&[&here, &there], seconds(1)).await;
    let change = |change| PutSupplier { name: name("a"), new: None, changes: vec![change] };
    put_supplier(&here.context, change(SupplierChange::State(SupplierState::Off))).await.unwrap();
    let after = put_supplier(&there.context, change(SupplierChange::MaxInFlight(7))).await.unwrap();
    assert_eq!((after.state, after.max_in_flight), (SupplierState::Off, 7));
}

#[tokio::test]
async fn who_ends_gives_its_work_back_before_it_has_finished() {
    let store = Arc::new(ToldStore::shared());
    let (ends, stays) = (Node::begin(&store, 1), Node::begin(&store, 2));
    pass(&[&ends, &stays], seconds(10)).await;
    // A request that takes its time.
    let (release, released) = tokio::sync::oneshot::channel::<()>();
    ends.context.tasks.spawn(async move { drop(released.await) });
    let mut ending = std::pin::pin!(ends.context.shut_down());
    while !ends.works().is_empty() {
        assert!(ending.as_mut().now_or_never().is_none(), "the request isn't over");
        tokio::task::yield_now().await;
    }
    for _ in 0..1_000 {
        assert!(ending.as_mut().now_or_never().is_none(), "the request isn't over");
        tokio::task::yield_now().await;
    }
    pass(&[&stays], seconds(8)).await;
    assert_eq!(stays.works().len(), Work::divisible().count(), "long before it would count as dead");
    ends.context.number().unwrap();
    release.send(()).unwrap();
    ending.await;
    assert!(ends.context.number().is_err());
}
