//! An entry of the list of mutations: section 8 of the contract.

use domain::money::Rupiah;
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::{rupiah, wib};

/// One change of `balance`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mutation)]
pub struct MutationData<'a> {
    /// 1 for a merchant's first, without gaps.
    #[schema(example = 42)]
    pub id: i64,
    /// When, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:41:16")]
    pub created_at: Timestamp,
    /// `deposit`, `payment`, `release`, `reversal` or `adjustment`.
    #[schema(example = "payment", pattern = "^(deposit|payment|release|reversal|adjustment)$")]
    pub r#type: &'static str,
    /// The order's reference, if an order is what it was for.
    #[schema(required = true, example = "INQ-001")]
    pub ref_id: Option<&'a str>,
    /// By how much, in whole rupiah; below zero when it left.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = -25200)]
    pub amount: Rupiah,
    /// `balance` before.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = 100_000)]
    pub balance_before: Rupiah,
    /// `balance` afterwards.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = 74800)]
    pub balance_after: Rupiah,
    /// The operator's words for a deposit or an adjustment.
    #[schema(required = true)]
    pub note: Option<&'a str>,
}
