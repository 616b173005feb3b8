//! The buyer API of Digiflazz, as `docs/contract/suppliers/digiflazz.md` tells it.
//!
//! Where that document is silent, this fake chose: every answer is HTTP 200; limits count each list by itself; an inquiry whose reference
//! has a transaction is 49; a payment without an inquiry of the same day is 50; a `create` webhook tells every new transaction and an
//! `update` its end. IP addresses are not looked at.

mod account;
mod bill;
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
mod webhook;

use std::io;
use std::time::Duration;

use hyper::Method;
use serde_json::{Value, json};

use crate::book::Transaction;
use crate::call::{Asked, Call, Subject};
use crate::desk::Desk;
use crate::digiflazz::code::Code;
use crate::http::{Incoming, Message};
use crate::journal::{BrokenRule, Kind};
use crate::options::Webhook;
use crate::protocol::{Answer, Manner, Protocol};

/// From one call about a transaction to the next.
const PAUSE_BETWEEN_CALLS: Duration = Duration::from_mins(1);
/// How soon what is pending settles.
const SETTLES_AFTER: Duration = Duration::from_secs(2);

/// Speaks as Digiflazz does.
#[derive(Clone, Copy, Debug)]
pub struct Digiflazz;

impl Protocol for Digiflazz {
    fn base_path(&self) -> &'static str {
        "/v1"
    }

    fn read(&self, _desk: &Desk, incoming: &Incoming) -> Asked {
        let path = incoming.path.strip_prefix("v1/").unwrap_or(&incoming.path).to_owned();
        let body = serde_json::from_slice(&incoming.body).ok();
        let mut asked = Asked { call: Call::Unknown, subject: Subject::default(), path, body };
        asked.subject = Subject {
            ref_id: asked.text("ref_id").to_owned(),
            sku: asked.text("buyer_sku_code").to_owned(),
            customer_no: asked.text("customer_no").to_owned(),
            tr_id: None,
        };
        if incoming.method == Method::POST {
            asked.call = call(&asked);
        }
        asked
    }

    fn answer(&self, desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
        match asked.call {
            Call::Balance => Ok(account::balance(desk, asked)),
            Call::Deposit => Ok(account::ticket(desk, asked)),
            Call::PriceList => price_list::prepaid(desk, asked),
            Call::PriceListPasca => price_list::postpaid(desk, asked),
            Call::TopUp => top_up::answer(desk, asked),
            Call::InqPasca => inquiry::answer(desk, asked),
            Call::PayPasca => payment::pay(desk, asked),
            Call::StatusPasca => payment::status(desk, asked),
            Call::InquiryPln => name_check::answer(desk, asked),
            Call::Ping => Ok(Answer::ok(json!({ "data": {} }))),
            Call::StatusPrepaid | Call::InquiryOvo | Call::CheckOperator | Call::Unknown => {
                Ok(Answer { http: 404, body: json!({ "data": { "rc": "40", "message": Code::of("40").message } }) })
            }
        }
    }

    fn coded(&self, asked: &Asked, rc: &str, status: Option<&Value>, message: &str) -> Answer {
        shown::coded(asked, rc, status, message)
    }

    fn refused(&self, asked: &Asked, rc: &str) -> Answer {
        shown::refused(asked, rc)
    }

    fn callback(&self, desk: &Desk, transaction: &Transaction, manner: Manner<'_>) -> Option<Message> {
        webhook::message(desk, transaction, manner)
    }

    fn ping(&self, webhook: &Webhook) -> Option<Message> {
        webhook::ping(webhook)
    }

    fn failure_code(&self, _kind: Kind, _subject: &Subject) -> &'static str {
        "02"
    }

    fn settles_after(&self, _kind: Kind) -> Option<Duration> {
        Some(SETTLES_AFTER)
    }
}

/// Which call it is, by its address and its command.
fn call(asked: &Asked) -> Call {
    match (asked.path.as_str(), asked.member("commands").map(|command| command.as_str().unwrap_or_default())) {
        ("cek-saldo", _) => Call::Balance,
        ("deposit", _) => Call::Deposit,
        ("price-list", _) if asked.text("cmd") == "pasca" => Call::PriceListPasca,
        ("price-list", _) => Call::PriceList,
        ("inquiry-pln", _) => Call::InquiryPln,
        (path, _) if path.starts_with("report/hooks/") && path.ends_with("/pings") => Call::Ping,
        ("transaction", None) => Call::TopUp,
        ("transaction", Some("inq-pasca")) => Call::InqPasca,
        ("transaction", Some("pay-pasca")) => Call::PayPasca,
        ("transaction", Some("status-pasca")) => Call::StatusPasca,
        _ => Call::Unknown,
    }
}

/// Writes down when a transaction is asked about too often; the answer is the same, at the caller's risk.
fn watch_pace(desk: &mut Desk, subject: &Subject) -> io::Result<()> {
    let Some(pause) = desk.since_last_call(format!("about {}", subject.ref_id)) else { return Ok(()) };
    if desk.limits && pause < PAUSE_BETWEEN_CALLS {
        desk.blame(subject, BrokenRule::AskedTooOften, format!("{} ms after the call before", pause.as_millis()))?;
    }
    Ok(())
}
