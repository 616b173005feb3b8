//! The answer to an inquiry: section 4 of the contract.

use domain::inquiry::Inquiry;
use domain::money::Rupiah;
use domain::time::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::desc;
use super::wire::{rupiah, wib};
use crate::http::codes::Code;
use crate::http::problem::Problem;

/// A bill that was found, and may be paid until `expired_at`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Inquiry)]
pub struct InquiryData<'a> {
    /// The inquiry's reference: the merchant's own, or one made by the server.
    #[schema(example = "INQ-001")]
    ref_id: &'a str,
    /// Always `success`: a failed inquiry stores nothing.
    #[schema(example = "success")]
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
    /// The bill's details; their shape depends on the product.
    #[schema(value_type = Object)]
    desc: &'a RawValue,
    /// When it was found, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:40:02")]
    created_at: Timestamp,
    /// Until when it may be paid, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:45:02")]
    expired_at: Timestamp,
}

impl<'a> InquiryData<'a> {
    /// An inquiry as the merchant sees it.
    pub fn of(inquiry: &'a Inquiry) -> Result<Self, Problem> {
        let quote = &inquiry.quote;
        Ok(Self {
            ref_id: inquiry.key.ref_id.as_str(),
            status: "success",
            customer_no: inquiry.customer_no.as_str(),
            customer_name: &quote.customer_name,
            code: inquiry.product_code.as_str(),
            tagihan: quote.tagihan,
            admin: quote.admin,
            total: quote.total().map_err(|_| Problem::new(Code::InternalError))?,
            desc: desc::stored(&quote.desc)?,
            created_at: inquiry.opened_at,
            expired_at: inquiry.expires_at,
        })
    }
}
