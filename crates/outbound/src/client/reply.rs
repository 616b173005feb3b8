//! What became of a request.

use std::sync::Arc;

/// The three things that can happen. Between the last two lies whether a bill may be paid elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reply {
    /// A whole answer came, whatever it says.
    Answered {
        /// Its HTTP status. Suppliers use it as they please.
        status: u16,
        /// Its text. Bytes that are no UTF-8 are replaced: a stray one in a customer's name must not hide what became of a payment.
        body: String,
    },
    /// Provably nothing of the request left: no such host, no connection, no handshake, or an address that we don't go to.
    NotSent {
        /// What happened, without address or content.
        why: Arc<str>,
    },
    /// Anything else. It may have been received and carried out, or not.
    Lost {
        /// What happened, without address or content.
        why: Arc<str>,
        /// The HTTP status, if the answer had begun.
        status: Option<u16>,
        /// As much of the answer as came: for people to read, never to be acted upon.
        heard: String,
    },
}

impl Reply {
    pub(super) fn answered(status: u16, body: &[u8]) -> Self {
        Self::Answered { status, body: text(body) }
    }

    pub(super) fn not_sent(why: String) -> Self {
        Self::NotSent { why: why.into() }
    }

    pub(super) fn lost(why: String, status: Option<u16>, heard: &[u8]) -> Self {
        Self::Lost { why: why.into(), status, heard: text(heard) }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
