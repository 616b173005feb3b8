//! What a server said to a request.

use std::ops::Index;

use serde_json::Value;

/// An answer over HTTP with a JSON body; `null` if the body is something else.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub text: String,
    /// The body, read.
    pub json: Value,
}

impl Answer {
    /// The envelope's `code`; empty if there is none.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// The envelope's `data`.
    pub fn data(&self) -> &Value {
        &self.json["data"]
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The same answer, if it has this code; panics with the whole of it otherwise.
    #[track_caller]
    pub fn expect_code(self, code: &str) -> Self {
        assert_eq!(self.code(), code, "{}", self.text);
        self
    }
}

/// `answer["sn"]` is a member of `data`.
impl Index<&str> for Answer {
    type Output = Value;

    fn index(&self, member: &str) -> &Value {
        &self.json["data"][member]
    }
}
