//! The envelope that everything is answered in: section 2 of the contract.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::client::Reply;
use crate::supplier::CallFault;
use crate::suppliers::isikuota::codes::{self, Meaning, Row};

/// Of a longer one only so many characters are shown.
const LONGEST_CODE: usize = 64;

/// What of it is read. The message never is.
#[derive(Deserialize)]
pub struct Envelope {
    success: bool,
    code: String,
    #[serde(default)]
    data: Option<Box<RawValue>>,
    #[serde(default)]
    meta: Option<Box<RawValue>>,
}

impl Envelope {
    /// The envelope, or `None` if the text is something else: a proxy's page, half an answer.
    pub fn read(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// Its `data`, if it can be read so.
    pub fn data<'a, T: Deserialize<'a>>(&'a self) -> Option<T> {
        self.data.as_ref().and_then(|data| serde_json::from_str(data.get()).ok())
    }

    /// Its `meta`, if it can be read so.
    pub fn meta<'a, T: Deserialize<'a>>(&'a self) -> Option<T> {
        self.meta.as_ref().and_then(|meta| serde_json::from_str(meta.get()).ok())
    }

    /// The table's row for this answer, or what doesn't fit. A code counts only with the HTTP status and the `success` that the contract
    /// gives it: an answer that contradicts itself proves nothing.
    pub fn row(&self, status: u16) -> Result<&'static Row, Arc<str>> {
        let Some(row) = codes::find(&self.code) else {
            let code: String = self.code.chars().take(LONGEST_CODE).collect();
            tracing::error!(code, status, "a supplier answers with an unknown code");
            return Err(format!("unknown code {code}").into());
        };
        if row.http != status {
            return Err(format!("{} with HTTP status {status}", row.code).into());
        }
        if row.is_success() != self.success {
            return Err(format!("{} with success {}", row.code, self.success).into());
        }
        if row.concerns_our_account() {
            tracing::error!(code = row.code, "a supplier refuses our account: {}", row.says);
        }
        Ok(row)
    }
}

/// The answer to a call that moves no money, if it is a success.
pub fn data_of(reply: Reply, url: &Arc<str>) -> Result<Envelope, CallFault> {
    let (status, body) = match reply {
        Reply::Answered { status, body } => (status, body),
        Reply::NotSent { .. } => return Err(CallFault::Unreachable(Arc::clone(url))),
        Reply::Lost { why, .. } => return Err(CallFault::Unreadable(why)),
    };
    let Some(envelope) = Envelope::read(&body) else {
        return Err(match status {
            404 | 405 => CallFault::NotOffered,
            _ => CallFault::Unreadable(format!("HTTP status {status} without an envelope").into()),
        });
    };
    let row = envelope.row(status).map_err(CallFault::Unreadable)?;
    match row.asked_of_bill {
        _ if row.code == codes::SUCCESS => Ok(envelope),
        Meaning::NoSuchCall => Err(CallFault::NotOffered),
        _ => Err(CallFault::Refused { code: row.code.into(), meaning: row.says }),
    }
}
