//! Webhooks: what a transaction's answer says, signed.

use serde_json::json;

use crate::book::{State, Transaction};
use crate::desk::Desk;
use crate::digiflazz::shown::{as_float, members};
use crate::http::Message;
use crate::journal::Kind;
use crate::options::Webhook;
use crate::protocol::Manner;
use crate::signature::hub_signature;

/// Signs what isn't ours to sign.
const FORGERS_SECRET: &str = "not the secret";

/// The webhook for a transaction as it is now; a forged one claims the opposite.
pub fn message(desk: &Desk, transaction: &Transaction, manner: Manner<'_>) -> Option<Message> {
    let mut transaction = transaction.clone();
    if manner.forged {
        transaction.state = if transaction.state == State::Delivered { State::Failed } else { State::Delivered };
        "02".clone_into(&mut transaction.rc);
    }
    let data = members(&transaction, as_float(desk.balance()));
    let rc = data.get("rc").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let body = serde_json::to_vec(&json!({ "data": data })).ok()?;
    let user_agent = match transaction.kind {
        Kind::Prepaid => "Digiflazz-Hookshot",
        Kind::Postpaid => "Digiflazz-Pasca-Hookshot",
    };
    let mut headers = vec![
        ("X-Digiflazz-Event", if manner.is_first { "create" } else { "update" }.to_owned()),
        ("User-Agent", user_agent.to_owned()),
    ];
    let secret = if manner.forged { Some(FORGERS_SECRET) } else { manner.secret };
    headers.extend(signature(secret, &body));
    Some(Message { headers, body: body.into(), rc })
}

/// The webhook that tells nothing but what was configured.
pub fn ping(webhook: &Webhook) -> Option<Message> {
    let body = serde_json::to_vec(&json!({
        "sed": "AgXXtVAHp",
        "hook_id": "11aaabbb",
        "hook": { "url": webhook.url, "secret": webhook.secret, "type": "application/json", "status": 1 },
    }))
    .ok()?;
    let mut headers = vec![("X-Digiflazz-Event", "ping".to_owned()), ("User-Agent", "Digiflazz-Hookshot".to_owned())];
    headers.extend(signature(webhook.secret.as_deref(), &body));
    Some(Message { headers, body: body.into(), rc: String::new() })
}

/// The header that signs a body, if there is a secret.
fn signature(secret: Option<&str>, body: &[u8]) -> Option<(&'static str, String)> {
    Some(("X-Hub-Signature", hub_signature(secret?, body)?))
}
