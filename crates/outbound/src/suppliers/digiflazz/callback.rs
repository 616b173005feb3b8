//! What Digiflazz's webhook says.

use domain::id::SupplierRef;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha1::Sha1;

use crate::account::Secret;
use crate::supplier::{CallbackFault, CallbackNews, CallbackRequest};
use crate::suppliers::digiflazz::code::Call;
use crate::suppliers::digiflazz::order;
use crate::suppliers::digiflazz::transaction::Transaction;
use crate::wire::Field;

/// The signature's header: `sha1=` and HMAC-SHA1 of the body in hex.
const SIGNATURE: &str = "x-hub-signature";

/// What is sent to see whether anybody is there. Its `hook` shows the secret: never log it.
#[derive(Deserialize)]
struct Ping {
    #[serde(default)]
    hook_id: Field,
}

/// Believes what is signed. Nothing else is: not the headers that name the event or the program.
pub fn read(request: &CallbackRequest<'_>, secret: &Secret) -> Result<CallbackNews, CallbackFault> {
    if secret.is_empty() {
        return Err(CallbackFault::NotExpected);
    }
    if !is_signed(request, secret) {
        return Err(CallbackFault::Forged);
    }
    if let Ok(transaction) = Transaction::read(request.body) {
        return news(&transaction);
    }
    match serde_json::from_slice::<Ping>(request.body) {
        Ok(ping) if ping.hook_id.is_given() => Ok(CallbackNews::Nothing),
        _ => Err(CallbackFault::Unreadable),
    }
}

fn news(transaction: &Transaction) -> Result<CallbackNews, CallbackFault> {
    let Ok(Some(ref_id)) = transaction.ref_id.text() else {
        return Err(CallbackFault::Unreadable);
    };
    // Another program may use the same account, with references that can't be ours.
    let Some(supplier_ref) = SupplierRef::parse(&ref_id) else {
        return Ok(CallbackNews::Nothing);
    };
    let answer = order::read(Call::Callback, transaction.is_of_bill(), transaction);
    Ok(CallbackNews::Says { supplier_ref, answer })
}

/// Compares in constant time.
fn is_signed(request: &CallbackRequest<'_>, secret: &Secret) -> bool {
    let claimed = request.header(SIGNATURE).and_then(|value| value.strip_prefix("sha1="));
    let Some(claimed) = claimed.and_then(|digits| hex::decode(digits).ok()) else {
        return false;
    };
    Hmac::<Sha1>::new_from_slice(secret.reveal().as_bytes())
        .is_ok_and(|mac| mac.chain_update(request.body).verify_slice(&claimed).is_ok())
}
