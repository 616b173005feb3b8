//! One endpoint's courier: takes what is due, a few at a time, and records what comes of it.

use std::collections::{HashSet, VecDeque};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use domain::command::{DeliveryRecorded, RecordDelivery, TryOutcome};
use domain::dispatch::{DispatchKey, Jitter};
use domain::endpoint::EndpointState;
use domain::id::{EndpointId, MerchantId, OrderId};
use domain::refusal::Refusal;
use domain::time::Timestamp;
use futures_util::future::{self, BoxFuture, Either};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use store::DueDelivery;

use crate::address_book::Address;
use crate::allowance::Allowance;
use crate::context::Context;
use crate::couriers::bell::Bell;
use crate::couriers::patience::Patience;
use crate::couriers::{Posted, letter};
use crate::engine::AskError;
use crate::error::CallError;

/// How many deliveries are read at once, for each that may be under way: all that is read is held in memory, and there are many couriers.
const PAGE_PER_PLACE: usize = 2;
/// How long to wait when the store can't be read or written.
const PAUSE_AFTER_TROUBLE: Duration = Duration::from_secs(1);
/// After every moment at which anything can be due: when an endpoint has come back, what waits goes before its time.
const AFTER_ALL_TIMES: Timestamp = Timestamp::from_micros(i64::MAX);

/// How many bytes of an endpoint's answers are kept an hour; after that of each only the beginning.
const MOST_ANSWERS: usize = 16 * 1024 * 1024;
/// How much that is.
const SHORT_ANSWER: usize = 512;

/// Which delivery: of which order, which event.
type Which = (OrderId, i64);

/// Works until nothing waits for the endpoint any more. One that panics is followed by another.
pub async fn run(context: Context, endpoint_id: EndpointId, bell: Arc<Bell>) {
    loop {
        let mut courier = Courier::new(context.clone(), endpoint_id, Arc::clone(&bell));
        let work = async { while courier.step().await {} };
        if AssertUnwindSafe(work).catch_unwind().await.is_ok() {
            return;
        }
        tracing::error!(%endpoint_id, "a courier panicked");
        context.time.sleep(PAUSE_AFTER_TROUBLE).await;
    }
}

struct Courier {
    context: Context,
    endpoint_id: EndpointId,
    bell: Arc<Bell>,
    patience: Patience,
    /// Orders of which a person waits for what is told: they go before all else, whatever is known of the endpoint.
    wanted: VecDeque<OrderId>,
    /// What was read and not begun yet.
    queue: VecDeque<DueDelivery>,
    under_way: FuturesUnordered<BoxFuture<'static, (Which, Option<Tried>)>>,
    /// What is in the queue or under way: it stays due in the store meanwhile.
    taken: HashSet<Which>,
    /// There may be more in the store than is in the queue.
    is_behind: bool,
    /// When something is due next, as far as that was read.
    next_at: Option<Timestamp>,
    /// The endpoint came back then: what was last tried before that needn't wait for its time.
    back_since: Option<Timestamp>,
    /// Monotonic: before that the endpoint's own rate allows nothing.
    not_before: Duration,
    answers: Arc<Allowance>,
}

/// What came of a try.
struct Tried {
    has_arrived: bool,
    recorded: Option<DeliveryRecorded>,
}

impl Courier {
    fn new(context: Context, endpoint_id: EndpointId, bell: Arc<Bell>) -> Self {
        Self {
            context,
            endpoint_id,
            bell,
            patience: Patience::default(),
            wanted: VecDeque::new(),
            queue: VecDeque::new(),
            under_way: FuturesUnordered::new(),
            taken: HashSet::new(),
            is_behind: true,
            next_at: None,
            back_since: None,
            not_before: Duration::ZERO,
            answers: Arc::new(Allowance::an_hour(MOST_ANSWERS)),
        }
    }

    /// Begins what may be begun, then waits for something to happen. `false`: nothing waits any more.
    async fn step(&mut self) -> bool {
        self.is_behind |= self.bell.take();
        if self.bell.take_anew() {
            self.patience = Patience::default();
            self.back_since = Some(self.context.time.now());
            self.is_behind = true;
        }
        self.wanted.extend(self.bell.take_wanted());
        if !self.context.couriers.is_ours(&self.context, self.endpoint_id) {
            // Another node carries what waits there; only what a person wants of this one goes from here.
            self.forget_queue();
            (self.is_behind, self.next_at, self.back_since) = (false, None, None);
        }
        let pause = if let Some(address) = address(&self.context, self.endpoint_id) {
            self.begin(&address).await
        } else {
            self.wanted.clear();
            self.forget_queue();
            None
        };
        if self.under_way.is_empty() && pause.is_none() {
            // Otherwise it rang meanwhile, and has said so: there is something to do at once.
            self.is_behind = true;
            return !self.context.couriers.may_leave(self.endpoint_id, &self.bell);
        }
        self.wait(pause).await;
        true
    }

    /// Begins as many as may be under way; gives how long to wait at most, if there is anything to wait for but their ends.
    async fn begin(&mut self, address: &Address) -> Option<Duration> {
        let most = address.endpoint.max_in_flight;
        let places = self.patience.places(most);
        // What a person waits for is a try of its own: it holds no place that patience gives.
        while self.under_way.len() < if self.wanted.is_empty() { places } else { Patience::most_places(most) } {
            let now = self.context.time.monotonic();
            let pause = self.patience.pause(now).filter(|_| self.wanted.is_empty());
            if let Some(pause) = pause {
                self.forget_queue();
                return Some(pause);
            }
            // What came of it couldn't be written, so that it would be sent again and again until it can.
            if self.context.engine.health().is_err() {
                self.forget_queue();
                return Some(PAUSE_AFTER_TROUBLE);
            }
            if let Some(pause) = self.not_before.checked_sub(now).filter(|pause| !pause.is_zero()) {
                return Some(pause);
            }
            let is_wanted = !self.wanted.is_empty();
            let due = if let Some(order_id) = self.wanted.front().copied() {
                let Ok(found) = self.look_up(address.merchant_id, order_id).await else {
                    return Some(PAUSE_AFTER_TROUBLE);
                };
                self.wanted.pop_front();
                let Some(due) = found else { continue };
                due
            } else {
                if self.queue.is_empty() && self.is_behind && !self.read(places).await {
                    return Some(PAUSE_AFTER_TROUBLE);
                }
                let Some(due) = self.queue.pop_front() else {
                    return self.next_at.map(|at| at.since(self.context.time.now()));
                };
                due
            };
            if let Some(rate) = address.endpoint.rate_per_second {
                self.not_before = now.saturating_add(Duration::from_secs(1) / rate.max(1));
            }
            let (context, endpoint_id) = (self.context.clone(), self.endpoint_id);
            let answers = Arc::clone(&self.answers);
            self.under_way.push(async move { carry(&context, endpoint_id, &answers, due, is_wanted).await }.boxed());
        }
        None
    }

    /// What is first in line of an order's events here, unless it is under way already, or there is none.
    async fn look_up(&mut self, merchant_id: MerchantId, order_id: OrderId) -> Result<Option<DueDelivery>, CallError> {
        // It may stand in the queue.
        self.forget_queue();
        let (endpoint_id, key) = (self.endpoint_id, DispatchKey { merchant_id, order_id });
        let question = move |snapshot: &mut dyn store::Snapshot| {
            let dispatch = snapshot.dispatch(key)?;
            let mut deliveries = dispatch.into_iter().flat_map(|dispatch| dispatch.deliveries);
            let first = deliveries.find(|one| one.endpoint_id == endpoint_id && one.next_at.is_some());
            let Some(delivery) = first else { return Ok(None) };
            let event = snapshot.event(merchant_id, delivery.event)?;
            Ok(event.map(|event| DueDelivery { key, delivery, event }))
        };
        let found = self.context.read(question).await.inspect_err(|error| {
            tracing::error!(%endpoint_id, %error, "what a person sends can't be read");
        })?;
        Ok(found.filter(|due| self.taken.insert(which(due))))
    }

    /// Reads the next page. `false` if that was not possible.
    async fn read(&mut self, places: usize) -> bool {
        let (endpoint_id, now) = (self.endpoint_id, self.context.time.now());
        let until = if self.back_since.is_some() { AFTER_ALL_TIMES } else { now };
        let limit = places.saturating_mul(PAGE_PER_PLACE).saturating_add(self.taken.len());
        let page = u32::try_from(limit).unwrap_or(u32::MAX);
        let read = {
            let _turn = self.context.couriers.reading.acquire().await;
            let question = move |snapshot: &mut dyn store::Snapshot| {
                let due = snapshot.due_deliveries(endpoint_id, until, page)?;
                Ok((due, snapshot.next_delivery_after(endpoint_id, now)?))
            };
            self.context.read(question).await
        };
        let (due, next_at) = match read {
            Ok(read) => read,
            Err(error) => {
                tracing::error!(%endpoint_id, %error, "what is to be delivered can't be read");
                return false;
            }
        };
        let is_whole = due.len() < limit;
        for due in due {
            let needs_no_wait = self.back_since.is_some_and(|since| due.delivery.updated_at < since);
            let is_due = due.delivery.next_at.is_some_and(|at| at <= now) || needs_no_wait;
            if is_due && self.taken.insert(which(&due)) {
                self.queue.push_back(due);
            }
        }
        // What failed since the endpoint came back waits for its time again.
        if self.queue.is_empty() {
            self.back_since = None;
        }
        self.is_behind = !is_whole && !self.queue.is_empty();
        self.next_at = next_at;
        true
    }

    /// What was read would be stale when it is sent at last; it is read again then.
    fn forget_queue(&mut self) {
        for due in self.queue.drain(..) {
            self.taken.remove(&which(&due));
            self.is_behind = true;
        }
    }

    /// Ends when a try ends, the bell rings, or `pause` is over.
    async fn wait(&mut self, pause: Option<Duration>) {
        let (time, bell) = (self.context.time.clone(), Arc::clone(&self.bell));
        let called = async {
            match pause {
                Some(pause) => drop(future::select(std::pin::pin!(bell.heard()), time.sleep(pause)).await),
                None => bell.heard().await,
            }
        };
        if self.under_way.is_empty() {
            called.await;
            self.is_behind = true;
            return;
        }
        match future::select(self.under_way.next(), std::pin::pin!(called)).await {
            Either::Left((Some((which, tried)), _)) => self.note(which, tried),
            Either::Left((None, _)) => {}
            Either::Right(((), _)) => self.is_behind = true,
        }
    }

    fn note(&mut self, which: Which, tried: Option<Tried>) {
        self.taken.remove(&which);
        let Some(tried) = tried else {
            self.is_behind = true;
            return;
        };
        self.context.couriers.figures.count_try(tried.has_arrived);
        if tried.has_arrived {
            if self.patience.note_success() {
                self.back_since = Some(self.context.time.now());
                self.is_behind = true;
            }
        } else {
            self.patience.note_failure(self.context.time.monotonic(), jitter(&self.context));
        }
        // Its successor is due now, or it is due again itself.
        self.is_behind |=
            tried.recorded.as_ref().is_none_or(|recorded| recorded.is_followed || recorded.delivery.next_at.is_some());
        if let Some(recorded) = tried.recorded {
            self.note_endpoint(&recorded);
        }
    }

    /// What a try changed about the endpoint itself.
    fn note_endpoint(&self, recorded: &DeliveryRecorded) {
        let Some(endpoint) = &recorded.endpoint else { return };
        let Some(address) = self.context.address_book.find(self.endpoint_id) else { return };
        if recorded.has_disabled {
            self.context.couriers.figures.count_disabled();
            tracing::warn!(
                merchant_id = %address.merchant_id, endpoint_id = %self.endpoint_id, url = %endpoint.url, state = ?endpoint.state,
                "a merchant's endpoint was disabled; what it missed waits for it"
            );
            self.context.couriers.wake(&self.context, &recorded.told);
        }
        if address.endpoint != *endpoint
            && let Err(error) = self.context.address_book.put_one(&self.context.vault, address.merchant_id, endpoint)
        {
            tracing::error!(endpoint_id = %self.endpoint_id, %error, "an endpoint's secret can't be read");
        }
    }
}

fn which(due: &DueDelivery) -> Which {
    (due.key.order_id, due.delivery.event)
}

/// The endpoint as it is now, if anything may be delivered there.
fn address(context: &Context, endpoint_id: EndpointId) -> Option<Arc<Address>> {
    context.address_book.find(endpoint_id).filter(|address| address.endpoint.state == EndpointState::On)
}

/// Carries one event, and records what came of it. `None`: it may not go there any more, or not from here, unless a person wants it.
async fn carry(
    context: &Context,
    endpoint_id: EndpointId,
    answers: &Allowance,
    due: DueDelivery,
    is_wanted: bool,
) -> (Which, Option<Tried>) {
    let which = which(&due);
    let _place = context.couriers.sending.acquire().await;
    // Only now: its owner may have changed it while it waited for its turn, or another node taken it over.
    if !is_wanted && !context.couriers.is_ours(context, endpoint_id) {
        return (which, None);
    }
    let Some(address) = address(context, endpoint_id) else { return (which, None) };
    // Another node has just added it, or this one has lost its place: that passes.
    let (Some(merchant), Ok(number)) = (context.directory.numbered(address.merchant_id), context.number()) else {
        context.time.sleep(PAUSE_AFTER_TROUBLE).await;
        return (which, None);
    };
    let (began_at, began) = (context.time.now(), context.time.monotonic());
    let posting = async { context.post.post(letter::write(&due.event, &address, &merchant, began_at)).await };
    // A panic is a try that failed, since whatever caused it may be there the next time too.
    let mut posted = AssertUnwindSafe(posting).catch_unwind().await.unwrap_or_else(|_panic| {
        tracing::error!(order_id = %due.key.order_id, %endpoint_id, "a delivery panicked");
        Posted { fault: Some("the delivery panicked".into()), ..Posted::default() }
    });
    if posted.is_our_fault {
        tracing::error!(%endpoint_id, fault = ?posted.fault, "this machine can't send webhooks");
        return (which, Some(Tried { has_arrived: false, recorded: None }));
    }
    if !answers.take(posted.answer.len(), context.time.monotonic()) {
        posted.answer.truncate(SHORT_ANSWER);
    }
    let outcome = outcome_of(&posted);
    let has_arrived = outcome == TryOutcome::Acknowledged;
    let command = RecordDelivery {
        key: due.key,
        endpoint_id,
        event: due.delivery.event,
        tries_before: due.delivery.tries,
        outcome,
        began_at,
        took: context.time.monotonic().saturating_sub(began),
        status: posted.status,
        answer: Arc::from(&posted.answer[..]),
        fault: posted.fault.map(Into::into),
        jitter: jitter(context),
        notice: OrderId(number),
    };
    let recorded = match context.engine.tell(command).await {
        Ok(recorded) => Some(recorded),
        // It is read again.
        Err(AskError::Refused(refusal @ (Refusal::DeliveryNotFound | Refusal::DeliveryTried))) => {
            tracing::info!(order_id = %due.key.order_id, %refusal, "a delivery was not recorded");
            None
        }
        // It stays due, and is tried again: the receiver knows it by its id.
        Err(error) => {
            tracing::warn!(order_id = %due.key.order_id, %error, "a delivery could not be recorded");
            context.time.sleep(PAUSE_AFTER_TROUBLE).await;
            None
        }
    };
    (which, Some(Tried { has_arrived, recorded }))
}

/// By how much the next pause differs from what is written.
fn jitter(context: &Context) -> Jitter {
    Jitter::from_random(context.ids.random()).at_pace(context.policy.webhook_pace_percent)
}

/// Any 2xx acknowledges; 410 ends it. Section 10 of the contract.
fn outcome_of(posted: &Posted) -> TryOutcome {
    match posted.status {
        Some(200..=299) => TryOutcome::Acknowledged,
        Some(410) => TryOutcome::Gone,
        Some(_) | None => TryOutcome::Failed { wish: posted.retry_after },
    }
}
