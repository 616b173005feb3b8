//! Digiflazz, spoken to as a buyer. Its interface as facts: `docs/contract/suppliers/digiflazz.md`.
//!
//! - What an answer means is read from the table of [`codes`], by call and code, never from its message, and never from the HTTP status.
//! - A bill's inquiry, payment and status bear one reference. A payment is done only with the member `sn`: an inquiry's success looks alike.
//! - One asks about a top-up by sending the very same again. Digiflazz takes it for the same for 90 days; after that it would be bought anew.
//! - It never says [`Answer::NotReceived`] to a status check: none of its codes proves that a payment did not arrive.
//!
//! Deliberately absent: the deposit ticket, the check of a PLN number, and Digiflazz's limit of one look at a whole price list in five
//! minutes, which is for whoever asks.

mod bill;
mod callback;
mod code;
mod codes;
mod connection;
mod deposit;
mod details;
mod families;
mod order;
mod price_list;
mod request;
#[cfg(test)]
mod tests;
mod transaction;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use domain::answer::Answer;
use domain::id::CustomerNo;
use domain::money::Rupiah;
use domain::product::ProductKind;
use futures_util::future::BoxFuture;

use crate::account::Account;
use crate::client::{Client, Reply};
use crate::supplier::{
    BillQuestion, CallFault, CallbackFault, CallbackNews, CallbackRequest, Heard, InquiryAnswer, Manners, Pace,
    PriceList, Supplier, Task, Unavailable,
};
use crate::suppliers::digiflazz::code::Call;
use crate::suppliers::digiflazz::connection::Connection;
use crate::suppliers::digiflazz::order::unknown;
use crate::suppliers::digiflazz::price_list::List;
use crate::suppliers::digiflazz::request::{Command, Request, Subject};
use crate::suppliers::digiflazz::transaction::Transaction;

/// More often than once a minute is at the caller's risk, say its rules: "race condition or duplicated processing".
const PACE: Pace =
    Pace { first: Duration::from_mins(1), shortest: Duration::from_mins(1), longest: Duration::from_mins(30) };
/// After 90 days the same reference is another purchase. The rest is margin, for clocks and for the queue.
const REMEMBERS_FOR: Duration = Duration::from_hours(80 * 24);

/// The adapter.
pub struct Digiflazz(Connection);

impl Digiflazz {
    /// Speaks for that account.
    pub const fn new(account: Account, client: Arc<Client>) -> Self {
        Self(Connection { account, client })
    }

    /// Sends or asks about an order, and reads what comes back as an answer to that call.
    async fn order(&self, task: &Task, command: Command, call: Call) -> Heard<Answer> {
        // In a repeat it must be what it was: it stands in the attempt.
        let max_price = (command == Command::TopUp).then(|| task.cost.get());
        let subject = subject(&task.sku, &task.customer_no, task.supplier_ref.as_str());
        let Some((reply, exchange)) = self.0.ask(command, subject, max_price).await else {
            return Heard::unspoken(Answer::NotReceived);
        };
        let is_bill = task.kind == ProductKind::Postpaid;
        let meaning = match reply {
            Reply::NotSent { .. } => Answer::NotReceived,
            Reply::Lost { why, .. } => unknown(format!("no answer: {why}")),
            Reply::Answered { status, body } => match Transaction::read(body.as_bytes()) {
                Ok(transaction) if transaction.is_about(subject) => order::read(call, is_bill, &transaction),
                Ok(_) => unknown("an answer about something else"),
                Err(_) => unknown(format!("an answer that can't be read, HTTP {status}")),
            },
        };
        Heard { meaning, exchange: Some(exchange) }
    }
}

impl Supplier for Digiflazz {
    fn manners(&self) -> Manners {
        Manners { pace: PACE, remembers_for: Some(REMEMBERS_FOR), can_be_asked: true }
    }

    fn admit(&self, sku: &str, customer_no: &CustomerNo) -> Result<(), Unavailable> {
        // Its kind isn't known here; an inquiry takes every code that can be used at all.
        match Request::new(Command::Inquiry, subject(sku, customer_no, ""), None, &self.0.account) {
            Some(_) => Ok(()),
            None => Err(Unavailable),
        }
    }

    fn inquire<'a>(&'a self, question: &'a BillQuestion) -> BoxFuture<'a, Heard<InquiryAnswer>> {
        Box::pin(async move {
            let subject = subject(&question.sku, &question.customer_no, question.supplier_ref.as_str());
            let Some((reply, exchange)) = self.0.ask(Command::Inquiry, subject, None).await else {
                return Heard::unspoken(InquiryAnswer::Unavailable);
            };
            let meaning = match reply {
                Reply::NotSent { .. } => InquiryAnswer::Unavailable,
                Reply::Lost { .. } => InquiryAnswer::Unreadable,
                Reply::Answered { body, .. } => match Transaction::read(body.as_bytes()) {
                    Ok(transaction) if transaction.is_about(subject) => bill::read(&transaction),
                    Ok(_) | Err(_) => InquiryAnswer::Unreadable,
                },
            };
            Heard { meaning, exchange: Some(exchange) }
        })
    }

    fn send<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        let (command, call) = match (task.kind, task.is_repeat) {
            (ProductKind::Postpaid, false) => (Command::Pay, Call::Pay),
            (ProductKind::Postpaid, true) => (Command::Pay, Call::PayAgain),
            (ProductKind::Prepaid | ProductKind::Game, false) => (Command::TopUp, Call::TopUp),
            (ProductKind::Prepaid | ProductKind::Game, true) => (Command::TopUp, Call::TopUpAgain),
        };
        Box::pin(self.order(task, command, call))
    }

    fn check<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        let (command, call) = match task.kind {
            ProductKind::Postpaid => (Command::Status, Call::State),
            ProductKind::Prepaid | ProductKind::Game => (Command::TopUp, Call::TopUpAgain),
        };
        Box::pin(async move {
            let heard = self.order(task, command, call).await;
            match heard.meaning {
                // That the question didn't leave says nothing of the order.
                Answer::NotReceived => Heard { meaning: unknown("could not ask"), ..heard },
                _ => heard,
            }
        })
    }

    fn asks_by_sending(&self, kind: ProductKind) -> bool {
        kind != ProductKind::Postpaid
    }

    fn products(&self) -> BoxFuture<'_, Result<PriceList, CallFault>> {
        Box::pin(async {
            let mut all = PriceList::default();
            for list in [List::Prepaid, List::Pasca] {
                let data = self.0.ask_about_account("/price-list", list.cmd(), "pricelist").await?;
                price_list::read(list, &data, &mut all).map_err(|_| CallFault::Unreadable("no list".into()))?;
            }
            Ok(all)
        })
    }

    fn balance(&self) -> BoxFuture<'_, Result<Rupiah, CallFault>> {
        Box::pin(async {
            let data = self.0.ask_about_account("/cek-saldo", "deposit", "depo").await?;
            deposit::read(&data).map_err(|_| CallFault::Unreadable("no deposit".into()))
        })
    }

    fn read_callback(&self, request: &CallbackRequest<'_>) -> Result<CallbackNews, CallbackFault> {
        callback::read(request, &self.0.account.secret)
    }
}

/// Neither the account nor what signs for it.
impl fmt::Debug for Digiflazz {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Digiflazz")
    }
}

fn subject<'a>(sku: &'a str, customer_no: &'a CustomerNo, ref_id: &'a str) -> Subject<'a> {
    Subject { sku, customer_no: customer_no.as_str(), ref_id }
}
