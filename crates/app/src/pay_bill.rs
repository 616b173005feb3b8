//! The payment of an inquired bill. The same request again is the status check, and never pays again.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::attempt::Attempt;
use domain::command::{AcceptPayment, Outcome, Payment};
use domain::id::{CustomerNo, Mode, OrderId, ProductCode, RefId, RefKey};
use domain::inquiry::Inquiry;
use domain::money::Rupiah;
use domain::order::{Order, OrderStatus};
use domain::product::{Product, ProductKind};
use domain::refusal::{ProductRefusal, Refusal};
use futures_util::FutureExt;
use outbound::{BillQuestion, Question};

use crate::check_bill::{ask_supplier, bill_key};
use crate::context::Context;
use crate::directory::Caller;
use crate::engine::AskError;
use crate::error::CallError;
use crate::flights::Ticket;
use crate::routing::{payable, why_closed};
use crate::send::{self, deadlines};
use crate::tasks::Kept;

/// What a merchant asks.
#[derive(Clone, Debug)]
pub struct PayBill {
    /// In which mode.
    pub mode: Mode,
    /// Under which reference: the inquiry's.
    pub ref_id: RefId,
    /// For which product: the inquiry's.
    pub product_code: ProductCode,
    /// For which number: the inquiry's.
    pub customer_no: CustomerNo,
}

/// Answers with the order, as it is once the supplier has answered or the time for waiting is over.
pub async fn pay_bill(context: &Context, caller: &Caller, request: PayBill) -> Result<(Order, Inquiry), CallError> {
    let key = RefKey { merchant_id: caller.merchant_id, mode: request.mode, ref_id: request.ref_id.clone() };
    let ticket = context.flights.join(&key);
    let mut requoted = None;
    loop {
        let (payment, sending) = accept(context, caller, &request, &key, &ticket, requoted).await?;
        match payment {
            Payment::Accepted(order, _, inquiry) | Payment::Existing(order, inquiry) => {
                return Ok((landed(context, &ticket, order, sending).await, inquiry));
            }
            Payment::MustRequote(inquiry) => requoted = Some(requote(context, &inquiry).await?),
        }
    }
}

async fn accept(
    context: &Context,
    caller: &Caller,
    request: &PayBill,
    key: &RefKey,
    ticket: &Ticket,
    requoted: Option<Rupiah>,
) -> Result<(Payment, Kept), CallError> {
    let now = context.time.now();
    let product = context.catalogue.find(&request.product_code).filter(|product| product.kind == ProductKind::Postpaid);
    let mut payable = match &product {
        Some(product) => payable(context, product, request.mode, &request.customer_no),
        None => BTreeMap::new(),
    };
    let command = AcceptPayment {
        key: key.clone(),
        order_id: OrderId(context.number()?),
        product_code: request.product_code.clone(),
        customer_no: request.customer_no.clone(),
        bill: product
            .as_deref()
            .map(|product| bill_key(product, caller.merchant_id, request.mode, &request.customer_no)),
        product: offered(context, request, product.as_deref(), !payable.is_empty()),
        payable: payable.keys().cloned().collect(),
        requoted,
        deadlines: deadlines(context, now),
    };
    let permit_for = move |attempt: &Attempt| payable.remove(&attempt.route.supplier);
    match send::accept(context, ticket, command, sendable, permit_for).await {
        Err(AskError::Refused(Refusal::InquiryNotFound)) => Err(why_unknown(context, key).await?),
        answered => Ok(answered?),
    }
}

/// What is to be sent, if the payment was accepted.
fn sendable(outcome: &Outcome) -> Option<(Order, Attempt)> {
    match outcome {
        Outcome::AcceptPayment(payment) => match &**payment {
            Payment::Accepted(order, attempt, _) => Some((order.clone(), attempt.clone())),
            Payment::Existing(..) | Payment::MustRequote(_) => None,
        },
        _ => None,
    }
}

/// The product's name, or why it can't be paid now.
fn offered(
    context: &Context,
    request: &PayBill,
    product: Option<&Product>,
    is_payable: bool,
) -> Result<Arc<str>, ProductRefusal> {
    let product = product.ok_or(ProductRefusal::NotFound)?;
    product.check_open(context.time.now())?;
    if is_payable { Ok(product.name.clone()) } else { Err(why_closed(context, product, request.mode)) }
}

/// A reference that is known only in the other mode is a mismatch, not unknown.
async fn why_unknown(context: &Context, key: &RefKey) -> Result<CallError, CallError> {
    let other = RefKey { mode: key.mode.other(), ..key.clone() };
    let is_known = context
        .read(move |snapshot| Ok(snapshot.inquiry(&other)?.is_some() || snapshot.order(&other)?.is_some()))
        .await?;
    Ok(CallError::Refused(if is_known { Refusal::InquiryMismatch } else { Refusal::InquiryNotFound }))
}

async fn requote(context: &Context, inquiry: &Inquiry) -> Result<Rupiah, CallError> {
    let question = BillQuestion {
        question: Question::Again,
        sku: inquiry.quote.route.sku.clone(),
        customer_no: inquiry.customer_no.clone(),
        supplier_ref: inquiry.quote.supplier_ref.clone(),
    };
    let channel = context.suppliers.find(&inquiry.quote.route.supplier).ok_or(CallError::SupplierUnavailable)?;
    match ask_supplier(context, &channel, &question).await {
        Ok((quote, _)) => Ok(quote.tagihan),
        // Nothing was created. A payment has no codes for a bill that can't be asked about, or is no longer there.
        Err(CallError::SupplierTimeout) => Err(CallError::SupplierUnavailable),
        Err(CallError::BillNotFound | CallError::CustomerNoInvalid) => Err(Refusal::BillChanged.into()),
        Err(error) => Err(error),
    }
}

/// The order as it lands, or as it is when the time for waiting is over: then its sending goes on alone.
pub async fn landed(context: &Context, ticket: &Ticket, order: Order, sending: Kept) -> Order {
    if order.status != OrderStatus::Pending {
        return order;
    }
    // What isn't sent from here is over at once.
    let landing = sending.then(|()| ticket.landed());
    context.time.limit(context.policy.answer_within, landing).await.flatten().unwrap_or(order)
}
