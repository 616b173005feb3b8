//! An inquiry: looks a bill up at its supplier and keeps the answer for five minutes.

use std::sync::Arc;

use domain::bill::{BillKey, BillScope};
use domain::command::{BeginInquiry, Begun, OpenInquiry};
use domain::exchange::Words;
use domain::id::{CustomerNo, MerchantId, Mode, ProductCode, RefId, RefKey, SupplierRef};
use domain::inquiry::{Inquiry, Quote};
use domain::product::{Product, ProductKind, Route};
use domain::refusal::{ProductRefusal, Refusal};
use outbound::{BillQuestion, BillQuote, Heard, InquiryAnswer, Question};

use crate::channel::Channel;
use crate::context::Context;
use crate::directory::Caller;
use crate::error::CallError;
use crate::routing::first_way;
use crate::words::words_of;

/// What a merchant asks.
#[derive(Clone, Debug)]
pub struct CheckBill {
    /// In which mode.
    pub mode: Mode,
    /// Under which reference; made here if there is none.
    pub ref_id: Option<RefId>,
    /// For which product.
    pub product_code: ProductCode,
    /// For which number.
    pub customer_no: CustomerNo,
}

/// Answers with the bill. The same question under the same reference is answered from the store while its session is alive.
pub async fn check_bill(context: &Context, caller: &Caller, request: CheckBill) -> Result<Inquiry, CallError> {
    // A reference made here is nobody else's: nobody can be asking under it.
    let is_new = request.ref_id.is_none();
    let ref_id = request.ref_id.clone().or_else(|| context.ids.ref_id()).ok_or(CallError::Internal)?;
    let key = RefKey { merchant_id: caller.merchant_id, mode: request.mode, ref_id };
    let mut turn = if is_new { None } else { Some(context.questions.turn(&key).await) };

    let offer = offer(context, caller, &request);
    let command = BeginInquiry {
        key: key.clone(),
        product_code: request.product_code.clone(),
        customer_no: request.customer_no.clone(),
        bill: offer.as_ref().map(|offer| offer.bill.clone()).map_err(|refusal| *refusal),
    };
    let (bill, successes_seen) = match context.engine.ask(command).await? {
        Begun::Stored(inquiry) => return Ok(*inquiry),
        Begun::Ask { bill, successes_seen } => (bill, successes_seen),
    };
    let Offer { product, .. } = offer?;
    if let Some(failure) = turn.as_ref().and_then(|turn| turn.failure(&request.product_code, &request.customer_no)) {
        return Err(failure);
    }
    let asked = match ask_in_order(context, &product, &request).await {
        Ok(asked) => asked,
        Err(error) => {
            if let Some(turn) = &mut turn {
                turn.fail(request.product_code, request.customer_no, error.clone());
            }
            return Err(error);
        }
    };
    let command = OpenInquiry {
        key,
        words: asked.words.clone(),
        quote: quote(caller, &product, request.mode, asked),
        product_code: request.product_code,
        customer_no: request.customer_no,
        bill,
        successes_seen,
    };
    Ok(context.engine.ask(command).await?)
}

/// A bill as some supplier quoted it.
struct Asked {
    route: Route,
    supplier_ref: SupplierRef,
    found: BillQuote,
    words: Option<Words>,
}

/// Asks the suppliers one after the other, until one doesn't say that it can't: a silence may be a bill there, so it ends the round.
async fn ask_in_order(context: &Context, product: &Product, request: &CheckBill) -> Result<Asked, CallError> {
    let mut tried = Vec::new();
    loop {
        let way = match first_way(context, product, request.mode, None, &request.customer_no, &tried) {
            Ok(way) => way,
            Err(_) if !tried.is_empty() => return Err(CallError::SupplierUnavailable),
            Err(refusal) => return Err(Refusal::from(refusal).into()),
        };
        // Another supplier must never meet the same reference.
        let question = BillQuestion {
            question: Question::First,
            sku: way.route.sku.clone(),
            customer_no: request.customer_no.clone(),
            supplier_ref: context.supplier_ref()?,
        };
        match ask_supplier(context, &way.channel, &question).await {
            Ok((found, words)) => {
                return Ok(Asked { route: way.route, supplier_ref: question.supplier_ref, found, words });
            }
            Err(CallError::SupplierUnavailable) => tried.push(way.route.supplier),
            Err(error) => return Err(error),
        }
    }
}

/// What can be asked about now.
struct Offer {
    product: Arc<Product>,
    bill: BillKey,
}

fn offer(context: &Context, caller: &Caller, request: &CheckBill) -> Result<Offer, ProductRefusal> {
    let product = context.catalogue.find(&request.product_code).filter(|product| product.kind == ProductKind::Postpaid);
    let product = product.ok_or(ProductRefusal::NotFound)?;
    product.check_open(context.time.now())?;
    if !product.number_rule.accepts(&request.customer_no) {
        return Err(ProductRefusal::CustomerNoInvalid);
    }
    Ok(Offer { bill: bill_key(&product, caller.merchant_id, request.mode, &request.customer_no), product })
}

/// The bill that a product and a number stand for.
pub fn bill_key(product: &Product, merchant_id: MerchantId, mode: Mode, customer_no: &CustomerNo) -> BillKey {
    BillKey {
        scope: match mode {
            Mode::Production => BillScope::Production,
            Mode::Testing => BillScope::Testing(merchant_id),
        },
        group: product.bill_group.clone(),
        number: customer_no.normalised(product.number_rule.is_phone),
    }
}

/// Asks a supplier to look a bill up, and says why there is nothing to pay.
pub async fn ask_supplier(
    context: &Context,
    channel: &Channel,
    question: &BillQuestion,
) -> Result<(BillQuote, Option<Words>), CallError> {
    let answer = context.time.limit(context.policy.answer_within, channel.adapter.inquire(question)).await;
    let heard = answer.unwrap_or(Heard::unspoken(InquiryAnswer::Unreadable));
    channel.note_inquiry(&question.sku, &heard.meaning, context.time.monotonic());
    match heard.meaning {
        InquiryAnswer::Found(quote) => Ok((quote, heard.exchange.map(words_of))),
        InquiryAnswer::NotFound => Err(CallError::BillNotFound),
        InquiryAnswer::AlreadyPaid => Err(Refusal::BillAlreadyPaid.into()),
        InquiryAnswer::NumberInvalid => Err(CallError::CustomerNoInvalid),
        InquiryAnswer::Unavailable => Err(CallError::SupplierUnavailable),
        InquiryAnswer::Unreadable => Err(CallError::SupplierTimeout),
    }
}

fn quote(caller: &Caller, product: &Arc<Product>, mode: Mode, asked: Asked) -> Quote {
    let Asked { route, supplier_ref, found, .. } = asked;
    let is_rehearsal = mode == Mode::Testing || product.is_demo;
    Quote {
        customer_name: found.customer_name,
        tagihan: found.tagihan,
        admin: product.admin,
        commission: product.commission_for(caller.tier.as_ref()),
        desc: found.desc,
        periods: found.periods,
        route: Route { cost: found.cost, ..route },
        supplier_ref,
        token: found.token,
        requotable: found.requotable,
        same_day: found.same_day,
        repaid_window: if is_rehearsal { std::time::Duration::ZERO } else { product.repaid_window },
    }
}
