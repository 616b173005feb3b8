//! IAK, postpaid and prepaid (v2), as `docs/contract/suppliers/iak.md` tells it. The real one has two hosts; this one serves both.
//!
//! Where that document is silent, this fake chose: every answer of a known address is HTTP 200; a wrong user is a wrong signature; a
//! failure has no members but those that name it; an inquiry of another day is 04; what an inquiry lacks is 09, or 93 for an amount; a bill
//! that was paid here is 34; paying the same inquiry again tells the payment's state; a whole prepaid list has `data.pricelist`, and one
//! of a type is `data` itself, since both are said to occur; amounts are fractional in `checkstatus`. Credit for another operator's
//! number fails with 16.
//!
//! Deliberately absent: XML, receipts as documents, games, the legacy prepaid interface, the rules against the same number twice a day.

mod balance;
mod bill;
mod callback;
mod catalogue;
mod checks;
mod code;
mod inquiry;
mod name_check;
mod payment;
mod price_list;
mod shown;
mod test_numbers;
mod top_up;

use std::io;
use std::time::Duration;

use hyper::Method;
use serde_json::Value;

use crate::book::Transaction;
use crate::call::{Asked, Call, Subject};
use crate::desk::Desk;
use crate::http::{Incoming, Message};
use crate::iak::catalogue::Prepaid;
use crate::journal::Kind;
use crate::options::Webhook;
use crate::protocol::{Answer, Manner, Protocol};

/// How soon a purchase settles.
const SETTLES_AFTER: Duration = Duration::from_secs(2);

/// Speaks as IAK does.
#[derive(Clone, Copy, Debug)]
pub struct Iak;

impl Protocol for Iak {
    fn base_path(&self) -> &'static str {
        ""
    }

    fn read(&self, desk: &Desk, incoming: &Incoming) -> Asked {
        let body = serde_json::from_slice(&incoming.body).ok();
        let mut asked = Asked { call: Call::Unknown, subject: Subject::default(), path: incoming.path.clone(), body };
        if incoming.method == Method::POST {
            asked.call = call(&asked);
        }
        asked.subject = subject(desk, &asked);
        asked
    }

    fn answer(&self, desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
        match asked.call {
            Call::Balance => Ok(balance::answer(desk, asked)),
            Call::PriceList => Ok(price_list::prepaid(desk, asked)),
            Call::PriceListPasca => Ok(price_list::postpaid(desk, asked)),
            Call::TopUp => top_up::buy(desk, asked),
            Call::StatusPrepaid => Ok(top_up::status(desk, asked)),
            Call::InqPasca => inquiry::answer(desk, asked),
            Call::PayPasca => payment::pay(desk, asked),
            Call::StatusPasca => Ok(payment::status(desk, asked)),
            Call::InquiryPln => Ok(name_check::pln(desk, asked)),
            Call::InquiryOvo => Ok(name_check::ovo(desk, asked)),
            Call::CheckOperator => Ok(name_check::operator(desk, asked)),
            Call::Deposit | Call::Ping | Call::Unknown if is_bill_check(&asked.path) => {
                Ok(shown::refused(asked, if asked.body.is_none() { "107" } else { "101" }))
            }
            Call::Deposit | Call::Ping | Call::Unknown => Ok(Answer { http: 404, ..shown::refused(asked, "117") }),
        }
    }

    fn coded(&self, asked: &Asked, rc: &str, status: Option<&Value>, message: &str) -> Answer {
        shown::coded(asked, rc, status, message)
    }

    fn refused(&self, asked: &Asked, rc: &str) -> Answer {
        shown::refused(asked, rc)
    }

    fn callback(&self, desk: &Desk, transaction: &Transaction, manner: Manner<'_>) -> Option<Message> {
        callback::message(desk, transaction, manner)
    }

    fn ping(&self, _webhook: &Webhook) -> Option<Message> {
        None
    }

    fn failure_code(&self, kind: Kind, subject: &Subject) -> &'static str {
        match (kind, Prepaid::find(&subject.sku)) {
            (Kind::Postpaid, _) => "37",
            (Kind::Prepaid, Some(product)) if product.mismatches(&subject.customer_no) => "16",
            (Kind::Prepaid, _) => "07",
        }
    }

    fn settles_after(&self, kind: Kind) -> Option<Duration> {
        (kind == Kind::Prepaid).then_some(SETTLES_AFTER)
    }
}

fn is_bill_check(path: &str) -> bool {
    path == "api/v1/bill/check" || path.starts_with("api/v1/bill/check/")
}

/// Which call it is, by its address and its command.
fn call(asked: &Asked) -> Call {
    if is_bill_check(&asked.path) {
        return match asked.text("commands") {
            "pricelist-pasca" => Call::PriceListPasca,
            "inq-pasca" => Call::InqPasca,
            "pay-pasca" => Call::PayPasca,
            "checkstatus" => Call::StatusPasca,
            _ => Call::Unknown,
        };
    }
    match asked.path.strip_prefix("api/").unwrap_or_default() {
        "check-balance" => Call::Balance,
        "top-up" => Call::TopUp,
        "check-status" => Call::StatusPrepaid,
        "inquiry-pln" => Call::InquiryPln,
        "inquiry-ovo" => Call::InquiryOvo,
        "check-operator" => Call::CheckOperator,
        list if list == "pricelist" || list.starts_with("pricelist/") => Call::PriceList,
        _ => Call::Unknown,
    }
}

/// What a request is about. A payment names only the inquiry's number, and the rest is known from that.
fn subject(desk: &Desk, asked: &Asked) -> Subject {
    let first = |names: [&str; 2]| names.map(|name| asked.text(name)).into_iter().find(|text| !text.is_empty());
    let said = Subject {
        ref_id: asked.text("ref_id").to_owned(),
        sku: first(["code", "product_code"]).unwrap_or_default().to_owned(),
        customer_no: first(["hp", "customer_id"]).unwrap_or_default().to_owned(),
        tr_id: None,
    };
    match asked.call {
        Call::PayPasca => {
            let tr_id = asked.number("tr_id").or_else(|| asked.text("tr_id").parse().ok());
            let quote = tr_id.and_then(|tr_id| desk.book.ref_of(tr_id)).and_then(|ref_id| desk.book.quote(ref_id));
            quote.map_or(Subject { tr_id, ..said }, |quote| quote.subject.clone())
        }
        Call::StatusPasca | Call::StatusPrepaid => {
            let known = desk.book.transaction(&said.ref_id).map(|transaction| &transaction.subject);
            let known = known.or_else(|| desk.book.quote(&said.ref_id).map(|quote| &quote.subject));
            known.cloned().unwrap_or(said)
        }
        _ => said,
    }
}
