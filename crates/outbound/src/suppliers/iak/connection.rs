//! Speaks to IAK: signs what is asked, and keeps the words with the secrets hidden.

use std::sync::Arc;

use domain::answer::Answer;
use serde_json::{Value, json};

use crate::account::Account;
use crate::client::{CallLimit, Client, Reply};
use crate::supplier::{Exchange, Heard};
use crate::suppliers::iak::call::Call;
use crate::wire::{Masks, md5_hex};

/// In bytes.
const LONGEST_WHY: usize = 300;

/// An account and the way to its supplier.
pub struct Connection {
    account: Account,
    client: Arc<Client>,
}

/// What came of a question, and its words.
pub struct Spoken {
    /// What came of it.
    pub reply: Reply,
    /// The words.
    pub exchange: Exchange,
}

impl Connection {
    /// Opens nothing yet.
    pub const fn new(account: Account, client: Arc<Client>) -> Self {
        Self { account, client }
    }

    /// `md5(username + api_key + signed)`; what is signed differs from call to call.
    pub fn sign(&self, signed: &str) -> String {
        md5_hex(&[&self.account.user, self.account.key.reveal(), signed])
    }

    /// Without a key anybody could sign.
    pub fn has_key(&self) -> bool {
        !self.account.key.is_empty()
    }

    /// Asks about an order, once.
    pub async fn ask(&self, call: &Call, signed: &str, members: Value) -> Spoken {
        self.speak(call, signed, members, self.client.limits().order).await
    }

    /// Asks for a list, which may be long.
    pub async fn ask_list(&self, call: &Call, members: Value) -> Reply {
        self.speak(call, "pl", members, self.client.limits().list).await.reply
    }

    async fn speak(&self, call: &Call, signed: &str, mut members: Value, limit: CallLimit) -> Spoken {
        let sign = self.sign(signed);
        if let Some(members) = members.as_object_mut() {
            members.insert("username".to_owned(), json!(&*self.account.user));
            members.insert("sign".to_owned(), json!(sign));
        }
        let request = members.to_string();
        let reply = self.client.post_json(&call.url(&self.account), request.clone(), limit).await;
        let Account { user, key, secret, .. } = &self.account;
        let texts = [user, key.reveal(), secret.reveal(), &sign];
        let exchange = Masks { members: &["username", "sign"], texts: &texts }.exchange(call.name, &request, &reply);
        Spoken { reply, exchange }
    }
}

impl Spoken {
    /// The answer to a sending: what could not be sent was not received, and whatever got lost is unknown.
    pub fn into_sent(self, read: impl FnOnce(&str) -> Answer) -> Heard<Answer> {
        let meaning = match &self.reply {
            Reply::Answered { body, .. } => read(body),
            Reply::NotSent { .. } => Answer::NotReceived,
            Reply::Lost { why, .. } => unknown(&format!("the answer was lost: {why}")),
        };
        Heard { meaning, exchange: Some(self.exchange) }
    }

    /// The answer to a status check: without one nothing is known.
    pub fn into_asked(self, read: impl FnOnce(&str) -> Answer) -> Heard<Answer> {
        let meaning = match &self.reply {
            Reply::Answered { body, .. } => read(body),
            Reply::NotSent { why } | Reply::Lost { why, .. } => {
                unknown(&format!("no answer to the status check: {why}"))
            }
        };
        Heard { meaning, exchange: Some(self.exchange) }
    }
}

/// Nothing is known, and why. What IAK said may be in it, and is cut where a person would stop reading.
pub fn unknown(why: &str) -> Answer {
    let shown = why.get(..why.floor_char_boundary(LONGEST_WHY)).unwrap_or_default();
    Answer::Unknown { why: shown.into() }
}
