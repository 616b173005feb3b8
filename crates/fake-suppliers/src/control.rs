//! A fake's own interface, below `/_fake`: what a test says to it while it runs. It is no part of any supplier.

use std::sync::Arc;

use hyper::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::fake::Fake;
use crate::http::{Incoming, Reply};
use crate::journal::Outcome;
use crate::options::Webhook;
use crate::plan::Plan;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settle {
    ref_id: String,
    outcome: Outcome,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SendCallback {
    ref_id: String,
    #[serde(default = "once")]
    copies: u32,
    #[serde(default)]
    forged: bool,
}

const fn once() -> u32 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetClock {
    offset_seconds: i64,
}

/// What a path means here, if it is one of ours. It may stand behind the supplier's own base path.
pub fn path(path: &str) -> Option<&str> {
    path.strip_prefix("v1/").unwrap_or(path).strip_prefix("_fake/")
}

/// Answers a call.
pub async fn answer(fake: &Arc<Fake>, what: &str, incoming: &Incoming) -> Reply {
    respond(fake, what, incoming).await.unwrap_or_else(|refusal| refusal)
}

async fn respond(fake: &Arc<Fake>, what: &str, incoming: &Incoming) -> Result<Reply, Reply> {
    match (&incoming.method, what) {
        (&Method::GET, "plan") => Ok(Reply::json(200, fake.chooser.lock().plan())),
        (&Method::PUT, "plan") => {
            fake.set_plan(read::<Plan>(incoming)?);
            Ok(done())
        }
        (&Method::GET, "journal") => Ok(Reply::json(200, &fake.journal().map_err(failed)?.entries)),
        (&Method::GET, "transactions") => {
            let desk = fake.desk.lock();
            Ok(Reply::json(200, &desk.book.transactions().collect::<Vec<_>>()))
        }
        (&Method::PUT, "webhook") => {
            *fake.webhook.lock() = read::<Option<Webhook>>(incoming)?;
            Ok(done())
        }
        (&Method::POST, "clock") => {
            let SetClock { offset_seconds } = read(incoming)?;
            fake.set_offset(offset_seconds.saturating_mul(1000));
            Ok(Reply::json(200, &json!({ "now": fake.now() })))
        }
        (&Method::POST, "settle") => {
            let Settle { ref_id, outcome } = read(incoming)?;
            let is_settled = fake.settle(&ref_id, outcome).await.map_err(failed)?;
            if is_settled { Ok(done()) } else { Err(refused(409, "there is no such transaction, or it can't end so")) }
        }
        (&Method::POST, "callback") => {
            let SendCallback { ref_id, copies, forged } = read(incoming)?;
            let transaction = fake.desk.lock().book.transaction(&ref_id).cloned();
            let transaction = transaction.ok_or_else(|| refused(404, "there is no such transaction"))?;
            fake.send_callback(&transaction, false, copies, forged).await.map_err(failed)?;
            Ok(done())
        }
        _ => Err(refused(404, "the calls are listed by --help")),
    }
}

fn read<T: DeserializeOwned>(incoming: &Incoming) -> Result<T, Reply> {
    serde_json::from_slice(&incoming.body).map_err(|error| refused(400, &error.to_string()))
}

fn done() -> Reply {
    Reply::json(200, &json!({ "done": true }))
}

fn refused(status: u16, why: &str) -> Reply {
    Reply::json(status, &json!({ "error": why }))
}

#[expect(clippy::needless_pass_by_value, reason = "it is for `map_err`")]
fn failed(error: std::io::Error) -> Reply {
    refused(500, &error.to_string())
}
