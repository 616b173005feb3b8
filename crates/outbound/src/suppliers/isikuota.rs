//! A supplier that speaks our own public API: another Loket, or a server that is compatible with IsiKuota.
//!
//! What it says is read by `docs/contract/api.md`, whose sections are named here by their numbers. What that contract decides by itself,
//! another server may not have; `docs/contract/suppliers/isikuota.md` tells which that is.
//!
//! - A payment bears the reference of its inquiry, a purchase its own. The same reference never pays or buys again, and an order's first
//!   refusal says that nothing was created.
//! - `POST /v1/status` asks about an order. Only a Loket has it; of other servers the operator says that they can't be asked.
//! - A bill costs us its `total` less a commission that no answer states, so its cost is quoted as the whole `total`. A purchase costs its
//!   `price`.
//!
//! Deliberately absent: quoting again (the supplier answers with what it said before).

mod balance;
mod callback;
mod codes;
mod desc;
mod envelope;
mod inquiry;
mod order;
mod order_data;
mod price_list;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use domain::answer::Answer;
use domain::id::CustomerNo;
use domain::json::{Object, Value};
use domain::money::Rupiah;
use domain::product::ProductKind;
use domain::signature::{API_ID, SIGNATURE, SignedRequest, SigningKey, compose};
use futures_util::future::BoxFuture;

use crate::account::Account;
use crate::adapter_clock::AdapterClock;
use crate::client::{CallLimit, Client, Reply};
use crate::supplier::{
    BillQuestion, CallFault, CallbackFault, CallbackNews, CallbackRequest, Exchange, Heard, InquiryAnswer, Manners,
    Pace, PriceList, Supplier, Task, Unavailable,
};
use crate::suppliers::AccountFault;
use crate::suppliers::isikuota::order::Occasion;
use crate::wire::Masks;

/// It answers from its own memory, and asks for no pauses.
const PACE: Pace =
    Pace { first: Duration::from_secs(2), shortest: Duration::from_secs(3), longest: Duration::from_mins(5) };

const ORDER: &str = "/v1/order";
const STATUS: &str = "/v1/status";
const PRODUCTS: &str = "/v1/products";
const BALANCE: &str = "/v1/balance";

/// Our account at such a supplier.
pub struct IsiKuota {
    url: Arc<str>,
    account: Account,
    key: SigningKey,
    client: Arc<Client>,
    clock: Arc<dyn AdapterClock>,
}

impl IsiKuota {
    /// A supplier that answers `POST /v1/status`. Its requests are dated by the clock; a supplier takes five minutes of difference.
    pub fn new(account: Account, client: Arc<Client>, clock: Arc<dyn AdapterClock>) -> Result<Self, AccountFault> {
        let url = account.url.clone().ok_or(AccountFault::NoAddress)?;
        Client::check_address(&url)?;
        if account.user.is_empty() || account.key.is_empty() || account.secret.is_empty() {
            return Err(AccountFault::NoKeys);
        }
        let key = SigningKey::new(&*account.user, account.key.reveal(), account.secret.reveal());
        Ok(Self { url, account, key, client, clock })
    }

    /// Signs a request and posts it, once.
    async fn post(
        &self,
        call: &'static str,
        path: &str,
        parameters: &Object<'_>,
        limit: CallLimit,
    ) -> (Reply, Exchange) {
        let body = compose(parameters, &self.key, self.clock.now().seconds());
        let reply = self.client.post_json(&format!("{}{path}", self.url), body.clone(), limit).await;
        let exchange = self.exchange(call, &body, &reply);
        (reply, exchange)
    }

    /// What may be shown of a request and its answer.
    fn exchange(&self, call: &'static str, body: &str, reply: &Reply) -> Exchange {
        let Account { user, key, secret, .. } = &self.account;
        let request = SignedRequest::read(body.as_bytes());
        let signature = request.as_ref().map(SignedRequest::signature).unwrap_or_default();
        let texts = [user, key.reveal(), secret.reveal(), signature];
        Masks { members: &[API_ID, SIGNATURE], texts: &texts }.exchange(call, body, reply)
    }

    /// Asks about a bill or an order.
    async fn post_order(&self, call: &'static str, path: &str, mut parameters: Object<'_>) -> (Reply, Exchange) {
        if self.account.is_testing {
            parameters.set("testing", true);
        }
        self.post(call, path, &parameters, self.client.limits().order).await
    }

    async fn send_task(&self, task: &Task) -> Heard<Answer> {
        let call = match task.kind {
            ProductKind::Postpaid => "pay-pasca",
            ProductKind::Prepaid => "prepaid",
            ProductKind::Game => "game",
        };
        let max_price = task.cost.get().to_string();
        let mut parameters = command(call);
        parameters.set("code", &*task.sku);
        parameters.set("customer_no", task.customer_no.as_str());
        parameters.set("ref_id", task.supplier_ref.as_str());
        if task.kind != ProductKind::Postpaid {
            parameters.set("max_price", Value::Number(&max_price));
        }
        let (reply, exchange) = self.post_order(call, ORDER, parameters).await;
        Heard { meaning: order::read(&reply, Occasion::Sending, task), exchange: Some(exchange) }
    }

    async fn ask_about(&self, task: &Task) -> Heard<Answer> {
        let mut parameters = command("status");
        parameters.set("ref_id", task.supplier_ref.as_str());
        let (reply, exchange) = self.post_order("status", STATUS, parameters).await;
        Heard { meaning: order::read(&reply, Occasion::Status, task), exchange: Some(exchange) }
    }

    async fn look_up(&self, question: &BillQuestion) -> Heard<InquiryAnswer> {
        let mut parameters = command("inquiry");
        parameters.set("code", &*question.sku);
        parameters.set("customer_no", question.customer_no.as_str());
        parameters.set("ref_id", question.supplier_ref.as_str());
        let (reply, exchange) = self.post_order("inquiry", ORDER, parameters).await;
        Heard { meaning: inquiry::read(&reply, question), exchange: Some(exchange) }
    }

    async fn list(&self) -> Result<PriceList, CallFault> {
        let mut list = PriceList::default();
        let per_page = price_list::PER_PAGE.to_string();
        for page in 1..=price_list::MAX_PAGES {
            let number = page.to_string();
            let mut parameters = command("products");
            parameters.set("page", Value::Number(&number));
            parameters.set("per_page", Value::Number(&per_page));
            let (reply, _) = self.post("products", PRODUCTS, &parameters, self.client.limits().list).await;
            if price_list::add_page(&mut list, &envelope::data_of(reply, &self.url)?, page)? {
                return Ok(list);
            }
        }
        Err(CallFault::Unreadable("its list has no end".into()))
    }

    async fn ask_for_balance(&self) -> Result<Rupiah, CallFault> {
        let (reply, _) = self.post("balance", BALANCE, &Object::new(), self.client.limits().order).await;
        balance::read(&envelope::data_of(reply, &self.url)?)
    }
}

impl Supplier for IsiKuota {
    fn manners(&self) -> Manners {
        Manners { pace: PACE, remembers_for: None, can_be_asked: true }
    }

    fn admit(&self, _sku: &str, _customer_no: &CustomerNo) -> Result<(), Unavailable> {
        Ok(())
    }

    fn inquire<'a>(&'a self, question: &'a BillQuestion) -> BoxFuture<'a, Heard<InquiryAnswer>> {
        Box::pin(self.look_up(question))
    }

    fn send<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        Box::pin(self.send_task(task))
    }

    fn check<'a>(&'a self, task: &'a Task) -> BoxFuture<'a, Heard<Answer>> {
        Box::pin(self.ask_about(task))
    }

    fn products(&self) -> BoxFuture<'_, Result<PriceList, CallFault>> {
        Box::pin(self.list())
    }

    fn balance(&self) -> BoxFuture<'_, Result<Rupiah, CallFault>> {
        Box::pin(self.ask_for_balance())
    }

    fn read_callback(&self, request: &CallbackRequest<'_>) -> Result<CallbackNews, CallbackFault> {
        callback::read(request, &self.account)
    }
}

/// Neither the account nor what signs for it.
impl fmt::Debug for IsiKuota {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("IsiKuota")
    }
}

/// The parameters of a call, which begin with its name.
fn command(name: &'static str) -> Object<'static> {
    let mut parameters = Object::new();
    parameters.set("cmd", name);
    parameters
}

#[cfg(test)]
mod tests;
