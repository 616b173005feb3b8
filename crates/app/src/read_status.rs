//! What became of a reference.

use domain::id::{Mode, RefId, RefKey};
use domain::inquiry::Inquiry;
use domain::order::Order;
use domain::product::ProductKind;
use domain::refusal::{Fault, Refusal};

use crate::context::Context;
use crate::directory::Caller;
use crate::error::CallError;

/// What stands under a reference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Status {
    /// An inquiry that may still be paid.
    Inquiry(Box<Inquiry>),
    /// A bill's payment, with its inquiry.
    Payment(Box<(Order, Inquiry)>),
    /// A prepaid or game order.
    Purchase(Box<Order>),
}

/// Answers with the order, or the inquiry while it is alive.
pub async fn read_status(context: &Context, caller: &Caller, mode: Mode, ref_id: RefId) -> Result<Status, CallError> {
    let key = RefKey { merchant_id: caller.merchant_id, mode, ref_id };
    let (order, inquiry) = context.read(move |snapshot| Ok((snapshot.order(&key)?, snapshot.inquiry(&key)?))).await?;
    match (order, inquiry) {
        (Some(order), Some(inquiry)) => Ok(Status::Payment(Box::new((order, inquiry)))),
        (Some(order), None) if order.kind == ProductKind::Postpaid => {
            Err(Fault::Inconsistent("a bill's order without its inquiry").into())
        }
        (Some(order), None) => Ok(Status::Purchase(Box::new(order))),
        (None, Some(inquiry)) if inquiry.is_alive(context.time.now()) => Ok(Status::Inquiry(Box::new(inquiry))),
        (None, Some(_)) => Err(Refusal::InquiryExpired.into()),
        (None, None) => Err(CallError::OrderNotFound),
    }
}
