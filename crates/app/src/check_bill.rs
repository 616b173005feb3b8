//! An inquiry: looks a bill up at its supplier and keeps the answer for five minutes.

use std::sync::Arc;

use domain::bill::{BillKey, BillScope};
use domain::command::{BeginInquiry, Begun, OpenInquiry};
use domain::id::{CustomerNo, MerchantId, Mode, ProductCode, RefId, RefKey};
use domain::inquiry::{Inquiry, Quote};
use domain::product::{Product, ProductKind, Route};
use domain::refusal::{ProductRefusal, Refusal};
use outbound::{BillQuestion, BillQuote, InquiryAnswer, Question};

use crate::context::Context;
use crate::directory::Caller;
use crate::error::CallError;

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
    let Offer { product, route, .. } = offer?;
    if let Some(failure) = turn.as_ref().and_then(|turn| turn.failure(&request.product_code, &request.customer_no)) {
        return Err(failure);
    }
    let question = BillQuestion {
        question: Question::First,
        sku: route.sku.clone(),
        customer_no: request.customer_no.clone(),
        supplier_ref: context.supplier_ref()?,
    };
    let found = match ask_supplier(context, &route, &question).await {
        Ok(found) => found,
        Err(error) => {
            if let Some(turn) = &mut turn {
                turn.fail(request.product_code, request.customer_no, error.clone());
            }
            return Err(error);
        }
    };
    let command = OpenInquiry {
        key,
        quote: quote(caller, &product, request.mode, route, question, found),
        product_code: request.product_code,
        customer_no: request.customer_no,
        bill,
        successes_seen,
    };
    Ok(context.engine.ask(command).await?)
}

/// What can be asked about now.
struct Offer {
    product: Arc<Product>,
    bill: BillKey,
    route: Route,
}

fn offer(context: &Context, caller: &Caller, request: &CheckBill) -> Result<Offer, ProductRefusal> {
    let product = context.catalogue.find(&request.product_code).filter(|product| product.kind == ProductKind::Postpaid);
    let product = product.ok_or(ProductRefusal::NotFound)?;
    product.check_open(context.time.now())?;
    if !product.number_rule.accepts(&request.customer_no) {
        return Err(ProductRefusal::CustomerNoInvalid);
    }
    Ok(Offer {
        bill: bill_key(&product, caller.merchant_id, request.mode, &request.customer_no),
        route: context.suppliers.route(&product, request.mode),
        product,
    })
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

/// Asks the supplier to look a bill up, and says why there is nothing to pay.
pub async fn ask_supplier(context: &Context, route: &Route, question: &BillQuestion) -> Result<BillQuote, CallError> {
    let supplier = context.suppliers.find(&route.supplier).ok_or(CallError::SupplierUnavailable)?;
    supplier.admit(&route.sku, &question.customer_no).map_err(|_| CallError::SupplierUnavailable)?;
    let answer = context.time.limit(context.policy.answer_within, supplier.inquire(question)).await;
    match answer.map_or(InquiryAnswer::Unreadable, |heard| heard.meaning) {
        InquiryAnswer::Found(quote) => Ok(quote),
        InquiryAnswer::NotFound => Err(CallError::BillNotFound),
        InquiryAnswer::AlreadyPaid => Err(Refusal::BillAlreadyPaid.into()),
        InquiryAnswer::NumberInvalid => Err(CallError::CustomerNoInvalid),
        InquiryAnswer::Unavailable => Err(CallError::SupplierUnavailable),
        InquiryAnswer::Unreadable => Err(CallError::SupplierTimeout),
    }
}

fn quote(
    caller: &Caller,
    product: &Arc<Product>,
    mode: Mode,
    route: Route,
    question: BillQuestion,
    found: BillQuote,
) -> Quote {
    let is_rehearsal = mode == Mode::Testing || product.is_demo;
    Quote {
        customer_name: found.customer_name,
        tagihan: found.tagihan,
        admin: product.admin,
        commission: product.commission_for(caller.tier.as_ref()),
        desc: found.desc,
        periods: found.periods,
        route: Route { cost: found.cost, ..route },
        supplier_ref: question.supplier_ref,
        requotable: found.requotable,
        same_day: found.same_day,
        repaid_window: if is_rehearsal { std::time::Duration::ZERO } else { product.repaid_window },
    }
}
