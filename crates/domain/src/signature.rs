//! The signatures of the public API: what is signed, by whom, and whether it holds.
//!
//! ```text
//! canonical body = the business parameters, sorted by the bytes of their keys, as compact JSON; empty without any
//! body hash      = SHA-256 of the canonical body
//! string to sign = api_id | api_key | timestamp | body hash
//! signature      = HMAC-SHA256 of the string to sign, keyed with the secret key
//! ```
//! Hashes and signatures are in lower-case hex. Business parameters are all top-level members but [`API_ID`],
//! [`TIMESTAMP`] and [`SIGNATURE`], exactly as received.
//!
//! What is signed is not the bytes on the wire: PHP's programs send `\/` and sign `/`. A request is therefore read once,
//! and its content is written again in the one form that is signed.
//!
//! This module guarantees that a request which verifies says what the holder of the keys signed, and that a check takes
//! the same time whatever is wrong with a signature. It lacks the rest of authentication: whose key it is, whether the
//! timestamp is recent, whether the merchant may do this.
//!
//! ```
//! use domain::{json::Object, signature::{SignedRequest, SigningKey, compose}};
//!
//! let key = SigningKey::new("your_api_id", "your_api_key", "your_secret_key");
//! let mut parameters = Object::new();
//! parameters.set("cmd", "inquiry");
//! let body = compose(&parameters, &key, 1_748_678_400);
//!
//! let request = SignedRequest::read(body.as_bytes())?;
//! assert!(key.verifies(&request));
//! assert_eq!(request.parameter("cmd").and_then(|cmd| cmd.as_str()), Some("inquiry"));
//! # Ok::<(), domain::signature::RequestFault>(())
//! ```
//!
//! The other way round, [`webhook`] signs what we tell merchants.

mod authentication_member;
mod body_hash;
mod canonical;
mod compose;
mod hex;
mod keyed;
mod request_fault;
mod signed_request;
mod signing_key;
mod timestamp;
pub mod webhook;

pub use authentication_member::{API_ID, AuthenticationMember, SIGNATURE, TIMESTAMP};
pub use body_hash::BodyHash;
pub use compose::compose;
pub use request_fault::RequestFault;
pub use signed_request::SignedRequest;
pub use signing_key::SigningKey;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod vectors;
