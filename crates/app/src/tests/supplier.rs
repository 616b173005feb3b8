//! A supplier that says what it is told to, and remembers what it heard.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use domain::answer::Answer;
use domain::id::CustomerNo;
use domain::money::Rupiah;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use outbound::{
    BillQuestion, BillQuote, CallFault, CallbackFault, CallbackNews, CallbackRequest, Exchange, Heard, InquiryAnswer,
    Manners, Pace, PriceList, Supplier, Task, Unavailable,
};
use parking_lot::Mutex;
use tokio::sync::watch;

/// What it does when it is told or asked something.
pub enum Reply {
    /// It answers.
    Says(Answer),
    /// Its adapter panics.
    Panics,
}

pub struct ToldSupplier {
    pub manners: Manners,
    is_admitting: AtomicBool,
    sendings: Mutex<VecDeque<Reply>>,
    checks: Mutex<VecDeque<Reply>>,
    bills: Mutex<VecDeque<InquiryAnswer>>,
    sent: Mutex<Vec<Task>>,
    asked: Mutex<Vec<Task>>,
    list: Mutex<Result<PriceList, CallFault>>,
    lists_given: AtomicUsize,
    balance: Mutex<Rupiah>,
    balances_given: AtomicUsize,
    is_open: watch::Sender<bool>,
    arrived: watch::Sender<usize>,
}

/// Asks every two seconds.
pub const MANNERS: Manners = Manners {
    pace: Pace { first: Duration::from_secs(2), shortest: Duration::from_secs(2), longest: Duration::from_secs(2) },
    remembers_for: None,
    can_be_asked: true,
};

impl ToldSupplier {
    /// One that does everything and knows nothing when it is asked.
    pub fn with(manners: Manners) -> Self {
        Self {
            manners,
            is_admitting: AtomicBool::new(true),
            sendings: Mutex::default(),
            checks: Mutex::default(),
            bills: Mutex::default(),
            sent: Mutex::default(),
            asked: Mutex::default(),
            list: Mutex::new(Ok(PriceList::default())),
            lists_given: AtomicUsize::default(),
            balance: Mutex::default(),
            balances_given: AtomicUsize::default(),
            is_open: watch::Sender::new(true),
            arrived: watch::Sender::new(0),
        }
    }

    /// Its next answer to a sending.
    pub fn will_say(&self, answer: Answer) -> &Self {
        self.sendings.lock().push_back(Reply::Says(answer));
        self
    }

    /// Its adapter panics at the next sending.
    pub fn will_panic(&self) {
        self.sendings.lock().push_back(Reply::Panics);
    }

    /// Its next answer to a status check.
    pub fn will_know(&self, answer: Answer) -> &Self {
        self.checks.lock().push_back(Reply::Says(answer));
        self
    }

    /// Its adapter panics at the next status check.
    pub fn will_panic_when_asked(&self) {
        self.checks.lock().push_back(Reply::Panics);
    }

    /// Its next bill.
    pub fn will_quote(&self, quote: BillQuote) {
        self.bills.lock().push_back(InquiryAnswer::Found(quote));
    }

    /// What it says from now on that it sells.
    pub fn lists(&self, list: Result<PriceList, CallFault>) {
        *self.list.lock() = list;
    }

    /// What it says from now on that is left of our deposit.
    pub fn has(&self, balance: Rupiah) {
        *self.balance.lock() = balance;
    }

    /// How often it has given its list and the balance.
    pub fn account_calls(&self) -> (usize, usize) {
        (self.lists_given.load(Ordering::SeqCst), self.balances_given.load(Ordering::SeqCst))
    }

    /// Whether its adapter takes anything.
    pub fn set_admitting(&self, is_admitting: bool) {
        self.is_admitting.store(is_admitting, Ordering::SeqCst);
    }

    /// From now on nothing is answered.
    pub fn hold_back(&self) {
        self.is_open.send_replace(false);
    }

    /// Everything is answered, also what waited.
    pub fn let_go(&self) {
        self.is_open.send_replace(true);
    }

    /// Ends when so many sendings and status checks have come since the beginning.
    pub async fn arrivals(&self, count: usize) {
        self.arrived.subscribe().wait_for(|arrived| *arrived >= count).await.unwrap();
    }

    /// What was sent there.
    pub fn sent(&self) -> Vec<Task> {
        self.sent.lock().clone()
    }

    /// What it was asked about.
    pub fn asked(&self) -> Vec<Task> {
        self.asked.lock().clone()
    }

    async fn answer(&self, reply: Option<Reply>, otherwise: Answer) -> Heard<Answer> {
        self.arrived.send_modify(|arrived| *arrived += 1);
        self.is_open.subscribe().wait_for(|is_open| *is_open).await.unwrap();
        let meaning = match reply {
            Some(Reply::Says(answer)) => answer,
            Some(Reply::Panics) => panic!("the adapter has a bug"),
            None => otherwise,
        };
        let has_spoken = !matches!(meaning, Answer::NotReceived | Answer::Unknown { .. });
        let exchange = has_spoken.then(|| Exchange {
            call: "call",
            request: "{}".into(),
            status: Some(200),
            answer: format!("{meaning:?}").into(),
        });
        Heard { meaning, exchange }
    }
}

impl Supplier for ToldSupplier {
    fn manners(&self) -> Manners {
        self.manners
    }

    fn admit(&self, _: &str, _: &CustomerNo) -> Result<(), Unavailable> {
        if self.is_admitting.load(Ordering::SeqCst) { Ok(()) } else { Err(Unavailable) }
    }

    fn inquire<'a>(&'a self, _: &'a BillQuestion) -> BoxFuture<'a, Heard<InquiryAnswer>> {
        let answer = self.bills.lock().pop_front().unwrap_or(InquiryAnswer::NotFound);
        async move { Heard::unspoken(answer) }.boxed()
    }

    fn send<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        self.sent.lock().push(task.clone());
        let reply = self.sendings.lock().pop_front();
        let done = Answer::Confirmed { sn: Some("SN".into()), cost: None, desc: None, ask_again: false };
        self.answer(reply, done).boxed()
    }

    fn check<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        self.asked.lock().push(task.clone());
        let reply = self.checks.lock().pop_front();
        self.answer(reply, Answer::Unknown { why: "pending".into() }).boxed()
    }

    fn products(&self) -> BoxFuture<'_, Result<PriceList, CallFault>> {
        self.lists_given.fetch_add(1, Ordering::SeqCst);
        async { self.list.lock().clone() }.boxed()
    }

    fn balance(&self) -> BoxFuture<'_, Result<Rupiah, CallFault>> {
        self.balances_given.fetch_add(1, Ordering::SeqCst);
        async { Ok(*self.balance.lock()) }.boxed()
    }

    fn read_callback(&self, _: &CallbackRequest<'_>) -> Result<CallbackNews, CallbackFault> {
        Err(CallbackFault::NotExpected)
    }
}
