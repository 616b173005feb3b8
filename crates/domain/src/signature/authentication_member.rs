//! The three members that authenticate a request, and are not signed.

use std::fmt;

/// The member that names the merchant's key.
pub const API_ID: &str = "api_id";
/// The member that says when the request was signed.
pub const TIMESTAMP: &str = "timestamp";
/// The member that holds the signature.
pub const SIGNATURE: &str = "signature";

/// A member that authenticates a request, and is therefore not among its business parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthenticationMember {
    /// [`API_ID`], a string
    ApiId,
    /// [`TIMESTAMP`], Unix seconds as an integer or as its digits in a string
    Timestamp,
    /// [`SIGNATURE`], a string
    Signature,
}

impl AuthenticationMember {
    /// The authentication member with this key, if it is the key of one.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            API_ID => Some(Self::ApiId),
            TIMESTAMP => Some(Self::Timestamp),
            SIGNATURE => Some(Self::Signature),
            _ => None,
        }
    }

    /// Its key on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Self::ApiId => API_ID,
            Self::Timestamp => TIMESTAMP,
            Self::Signature => SIGNATURE,
        }
    }
}

impl fmt::Display for AuthenticationMember {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.key())
    }
}
