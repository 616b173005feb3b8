//! A made-up event: that of the contract, for a receiver to try itself out on.

use std::sync::Arc;

use super::{DisabledBody, EventBody, EventKind};
use crate::duplicate::DuplicateKey;
use crate::endpoint::{Endpoint, EndpointState, Outage};
use crate::id::{CustomerNo, EndpointId, MerchantId, Mode, OrderId, ProductCode, RefId, RefKey};
use crate::merchant::Sealed;
use crate::money::Rupiah;
use crate::order::{Claim, Order, OrderStatus};
use crate::product::ProductKind;
use crate::time::Timestamp;

/// The body of an event about a testing order, or an endpoint, that there never was.
pub fn test_body(kind: EventKind, order_id: OrderId, now: Timestamp) -> Arc<[u8]> {
    let of_order = |status| {
        let order = order(kind, status, order_id, now)?;
        EventBody { kind, order: &order, inquiry: None, now }.bytes().ok()
    };
    let built = match kind {
        EventKind::Success | EventKind::SnReceived => of_order(OrderStatus::Success),
        EventKind::Failed => of_order(OrderStatus::Failed),
        EventKind::Pending => of_order(OrderStatus::Pending),
        EventKind::Refunded => of_order(OrderStatus::Refunded),
        EventKind::WebhookDisabled => Some(disabled(order_id, now)),
    };
    // The sample keeps every rule of its parts; the test below builds each kind.
    built.unwrap_or_default()
}

fn disabled(order_id: OrderId, now: Timestamp) -> Arc<[u8]> {
    let url = "https://toko.example.com/webhook".into();
    let endpoint = Endpoint {
        state: EndpointState::Failing,
        outage: Some(Outage::begin(now)),
        ..Endpoint::new(EndpointId(order_id.0), url, Sealed(Arc::default()), now)
    };
    DisabledBody { endpoint: &endpoint, http_status: Some(503), mode: Mode::Testing, now }.bytes()
}

fn order(kind: EventKind, status: OrderStatus, order_id: OrderId, now: Timestamp) -> Option<Order> {
    let merchant_id = MerchantId(0);
    let product_code = ProductCode::parse("TSEL10")?;
    let customer_no = CustomerNo::parse("081234567890")?;
    let has_sn = matches!(kind, EventKind::Success | EventKind::SnReceived);
    Some(Order {
        key: RefKey { merchant_id, mode: Mode::Testing, ref_id: RefId::parse(&format!("TEST-{order_id}"))? },
        order_id,
        kind: ProductKind::Prepaid,
        product_code: product_code.clone(),
        product_name: "Telkomsel 10.000".into(),
        claim: Claim::Purchase(DuplicateKey {
            merchant_id,
            mode: Mode::Testing,
            product_code,
            number: customer_no.normalised(true),
        }),
        customer_no,
        amount: Rupiah::new(11_500)?,
        quoted_cost: Rupiah::new(10_850)?,
        cost: None,
        status,
        sn: has_sn.then(|| "1234567890123456".into()),
        desc: None,
        attempts: 1,
        desk: None,
        decided: None,
        is_borne: false,
        created_at: now,
        updated_at: now,
        refunded_at: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_sample() {
        let now = Timestamp::parse_wib("2025-01-15 14:30:00").unwrap();
        for kind in EventKind::ALL {
            let body = test_body(kind, OrderId(7), now);
            let text = str::from_utf8(&body).unwrap();
            assert!(
                text.starts_with(&format!(r#"{{"event":"{kind}","timestamp":"2025-01-15T14:30:00+07:00","#)),
                "{text}"
            );
            assert!(text.ends_with(r#","testing":true}}"#), "{text}");
        }
    }
}
