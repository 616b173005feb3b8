//! What IAK tells of purchases. Of bills it tells nothing.
//!
//! Its signature is `md5(username + api_key + ref_id)`: it covers the reference alone, and it is the same that we send with every top-up.
//! Whoever has seen one request can sign anything about that order. So nothing is read but which order it is about, whatever code and
//! status it states: it makes us ask.

use domain::id::SupplierRef;
use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::supplier::{CallbackFault, CallbackNews, CallbackRequest};
use crate::suppliers::iak::answer::read;
use crate::suppliers::iak::connection::Connection;
use crate::wire::Field;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Callback {
    ref_id: Field,
    sign: Field,
}

/// Which order to ask about.
pub fn meaning(connection: &Connection, request: &CallbackRequest<'_>) -> Result<CallbackNews, CallbackFault> {
    if !connection.has_key() {
        return Err(CallbackFault::NotExpected);
    }
    let body = std::str::from_utf8(request.body).map_err(|_| CallbackFault::Unreadable)?;
    let callback: Callback = read(body).map_err(|_| CallbackFault::Unreadable)?;
    let ref_id = callback.ref_id.text().ok().flatten().ok_or(CallbackFault::Unreadable)?;
    let sign = callback.sign.text().ok().flatten().ok_or(CallbackFault::Forged)?;
    let expected = connection.sign(&ref_id);
    if !bool::from(expected.as_bytes().ct_eq(sign.to_ascii_lowercase().as_bytes())) {
        return Err(CallbackFault::Forged);
    }
    // Another program may use the same account, with references that can't be ours.
    Ok(SupplierRef::parse(&ref_id).map_or(CallbackNews::Nothing, CallbackNews::AskAbout))
}
