//! Answers, and the ways in which they don't arrive.

use bytes::Bytes;
use serde::Serialize;

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// `application/json`, mostly.
    pub content_type: &'static str,
    /// What it says.
    pub body: Bytes,
}

impl Reply {
    /// JSON. What can't be written as such is our own fault, and says so.
    pub fn json(status: u16, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self { status, content_type: "application/json", body: body.into() },
            Err(error) => Self::plain(500, error.to_string()),
        }
    }

    /// Plain text.
    pub fn plain(status: u16, text: impl Into<Bytes>) -> Self {
        Self { status, content_type: "text/plain; charset=utf-8", body: text.into() }
    }
}

/// What becomes of a request.
#[derive(Clone, Debug)]
pub enum Ending {
    /// It is answered.
    Whole(Reply),
    /// Half of this arrives, then the connection is reset.
    Half(Reply),
    /// The connection stays open and silent.
    Silence,
    /// The connection is reset.
    Reset,
}
