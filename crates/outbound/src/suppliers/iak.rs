//! IAK, formerly MobilePulsa: bills (*postpaid*) and purchases (*prepaid*, version 2), as `docs/contract/suppliers/iak.md` has it.
//!
//! - What an answer means is read from the code tables in [`codes`], for the call that it answers; from a status check only where the code
//!   and `status` agree. The HTTP status and the message are never looked at.
//! - Every answer is held against what was asked. One about another bill or number is unknown, however well it sounds.
//! - A bill is paid by IAK's number for the inquiry, `tr_id`, which is kept as the quote's token. Without it nothing is sent.
//! - Callbacks are only for purchases, and their signature covers the reference alone: they make us ask, and are never believed.
//!
//! Deliberately absent: the XML dialect and version 1, PLN and game inquiries, receipts as PDF.

mod answer;
mod balance;
mod bill_status;
mod call;
mod callback;
mod codes;
mod connection;
mod desc;
mod fault;
mod inquiry;
mod payment;
mod price_list;
mod purchase_status;
mod subject;
#[cfg(test)]
mod tests;
mod top_up;

use std::sync::Arc;
use std::time::Duration;

use domain::answer::Answer;
use domain::id::CustomerNo;
use domain::money::Rupiah;
use domain::product::ProductKind;
use futures_util::future::BoxFuture;

use crate::account::Account;
use crate::client::Client;
use crate::supplier::{
    BillQuestion, CallFault, CallbackFault, CallbackNews, CallbackRequest, Heard, InquiryAnswer, Manners, Pace,
    PriceList, Supplier, Task, Unavailable,
};
use crate::suppliers::iak::connection::Connection;
use crate::suppliers::iak::subject::Subject;

/// IAK names no pace. Purchases take up to half a minute there, bills are asked about after a lost answer.
const PACE: Pace =
    Pace { first: Duration::from_secs(5), shortest: Duration::from_secs(10), longest: Duration::from_mins(10) };

/// The adapter of one account at IAK.
pub struct Iak {
    connection: Connection,
}

impl Iak {
    /// Opens nothing yet. `user` is the telephone number that the account is registered under, `key` its API key for testing or production.
    pub const fn new(account: Account, client: Arc<Client>) -> Self {
        Self { connection: Connection::new(account, client) }
    }
}

impl Supplier for Iak {
    fn manners(&self) -> Manners {
        Manners { pace: PACE, remembers_for: None, can_be_asked: true }
    }

    /// Only the operator's own mistakes are known beforehand.
    fn admit(&self, sku: &str, customer_no: &CustomerNo) -> Result<(), Unavailable> {
        match Subject::parse(sku, customer_no) {
            Err(fault) if !fault.is_of_the_customer() => {
                tracing::error!(sku, %fault, "IAK can't be asked for this product");
                Err(Unavailable)
            }
            Ok(_) | Err(_) => Ok(()),
        }
    }

    fn inquire<'a>(&'a self, question: &'a BillQuestion) -> BoxFuture<'a, Heard<InquiryAnswer>> {
        Box::pin(inquiry::inquire(&self.connection, question))
    }

    fn send<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        match task.kind {
            ProductKind::Postpaid => Box::pin(payment::pay(&self.connection, task)),
            ProductKind::Prepaid | ProductKind::Game => Box::pin(top_up::buy(&self.connection, task)),
        }
    }

    fn check<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        match task.kind {
            ProductKind::Postpaid => Box::pin(bill_status::check(&self.connection, task)),
            ProductKind::Prepaid | ProductKind::Game => Box::pin(purchase_status::check(&self.connection, task)),
        }
    }

    fn products(&self) -> BoxFuture<'_, Result<PriceList, CallFault>> {
        Box::pin(price_list::products(&self.connection))
    }

    fn balance(&self) -> BoxFuture<'_, Result<Rupiah, CallFault>> {
        Box::pin(balance::balance(&self.connection))
    }

    fn read_callback(&self, request: &CallbackRequest<'_>) -> Result<CallbackNews, CallbackFault> {
        callback::meaning(&self.connection, request)
    }
}
