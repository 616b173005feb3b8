//! The body of a webhook about an order: section 10 of the contract.

use std::sync::Arc;

use super::EventKind;
use super::members::{put_member, put_number, put_string};
use crate::id::Mode;
use crate::inquiry::Inquiry;
use crate::order::{Order, OrderStatus};
use crate::refusal::Fault;
use crate::time::Timestamp;

/// What a receiver is told of an order.
#[derive(Clone, Copy, Debug)]
pub struct EventBody<'a> {
    /// What happened.
    pub kind: EventKind,
    /// To which order, as it is after that.
    pub order: &'a Order,
    /// The inquiry that it pays; `None` for purchases.
    pub inquiry: Option<&'a Inquiry>,
    /// When.
    pub now: Timestamp,
}

impl EventBody<'_> {
    /// The bytes: compact JSON, its members in the published order.
    pub fn bytes(&self) -> Result<Arc<[u8]>, Fault> {
        let Self { kind, order, .. } = self;
        let mut text = String::with_capacity(640);
        text.push_str("{\"event\":");
        put_string(&mut text, kind.name());
        put_member(&mut text, "timestamp", &self.now.wib().rfc3339());
        text.push_str(",\"data\":{\"order_id\":");
        text.push_str(&order.order_id.to_string());
        put_member(&mut text, "ref_id", order.key.ref_id.as_str());
        put_member(&mut text, "status", status_name(order.status));
        put_member(&mut text, "product_code", order.product_code.as_str());
        put_member(&mut text, "product_name", &order.product_name);
        put_member(&mut text, "customer_number", order.customer_no.as_str());
        put_number(&mut text, "price", order.amount.get());
        put_member(&mut text, "sn", order.sn.as_deref().unwrap_or_default());
        put_member(&mut text, "message", kind.message());
        put_member(&mut text, "created_at", &order.created_at.wib().rfc3339());
        put_member(&mut text, "updated_at", &order.updated_at.wib().rfc3339());
        if let Some(inquiry) = self.inquiry {
            put_bill(&mut text, order, inquiry)?;
        }
        if order.key.mode == Mode::Testing {
            text.push_str(",\"testing\":true");
        }
        text.push_str("}}");
        Ok(text.into_bytes().into())
    }
}

fn put_bill(text: &mut String, order: &Order, inquiry: &Inquiry) -> Result<(), Fault> {
    let quote = &inquiry.quote;
    put_member(text, "customer_name", &quote.customer_name);
    put_number(text, "tagihan", quote.tagihan.get());
    put_number(text, "admin", quote.admin.get());
    put_number(text, "total", quote.total()?.get());
    // It is JSON already, in the public shape.
    text.push_str(",\"desc\":");
    text.push_str(order.desc.as_ref().unwrap_or(&quote.desc));
    Ok(())
}

/// Capitalised, unlike the API's own.
const fn status_name(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Pending => "Pending",
        OrderStatus::Success => "Success",
        OrderStatus::Failed | OrderStatus::Refunded => "Failed",
    }
}
