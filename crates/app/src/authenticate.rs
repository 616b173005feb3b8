//! Who is calling? Timestamp, credentials and signature, address: in this order.

use std::net::IpAddr;
use std::sync::{Arc, LazyLock};

use domain::command::MerchantChange;
use domain::signature::{SignedRequest, SigningKey};
use domain::time::Timestamp;
use thiserror::Error;
use tokio::sync::oneshot;

use crate::change_merchant::change_merchant;
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
pub async fn authenticate(
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
    let Some(signed_with) = caller.has_signed(request, context.time.now()) else {
        return Err(AuthenticationError::SignatureInvalid);
    };
    if !caller.may_call_from(address) {
        return Err(AuthenticationError::IpNotAllowed);
    }
    // Only an accepted request says which keys the merchant's programs have: a key that leaked is used elsewhere.
    if caller.is_news(signed_with) {
        remember_new_keys(context, &caller).await;
    }
    Ok(caller)
}

/// Writes down that a merchant signs with its new keys, before its request is answered: then what we sign for it goes on so after a
/// restart, and whoever got an answer may count on it.
async fn remember_new_keys(context: &Context, caller: &Arc<Caller>) {
    let (tell, told) = oneshot::channel();
    let (background, caller) = (context.clone(), Arc::clone(caller));
    // A client who leaves between the commit and the directory changes nothing.
    context.tasks.spawn(async move {
        let change = MerchantChange::SignsWith(caller.sealed_keys());
        if let Err(error) = change_merchant(&background, caller.merchant_id, vec![change]).await {
            tracing::warn!(merchant_id = %caller.merchant_id, %error, "with which keys a merchant signs could not be written down");
            // It holds for this process, and is not tried with every request.
            caller.note_news();
        }
        // Whoever asked may be gone.
        let _ = tell.send(());
    });
    let _ = told.await;
}
