//! The state of a prepaid or game order: section 6 of the contract.

use domain::money::Rupiah;
use domain::order::{Order, OrderStatus};
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::{rupiah, wib, wib_or_null};

/// A prepaid or game order as it stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Purchase)]
pub struct PurchaseData<'a> {
    /// The merchant's own reference, or one made by the server.
    #[schema(example = "TRX12345asdxxx")]
    ref_id: &'a str,
    /// `Success`, `Pending` or `Failed`; capitalised, other than for bills.
    #[schema(example = "Success", pattern = "^(Success|Pending|Failed)$")]
    status: &'static str,
    /// The customer number as it was sent.
    #[schema(example = "08123456789")]
    customer_no: &'a str,
    /// The product code.
    #[schema(example = "TSEL21")]
    code: &'a str,
    /// The product's name.
    #[schema(example = "Telkomsel 21.000")]
    name: &'a str,
    /// What it costs this merchant, in whole rupiah.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = 21425)]
    price: Rupiah,
    /// The proof, a voucher or a token; `null` while there is none.
    #[schema(required = true, example = "1234-5678-9012-3456")]
    sn: Option<&'a str>,
    /// When the order was accepted, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 12:36:46")]
    created_at: Timestamp,
    /// When the money was returned; only there if the order was reversed after success.
    #[serde(serialize_with = "wib_or_null", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, required = false, nullable = false)]
    refunded_at: Option<Timestamp>,
}

impl<'a> PurchaseData<'a> {
    /// An order as the merchant sees it.
    pub fn of(order: &'a Order) -> Self {
        Self {
            ref_id: order.key.ref_id.as_str(),
            status: match order.status {
                OrderStatus::Pending => "Pending",
                OrderStatus::Success => "Success",
                OrderStatus::Failed | OrderStatus::Refunded => "Failed",
            },
            customer_no: order.customer_no.as_str(),
            code: order.product_code.as_str(),
            name: &order.product_name,
            price: order.amount,
            sn: order.sn.as_deref(),
            created_at: order.created_at,
            refunded_at: order.refunded_at,
        }
    }
}
