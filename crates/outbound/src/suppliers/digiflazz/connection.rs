//! How Digiflazz is asked: addresses, signatures, and what may be shown of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::client::{CallLimit, Client, Reply};
use crate::supplier::{CallFault, Exchange};
use crate::suppliers::digiflazz::code::Code;
use crate::suppliers::digiflazz::request::{Command, Request, Subject};
use crate::wire::{Field, Masks, md5_hex};

/// Where it listens.
const URL: &str = "https://api.digiflazz.com/v1";

/// Our account, and the way there.
pub struct Connection {
    /// Whose words these are.
    pub account: Account,
    /// Sends them.
    pub client: Arc<Client>,
}

/// A call about the account itself.
#[derive(Serialize)]
struct AccountRequest<'a> {
    cmd: &'a str,
    username: &'a str,
    sign: String,
}

#[derive(Deserialize)]
struct Envelope {
    data: Field,
}

/// What stands in place of a list or an amount.
#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    rc: Field,
}

impl Connection {
    /// Asks about a bill or a top-up. `None` if the product's code can't be used for that, so that nothing was sent.
    pub async fn ask(
        &self,
        command: Command,
        subject: Subject<'_>,
        max_price: Option<i64>,
    ) -> Option<(Reply, Exchange)> {
        let Some(request) = Request::new(command, subject, max_price, &self.account) else {
            tracing::error!(supplier = "digiflazz", sku = subject.sku, "a product code that can't be used");
            return None;
        };
        let body = serde_json::to_string(&request).ok()?;
        let reply = self.post("/transaction", body.clone(), self.client.limits().order).await;
        let Account { user, key, secret, .. } = &self.account;
        let texts = [user, key.reveal(), secret.reveal(), &request.sign];
        let exchange = Masks { members: &["username", "sign"], texts: &texts }.exchange(command.name(), &body, &reply);
        Some((reply, exchange))
    }

    /// A call about the account; what comes back as `data`, unless that is a refusal.
    pub async fn ask_about_account(&self, path: &str, cmd: &str, salt: &str) -> Result<Field, CallFault> {
        let Account { user, key, .. } = &self.account;
        let request = AccountRequest { cmd, username: user, sign: md5_hex(&[user, key.reveal(), salt]) };
        let body = serde_json::to_string(&request).map_err(|fault| CallFault::Unreadable(fault.to_string().into()))?;
        match self.post(path, body, self.client.limits().list).await {
            Reply::NotSent { why } => Err(CallFault::Unreachable(why)),
            Reply::Lost { why, .. } => Err(CallFault::Unreadable(why)),
            Reply::Answered { status, body } => match serde_json::from_str(&body) {
                Ok(Envelope { data }) => refusal(&data).map_or(Ok(data), Err),
                Err(_) => Err(CallFault::Unreadable(format!("HTTP {status}").into())),
            },
        }
    }

    async fn post(&self, path: &str, body: String, limit: CallLimit) -> Reply {
        let url = self.account.url.as_deref().unwrap_or(URL);
        self.client.post_json(&format!("{url}{path}"), body, limit).await
    }
}

fn refusal(data: &Field) -> Option<CallFault> {
    let refusal: Refusal = data.nested().ok().flatten()?;
    let code = refusal.rc.text().ok().flatten().filter(|code| code != "00")?;
    let row = Code::find(&code);
    Some(CallFault::Refused {
        code: row.map_or("?", |row| row.rc).into(),
        meaning: row.map_or("a code that isn't in the table", |row| row.message),
    })
}
