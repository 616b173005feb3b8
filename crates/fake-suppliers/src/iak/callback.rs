//! Callbacks: only for purchases, only when they are over, with the signature inside and every member a text.

use serde_json::{Map, Value, json};

use crate::book::{State, Transaction};
use crate::desk::Desk;
use crate::http::Message;
use crate::iak::shown::purchase_members;
use crate::journal::Kind;
use crate::protocol::Manner;

/// Signs what isn't ours to sign.
const FORGERS_SIGN: &str = "00000000000000000000000000000000";

/// The callback for a purchase as it is now; a forged one claims the opposite.
pub fn message(desk: &Desk, transaction: &Transaction, manner: Manner<'_>) -> Option<Message> {
    let mut transaction = transaction.clone();
    if manner.forged {
        transaction.state = if transaction.state == State::Delivered { State::Failed } else { State::Delivered };
        "07".clone_into(&mut transaction.rc);
    }
    if transaction.kind == Kind::Postpaid || transaction.state == State::Pending {
        return None;
    }
    let members = purchase_members(desk, &transaction).into_iter();
    let mut data: Map<String, Value> = members.map(|(name, value)| (name, as_text(value))).collect();
    let sign = if manner.forged { FORGERS_SIGN.to_owned() } else { desk.credentials.sign(&transaction.subject.ref_id) };
    data.insert("sign".to_owned(), json!(sign));
    let rc = data.get("rc").and_then(Value::as_str).unwrap_or_default().to_owned();
    let body = serde_json::to_vec(&json!({ "data": data })).ok()?;
    Some(Message { headers: Vec::new(), body: body.into(), rc })
}

fn as_text(value: Value) -> Value {
    match value {
        Value::Number(number) => json!(number.to_string()),
        other => other,
    }
}
