//! An entry of the list of mutations: section 8 of the contract.

use domain::ledger::{Account, Slot};
use domain::money::Rupiah;
use domain::time::Timestamp;
use serde::Serialize;
use store::MutationEntry;
use utoipa::ToSchema;

use super::wire::{rupiah, wib};

/// One change of `balance`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mutation)]
pub struct MutationData<'a> {
    /// 1 for a merchant's first, without gaps.
    #[schema(example = 42)]
    id: i64,
    /// When, WIB.
    #[serde(serialize_with = "wib")]
    #[schema(value_type = String, example = "2026-05-31 10:41:16")]
    created_at: Timestamp,
    /// `deposit`, `payment`, `release`, `reversal` or `adjustment`.
    #[schema(example = "payment", pattern = "^(deposit|payment|release|reversal|adjustment)$")]
    r#type: &'static str,
    /// The order's reference, or the deposit's.
    #[schema(example = "INQ-001")]
    ref_id: &'a str,
    /// By how much, in whole rupiah; below zero when it left.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = -25200)]
    amount: Rupiah,
    /// `balance` before.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = 100_000)]
    balance_before: Rupiah,
    /// `balance` afterwards.
    #[serde(serialize_with = "rupiah")]
    #[schema(value_type = i64, example = 74800)]
    balance_after: Rupiah,
    /// The operator's words for a deposit or an adjustment.
    #[schema(required = true)]
    note: Option<&'a str>,
}

impl<'a> MutationData<'a> {
    /// An entry as the merchant sees it. `None` if its transfer left no trace in the list: a broken row.
    pub fn of(entry: &'a MutationEntry) -> Option<Self> {
        let transfer = &entry.transfer;
        let mutation = transfer.mutation.as_ref()?;
        let amount = transfer.change_of(Account::Available);
        Some(Self {
            id: mutation.number,
            created_at: transfer.created_at,
            r#type: match transfer.slot {
                Slot::Hold => "payment",
                Slot::Settle => "release",
                Slot::Reverse | Slot::Bear => "reversal",
                Slot::Voucher if entry.is_deposit == Some(true) => "deposit",
                Slot::Voucher => "adjustment",
            },
            ref_id: &entry.reference,
            amount,
            balance_before: mutation.balance_after.minus(amount).ok()?,
            balance_after: mutation.balance_after,
            note: Some(&*entry.note).filter(|note| !note.is_empty()),
        })
    }
}
