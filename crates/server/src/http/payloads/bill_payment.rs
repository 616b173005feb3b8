//! The state of a bill payment: section 5 of the contract.

use domain::inquiry::Inquiry;
use domain::money::Rupiah;
use domain::order::{Order, OrderStatus};
use domain::time::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::desc;
use super::wire::{rupiah, wib, wib_or_null};
use crate::http::codes::Code;
use crate::http::problem::Problem;

/// A bill payment as it stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BillPayment)]
pub struct BillPaymentData<'a> {
    /// The inquiry's reference, and so the payment's.
    #[schema(example = "INQ-001")]
    ref_id: &'a str,
    /// `success`, `pending` or `failed`.
    #[schema(example = "success", pattern = "^(success|pending|failed)$")]
    status: &'static str,
    /// The customer number as it was sent.
    #[schema(example = "1234567890")]
    customer_no: &'a str,
    /// Whose bill it is.
    #[schema(example = "Demo Member")]
    customer_name: &'a str,
    /// The product code.
    #[schema(example = "MPBPJS")]
    code: &'a str,
    /// The bill before admin, in whole rupiah.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = 22500)]
    tagihan: Rupiah,
    /// What the customer pays on top.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = 2700)]
    admin: Rupiah,
    /// `tagihan` and `admin` together.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = 25200)]
    total: Rupiah,
    /// The proof of payment; `null` while there is none.
    #[schema(required = true, example = "S1234554321N")]
    sn: Option<&'a str>,
    /// The bill's details; their shape depends on the product.
    #[schema(value_type = Object)]
    desc: &'a RawValue,
    /// When the payment was accepted, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:41:16")]
    created_at: Timestamp,
    /// When the money was returned; only there if the payment was reversed after success.
    #[serde(serialize_with = "wib_or_null", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, required = false, nullable = false)]
    refunded_at: Option<Timestamp>,
}

impl<'a> BillPaymentData<'a> {
    /// A payment as the merchant sees it, with the inquiry that it pays.
    pub fn of(order: &'a Order, inquiry: &'a Inquiry) -> Result<Self, Problem> {
        let quote = &inquiry.quote;
        Ok(Self {
            ref_id: order.key.ref_id.as_str(),
            status: match order.status {
                OrderStatus::Pending => "pending",
                OrderStatus::Success => "success",
                OrderStatus::Failed | OrderStatus::Refunded => "failed",
            },
            customer_no: order.customer_no.as_str(),
            customer_name: &quote.customer_name,
            code: order.product_code.as_str(),
            tagihan: quote.tagihan,
            admin: quote.admin,
            total: quote.total().map_err(|_| Problem::new(Code::InternalError))?,
            sn: order.sn.as_deref(),
            desc: desc::stored(order.desc.as_ref().unwrap_or(&quote.desc))?,
            created_at: order.created_at,
            refunded_at: order.refunded_at,
        })
    }
}
