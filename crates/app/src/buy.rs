//! A prepaid or game order. The same request again is the status check, and never buys again.

use domain::attempt::Attempt;
use domain::command::{AcceptPurchase, Offer, Outcome, Purchase};
use domain::id::{CustomerNo, Mode, OrderId, ProductCode, RefId, RefKey};
use domain::money::Rupiah;
use domain::order::Order;
use domain::product::ProductKind;
use domain::refusal::ProductRefusal;

use crate::channel::Permit;
use crate::context::Context;
use crate::directory::Caller;
use crate::error::CallError;
use crate::pay_bill::landed;
use crate::routing::first_way;
use crate::send::{accept, deadlines};

/// What a merchant asks.
#[derive(Clone, Debug)]
pub struct Buy {
    /// Prepaid or game.
    pub kind: ProductKind,
    /// In which mode.
    pub mode: Mode,
    /// Under which reference; derived from `signature` if there is none.
    pub ref_id: Option<RefId>,
    /// The request's signature, so that the very same request twice is one order.
    pub signature: String,
    /// Which product.
    pub product_code: ProductCode,
    /// For which number.
    pub customer_no: CustomerNo,
    /// No more than this.
    pub max_price: Option<Rupiah>,
    /// Although it looks like a duplicate.
    pub allow_duplicate: bool,
}

/// Answers with the order, as it is once the supplier has answered or the time for waiting is over.
pub async fn buy(context: &Context, caller: &Caller, request: Buy) -> Result<Order, CallError> {
    let ref_id = match &request.ref_id {
        Some(ref_id) => ref_id.clone(),
        None => derived_ref_id(&request.signature).ok_or(CallError::Internal)?,
    };
    let key = RefKey { merchant_id: caller.merchant_id, mode: request.mode, ref_id };
    let ticket = context.flights.join(&key);
    let now = context.time.now();
    let (offer, permit) = match offer(context, caller, &request) {
        Ok((offer, permit)) => (Ok(offer), Some(permit)),
        Err(refusal) => (Err(refusal), None),
    };
    let command = AcceptPurchase {
        key,
        order_id: OrderId(context.number()?),
        kind: request.kind,
        offer,
        product_code: request.product_code,
        customer_no: request.customer_no,
        max_price: request.max_price,
        allow_duplicate: request.allow_duplicate,
        deadlines: deadlines(context, now),
    };
    let (purchase, sending) = accept(context, &ticket, command, sendable, move |_| permit).await?;
    let (Purchase::Accepted(order, _) | Purchase::Existing(order)) = purchase;
    Ok(landed(context, &ticket, order, sending).await)
}

/// What is to be sent, if the purchase was accepted.
fn sendable(outcome: &Outcome) -> Option<(Order, Attempt)> {
    match outcome {
        Outcome::AcceptPurchase(purchase) => match &**purchase {
            Purchase::Accepted(order, attempt) => Some((order.clone(), attempt.clone())),
            Purchase::Existing(_) => None,
        },
        _ => None,
    }
}

/// 32 hexadecimal digits of the signature: 128 bits that only the merchant could have made.
fn derived_ref_id(signature: &str) -> Option<RefId> {
    RefId::parse(&format!("SIG-{}", signature.get(..32)?))
}

fn offer(context: &Context, caller: &Caller, request: &Buy) -> Result<(Offer, Permit), ProductRefusal> {
    let product = context.catalogue.find(&request.product_code).filter(|product| product.kind == request.kind);
    let product = product.ok_or(ProductRefusal::NotFound)?;
    product.check_open(context.time.now())?;
    if !product.number_rule.accepts(&request.customer_no) {
        return Err(ProductRefusal::CustomerNoInvalid);
    }
    let price = product.price_for(caller.tier.as_ref());
    let way = first_way(context, &product, request.mode, Some(price), &request.customer_no, &[])?;
    let offer = Offer {
        product_name: product.name.clone(),
        price,
        route: way.route,
        supplier_ref: context.supplier_ref().map_err(|_| ProductRefusal::SupplierUnavailable)?,
        number: request.customer_no.normalised(product.number_rule.is_phone),
        duplicate_window: product.duplicate_window,
    };
    Ok((offer, way.permit))
}
