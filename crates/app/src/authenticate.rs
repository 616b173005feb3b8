//! Who is calling? Timestamp, credentials and signature, address: in this order.

use std::net::IpAddr;
use std::sync::{Arc, LazyLock};

use domain::signature::{SignedRequest, SigningKey};
use domain::time::Timestamp;
use thiserror::Error;

use crate::context::Context;
use crate::directory::Caller;

/// Why nobody may be answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum AuthenticationError {
    /// The request's timestamp is too far from ours.
    #[error("the timestamp is outside the window")]
    TimestampExpired {
        /// What our clock shows.
        server_time: Timestamp,
    },
    /// The signature is wrong, or there is no such `api_id`: nobody learns which.
    #[error("the signature is wrong")]
    SignatureInvalid,
    /// The merchant may not call from this address.
    #[error("this merchant may not call from this address")]
    IpNotAllowed,
}

/// Checks requests of unknown callers, so that they take as long as those of known ones.
static NOBODY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::new("nobody", "nobody", "nobody"));

/// Finds the merchant who signed a request.
pub fn authenticate(
    context: &Context,
    request: &SignedRequest<'_>,
    address: IpAddr,
) -> Result<Arc<Caller>, AuthenticationError> {
    let server_time = context.time.wall();
    let window = i64::try_from(context.policy.timestamp_window.as_secs()).unwrap_or(i64::MAX);
    if server_time.seconds().saturating_sub(request.signed_at()).saturating_abs() > window {
        return Err(AuthenticationError::TimestampExpired { server_time });
    }
    let Some(caller) = context.directory.find(request.api_id()) else {
        // Its answer is the same whatever it finds.
        let _ = NOBODY.verifies(request);
        return Err(AuthenticationError::SignatureInvalid);
    };
    if !caller.has_signed(request, context.time.now()) {
        return Err(AuthenticationError::SignatureInvalid);
    }
    if caller.may_call_from(address) { Ok(caller) } else { Err(AuthenticationError::IpNotAllowed) }
}
