//! A deposit or an adjustment, said by a person.

use std::sync::Arc;

use domain::command::{Fund, Funded};
use domain::id::{CauseId, MerchantId, VoucherRef};
use domain::money::Rupiah;
use domain::voucher::{VoucherKey, VoucherKind};

use crate::context::Context;
use crate::error::CallError;

/// What is to be written.
#[derive(Clone, Debug)]
pub struct FundMerchant {
    /// In whose book.
    pub merchant_id: MerchantId,
    /// Deposit or adjustment.
    pub kind: VoucherKind,
    /// What `available` changes by.
    pub amount: Rupiah,
    /// The person's words.
    pub note: Arc<str>,
    /// The person's identity for it, so that it can be repeated; made if absent, and then it can't.
    pub reference: Option<VoucherRef>,
}

/// Writes it, once for each reference.
pub async fn fund(context: &Context, request: FundMerchant) -> Result<Funded, CallError> {
    let made = || VoucherRef::parse(&format!("V-{}", context.ids.text::<20>()));
    let reference = request.reference.or_else(made).ok_or(CallError::Internal)?;
    let command = Fund {
        key: VoucherKey { merchant_id: request.merchant_id, reference },
        cause_id: CauseId(context.number()?),
        kind: request.kind,
        amount: request.amount,
        note: request.note,
    };
    Ok(context.engine.ask(command).await?)
}
