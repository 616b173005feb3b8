//! An order as an operator sees it.

use domain::attempt::{Attempt, AttemptState};
use domain::id::Mode;
use domain::order::{DeskReason, Order, OrderStatus};
use domain::product::ProductKind;
use serde::{Deserialize, Serialize};

use super::history::{CallbackShown, ExchangeShown, InquiryShown};

/// An order. Amounts are whole rupiah, times are WIB.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderShown {
    /// Its number.
    pub order_id: i64,
    /// Whose.
    pub merchant_id: String,
    /// The merchant's reference.
    pub ref_id: String,
    /// `production` or `testing`.
    pub mode: String,
    /// `postpaid`, `prepaid` or `game`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The product's code.
    pub code: String,
    /// The product's name when it was accepted.
    pub name: String,
    /// For which number.
    pub customer_no: String,
    /// `pending`, `success`, `failed` or `refunded`.
    pub status: String,
    /// The supplier's proof.
    pub sn: Option<String>,
    /// What the merchant is debited.
    pub amount: i64,
    /// What the supplier was expected to take.
    pub quoted_cost: i64,
    /// What it took.
    pub cost: Option<i64>,
    /// Why it waits for a decision.
    pub desk: Option<String>,
    /// When it was accepted.
    pub created_at: String,
    /// When it last changed.
    pub updated_at: String,
    /// When its money was returned after success.
    pub refunded_at: Option<String>,
    /// What a person last decided at the desk.
    pub decided: Option<String>,
    /// The inquiry that it pays; absent in lists, and for purchases.
    pub inquiry: Option<InquiryShown>,
    /// How it was sent; absent in lists.
    pub attempts: Option<Vec<AttemptShown>>,
    /// What was said about that, by attempt and number; absent in lists.
    pub exchanges: Option<Vec<ExchangeShown>>,
    /// What suppliers told unasked; absent in lists.
    pub callbacks: Option<Vec<CallbackShown>>,
}

/// One sending of an order to a supplier.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AttemptShown {
    /// 1 for the first.
    pub number: u16,
    /// To whom.
    pub supplier: String,
    /// The supplier's code for the product.
    pub sku: String,
    /// Our reference there.
    pub supplier_ref: String,
    /// `sending`, `unknown`, `not_received`, `succeeded` or `refused`.
    pub state: String,
    /// The supplier's last code, or the last fault.
    pub note: Option<String>,
    /// How often the supplier was asked.
    pub checks: u16,
    /// When it is to be asked next.
    pub check_at: Option<String>,
    /// When it was made.
    pub created_at: String,
}

impl OrderShown {
    /// An order without its history.
    pub fn of(order: &Order) -> Self {
        Self {
            order_id: order.order_id.0,
            merchant_id: order.key.merchant_id.to_string(),
            ref_id: order.key.ref_id.to_string(),
            mode: match order.key.mode {
                Mode::Production => "production",
                Mode::Testing => "testing",
            }
            .to_owned(),
            kind: match order.kind {
                ProductKind::Postpaid => "postpaid",
                ProductKind::Prepaid => "prepaid",
                ProductKind::Game => "game",
            }
            .to_owned(),
            code: order.product_code.to_string(),
            name: order.product_name.to_string(),
            customer_no: order.customer_no.to_string(),
            status: match order.status {
                OrderStatus::Pending => "pending",
                OrderStatus::Success => "success",
                OrderStatus::Failed => "failed",
                OrderStatus::Refunded => "refunded",
            }
            .to_owned(),
            sn: order.sn.as_ref().map(ToString::to_string),
            amount: order.amount.get(),
            quoted_cost: order.quoted_cost.get(),
            cost: order.cost.map(|cost| cost.amount.get()),
            desk: order.desk.map(|reason| desk(reason).to_owned()),
            created_at: order.created_at.wib().to_string(),
            updated_at: order.updated_at.wib().to_string(),
            refunded_at: order.refunded_at.map(|moment| moment.wib().to_string()),
            decided: order.decided.map(|reason| desk(reason).to_owned()),
            inquiry: None,
            attempts: None,
            exchanges: None,
            callbacks: None,
        }
    }
}

impl AttemptShown {
    /// Shows it.
    pub fn of(attempt: &Attempt) -> Self {
        Self {
            number: attempt.key.number,
            supplier: attempt.route.supplier.to_string(),
            sku: attempt.route.sku.to_string(),
            supplier_ref: attempt.supplier_ref.to_string(),
            state: match attempt.state {
                AttemptState::Sending => "sending",
                AttemptState::Unknown => "unknown",
                AttemptState::NotReceived => "not_received",
                AttemptState::Succeeded => "succeeded",
                AttemptState::Refused => "refused",
            }
            .to_owned(),
            note: attempt.note.as_ref().map(ToString::to_string),
            checks: attempt.checks,
            check_at: attempt.check_at.map(|moment| moment.wib().to_string()),
            created_at: attempt.created_at.wib().to_string(),
        }
    }
}

const fn desk(reason: DeskReason) -> &'static str {
    match reason {
        DeskReason::SuccessAfterFailure => "success_after_failure",
        DeskReason::FailureAfterSuccess => "failure_after_success",
        DeskReason::CostDiffers => "cost_differs",
        DeskReason::Unresolved => "unresolved",
    }
}
