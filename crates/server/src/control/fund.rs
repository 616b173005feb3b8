//! A deposit or an adjustment.

use app::{Context, FundMerchant, fund};
use domain::id::VoucherRef;
use domain::money::Rupiah;
use domain::voucher::VoucherKind;
use serde::{Deserialize, Serialize};

use super::merchant::find_merchant;
use super::progress::Progress;
use super::refused::Refused;
use super::request::Request;

/// Writes money into or out of a merchant's book.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fund {
    /// `merchant_id` or `api_id`.
    pub merchant: String,
    /// Which of the two.
    pub kind: FundKind,
    /// What the balance changes by, in whole rupiah.
    pub amount: i64,
    /// The operator's words.
    pub note: String,
    /// Its identity, so that it can be repeated; made if absent.
    pub reference: Option<String>,
}

/// Why money moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FundKind {
    /// The merchant paid in.
    Deposit,
    /// A correction, in either direction.
    Adjustment,
}

/// What stands in the book now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Funded {
    /// Whose book.
    pub merchant_id: String,
    /// Deposit or adjustment.
    pub kind: FundKind,
    /// Its identity.
    pub reference: String,
    /// What the balance changed by.
    pub amount: i64,
    /// The words with which it was first written.
    pub note: String,
    /// What may be spent now.
    pub balance: i64,
    /// When it was first written, in WIB.
    pub created_at: String,
    /// It was written before; nothing was changed now.
    pub repeated: bool,
}

impl Request for Fund {
    type Answer = Funded;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Funded, Refused> {
        let merchant = find_merchant(context, &self.merchant).await?;
        let amount = Rupiah::new(self.amount).ok_or_else(|| Refused::because("the amount is too large"))?;
        let reference = self.reference.as_deref().map(read_reference).transpose()?;
        let kind = match self.kind {
            FundKind::Deposit => VoucherKind::Deposit,
            FundKind::Adjustment => VoucherKind::Adjustment,
        };
        let merchant_id = merchant.merchant_id;
        let request = FundMerchant { merchant_id, kind, amount, note: self.note.into(), reference };
        let funded = fund(context, request).await?;
        Ok(Funded {
            merchant_id: merchant_id.to_string(),
            kind: self.kind,
            reference: funded.voucher.key.reference.to_string(),
            amount: funded.voucher.amount.get(),
            note: funded.voucher.note.to_string(),
            balance: funded.book.available.get(),
            created_at: funded.voucher.created_at.wib().to_string(),
            repeated: funded.is_repeat,
        })
    }
}

fn read_reference(text: &str) -> Result<VoucherRef, Refused> {
    VoucherRef::parse(text).ok_or_else(|| Refused::because("a reference has 1 to 64 printable characters"))
}
