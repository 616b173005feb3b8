//! The sandbox, watched: it counts what it is asked, and answers only when the test lets it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::answer::Answer;
use domain::id::CustomerNo;
use domain::money::Rupiah;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use outbound::{
    BillQuestion, CallFault, CallbackFault, CallbackNews, CallbackRequest, Heard, InquiryAnswer, Manners, PriceList,
    Sandbox, Supplier, Task, Unavailable,
};
use tokio::sync::watch;

/// A sandbox with a door that the test opens and shuts. Every question and task is counted when it comes to the door.
pub struct WatchedSandbox {
    sandbox: Arc<Sandbox>,
    is_open: watch::Sender<bool>,
    arrived: watch::Sender<usize>,
    questions: AtomicUsize,
    sendings: AtomicUsize,
}

impl WatchedSandbox {
    /// With its door open.
    pub fn new(sandbox: Sandbox) -> Self {
        Self {
            sandbox: Arc::new(sandbox),
            is_open: watch::Sender::new(true),
            arrived: watch::Sender::new(0),
            questions: AtomicUsize::new(0),
            sendings: AtomicUsize::new(0),
        }
    }

    /// From now on nothing is answered.
    pub fn hold_back(&self) {
        self.is_open.send_replace(false);
    }

    /// Everything is answered, also what waited.
    pub fn let_go(&self) {
        self.is_open.send_replace(true);
    }

    /// Ends when so many questions and tasks have come to the door since the beginning.
    pub async fn arrivals(&self, count: usize) {
        self.arrived.subscribe().wait_for(|arrived| *arrived >= count).await.unwrap();
    }

    /// How many bills it was asked about.
    pub fn questions(&self) -> usize {
        self.questions.load(Ordering::SeqCst)
    }

    /// How often it was told to pay something.
    pub fn sendings(&self) -> usize {
        self.sendings.load(Ordering::SeqCst)
    }

    async fn pass_the_door(&self) {
        self.arrived.send_modify(|arrived| *arrived += 1);
        self.is_open.subscribe().wait_for(|is_open| *is_open).await.unwrap();
    }
}

impl Supplier for WatchedSandbox {
    fn manners(&self) -> Manners {
        self.sandbox.manners()
    }

    fn products(&self) -> BoxFuture<'_, Result<PriceList, CallFault>> {
        self.sandbox.products()
    }

    fn balance(&self) -> BoxFuture<'_, Result<Rupiah, CallFault>> {
        self.sandbox.balance()
    }

    fn read_callback(&self, request: &CallbackRequest<'_>) -> Result<CallbackNews, CallbackFault> {
        self.sandbox.read_callback(request)
    }

    fn admit(&self, sku: &str, customer_no: &CustomerNo) -> Result<(), Unavailable> {
        self.sandbox.admit(sku, customer_no)
    }

    fn inquire<'a>(&'a self, question: &'a BillQuestion) -> BoxFuture<'a, Heard<InquiryAnswer>> {
        self.questions.fetch_add(1, Ordering::SeqCst);
        async move {
            self.pass_the_door().await;
            self.sandbox.inquire(question).await
        }
        .boxed()
    }

    fn send<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        self.sendings.fetch_add(1, Ordering::SeqCst);
        async move {
            self.pass_the_door().await;
            self.sandbox.send(task).await
        }
        .boxed()
    }

    fn check<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        self.sandbox.check(task)
    }
}
