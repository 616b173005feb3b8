//! What it tells unasked: section 10 of the contract.

use domain::answer::Answer;
use domain::id::SupplierRef;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;

use crate::account::Account;
use crate::supplier::{CallbackFault, CallbackNews, CallbackRequest};
use crate::suppliers::isikuota::order_data::is_text;
use crate::wire::{Field, Unreadable};

/// Its name in lower case, as all names come.
const SIGNATURE_HEADER: &str = "x-signature";

/// What an event tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Event {
    Success,
    Pending,
    Failed,
    Refunded,
}

/// Every event of section 10, the status that comes with it, and what it tells.
const EVENTS: [(&str, &str, Event); 5] = [
    ("order.success", "Success", Event::Success),
    ("order.sn_received", "Success", Event::Success),
    ("order.pending", "Pending", Event::Pending),
    ("order.failed", "Failed", Event::Failed),
    ("order.refunded", "Failed", Event::Refunded),
];

#[derive(Deserialize)]
struct Notice {
    #[serde(default)]
    event: Field,
    data: NoticeData,
}

#[derive(Deserialize)]
struct NoticeData {
    #[serde(default)]
    ref_id: Field,
    #[serde(default)]
    status: Field,
    #[serde(default)]
    price: Field,
    #[serde(default)]
    sn: Field,
    /// Only a bill has it.
    #[serde(default)]
    tagihan: Field,
    #[serde(default)]
    testing: Field,
}

/// Reads a callback. It is signed over every byte, so what it says can be relied on.
pub fn read(request: &CallbackRequest<'_>, account: &Account) -> Result<CallbackNews, CallbackFault> {
    check_signature(request, account.secret.reveal())?;
    let notice: Notice = serde_json::from_slice(request.body).map_err(|_| CallbackFault::Unreadable)?;
    let data = &notice.data;
    let ref_id = data.ref_id.text().ok().flatten();
    let Some(supplier_ref) = ref_id.as_deref().and_then(SupplierRef::parse) else {
        // Of an order that another program made with our keys.
        return Ok(CallbackNews::Nothing);
    };
    // A rehearsal says nothing of an order that isn't one.
    let is_testing = data.testing.flag().map_err(|Unreadable| CallbackFault::Unreadable)?.unwrap_or_default();
    if is_testing && !account.is_testing {
        return Ok(CallbackNews::Nothing);
    }
    Ok(match answer(&notice) {
        Some(answer) => CallbackNews::Says { supplier_ref, answer },
        None => CallbackNews::AskAbout(supplier_ref),
    })
}

/// The constant-time compare is the library's.
fn check_signature(request: &CallbackRequest<'_>, secret: &str) -> Result<(), CallbackFault> {
    if secret.is_empty() {
        return Err(CallbackFault::NotExpected);
    }
    let told = request.header(SIGNATURE_HEADER).and_then(|told| hex::decode(told).ok()).ok_or(CallbackFault::Forged)?;
    // HMAC takes keys of all lengths.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| CallbackFault::NotExpected)?;
    mac.update(request.body);
    mac.verify_slice(&told).map_err(|_| CallbackFault::Forged)
}

/// `None` if the event is unknown, or something in it contradicts it.
fn answer(notice: &Notice) -> Option<Answer> {
    let Notice { event, data } = notice;
    let (name, status, event) = EVENTS.iter().find(|(name, ..)| is_text(event, name))?;
    if !is_text(&data.status, status) {
        return None;
    }
    Some(match event {
        Event::Success => Answer::Confirmed {
            // Empty means here that there is none yet.
            sn: data.sn.text().ok()?.map(Into::into),
            // For a bill it is what was debited, which no other answer states: then none shall.
            cost: if data.tagihan.is_given() { None } else { data.price.rupiah().ok()? },
            desc: None,
            ask_again: false,
        },
        Event::Pending => Answer::Unknown { why: "pending".into() },
        Event::Failed => Answer::Refused { code: (*name).into(), nothing_created: false },
        Event::Refunded => Answer::Refunded { code: (*name).into() },
    })
}
