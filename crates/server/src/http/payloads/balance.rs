//! A balance: section 7 of the contract.

use domain::money::Rupiah;
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::{rupiah, wib};

/// What a merchant may spend.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Balance)]
pub struct BalanceData<'a> {
    /// The merchant's name.
    #[schema(example = "John Doe")]
    pub name: &'a str,
    /// What may be spent, in whole rupiah. Below zero only within a credit limit.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = 25490)]
    pub balance: Rupiah,
    /// Always `IDR`.
    #[schema(example = "IDR")]
    pub currency: &'static str,
    /// When this was so, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:21:58")]
    pub checked_at: Timestamp,
    /// What pending orders hold; not in `balance`.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = 0)]
    pub held: Rupiah,
}
