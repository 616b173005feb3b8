//! What a delivery looks like on the wire: section 10 of the contract, and the Standard Webhooks specification beside it.

use std::sync::Arc;

use bytes::Bytes;
use domain::event::Event;
use domain::signature::webhook::webhook_signature;
use domain::time::Timestamp;
use zeroize::Zeroizing;

use crate::address_book::Address;
use crate::couriers::Letter;
use crate::directory::Caller;

/// The letter that brings an event to an address at this moment.
pub fn write(event: &Event, address: &Address, merchant: &Caller, now: Timestamp) -> Letter {
    let id = event.webhook_id();
    let seconds = now.seconds();
    let signature = webhook_signature(address.secrets(now), &id, seconds, &event.body);
    let ours = [
        ("x-type-transaction", "ppob".to_owned()),
        ("x-signature", merchant.sign_webhook(&event.body, now)),
        ("webhook-id", id),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signature),
    ];
    let ours = ours.into_iter().map(|(name, value)| (Arc::from(name), Zeroizing::new(value)));
    Letter {
        url: Arc::clone(&address.endpoint.url),
        headers: ours.chain(address.headers.iter().cloned()).collect(),
        body: Bytes::from_owner(Arc::clone(&event.body)),
    }
}
