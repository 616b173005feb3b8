//! A supplier that takes its time, to see how the rest bears it.

use std::sync::Arc;
use std::time::Duration;

use app::seams::Clock;
use domain::answer::Answer;
use domain::id::CustomerNo;
use domain::money::Rupiah;
use domain::product::ProductKind;
use futures_util::future::BoxFuture;
use outbound::{
    BillQuestion, CallFault, CallbackFault, CallbackNews, CallbackRequest, Heard, InquiryAnswer, Manners, PriceList,
    Supplier, Task, Unavailable,
};

/// Another supplier, each of whose answers to inquiries, sendings and questions comes so much later.
///
/// The wait is before the other one hears anything, as on the way there: what is never waited for to its end was not received.
pub struct SlowSupplier<S> {
    /// Who answers.
    pub supplier: S,
    /// How long it takes.
    pub delay: Duration,
    /// What the delay is measured with.
    pub clock: Arc<dyn Clock>,
}

impl<S: Supplier> Supplier for SlowSupplier<S> {
    fn manners(&self) -> Manners {
        self.supplier.manners()
    }

    fn admit(&self, sku: &str, customer_no: &CustomerNo) -> Result<(), Unavailable> {
        self.supplier.admit(sku, customer_no)
    }

    fn inquire<'a>(&'a self, question: &'a BillQuestion) -> BoxFuture<'a, Heard<InquiryAnswer>> {
        Box::pin(async move {
            self.clock.sleep(self.delay).await;
            self.supplier.inquire(question).await
        })
    }

    fn send<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        Box::pin(async move {
            self.clock.sleep(self.delay).await;
            self.supplier.send(task).await
        })
    }

    fn check<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        Box::pin(async move {
            self.clock.sleep(self.delay).await;
            self.supplier.check(task).await
        })
    }

    fn asks_by_sending(&self, kind: ProductKind) -> bool {
        self.supplier.asks_by_sending(kind)
    }

    fn products(&self) -> BoxFuture<'_, Result<PriceList, CallFault>> {
        self.supplier.products()
    }

    fn balance(&self) -> BoxFuture<'_, Result<Rupiah, CallFault>> {
        self.supplier.balance()
    }

    fn read_callback(&self, request: &CallbackRequest<'_>) -> Result<CallbackNews, CallbackFault> {
        self.supplier.read_callback(request)
    }
}
