//! `POST /v1/order`: checks a bill, pays it, or buys something, as `cmd` says.

use std::sync::Arc;

use app::{Buy, Caller, CheckBill, PayBill, buy, check_bill, pay_bill};
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::response::IntoResponse;
use domain::product::ProductKind;

use super::Api;
use crate::http::body::SignedBody;
use crate::http::codes::Code;
use crate::http::envelope;
use crate::http::exchange::Exchange;
use crate::http::metrics::Call;
use crate::http::parameters::OrderParameters;
use crate::http::payloads::{BillPaymentData, InquiryData, PurchaseData, payment_code, purchase_code};
use crate::http::problem::Problem;

/// Answers the call that `cmd` names.
pub async fn order(
    State(api): State<Api>,
    exchange: Exchange,
    SignedBody(body): SignedBody,
) -> Result<Response<Body>, Problem> {
    let (request, caller) = api.admit(&exchange, &body).await?;
    let parameters = OrderParameters::read(&request)?;
    let call = call_of(&parameters);
    let result = match parameters {
        OrderParameters::Inquiry { subject, ref_id } => {
            let question = CheckBill {
                mode: subject.mode,
                ref_id,
                product_code: subject.product_code,
                customer_no: subject.customer_no,
            };
            inquire(&api, &exchange, &caller, question).await
        }
        OrderParameters::Payment { subject, ref_id } => {
            let payment = PayBill {
                mode: subject.mode,
                ref_id,
                product_code: subject.product_code,
                customer_no: subject.customer_no,
            };
            pay(&api, &exchange, &caller, payment).await
        }
        OrderParameters::Purchase { subject, ref_id, kind, max_price, allow_duplicate } => {
            let purchase = Buy {
                kind,
                mode: subject.mode,
                ref_id,
                signature: request.signature().to_owned(),
                product_code: subject.product_code,
                customer_no: subject.customer_no,
                max_price,
                allow_duplicate,
            };
            purchase_now(&api, &exchange, &caller, purchase).await
        }
    };
    let mut response = result.into_response();
    response.extensions_mut().insert(call);
    Ok(response)
}

async fn inquire(
    api: &Api,
    exchange: &Exchange,
    caller: &Arc<Caller>,
    question: CheckBill,
) -> Result<Response<Body>, Problem> {
    let inquiry = check_bill(api.context(), caller, question).await?;
    envelope::answer(exchange, Code::BillInquirySuccess, &InquiryData::of(&inquiry)?)
}

async fn pay(
    api: &Api,
    exchange: &Exchange,
    caller: &Arc<Caller>,
    payment: PayBill,
) -> Result<Response<Body>, Problem> {
    let (order, inquiry) = pay_bill(api.context(), caller, payment).await?;
    envelope::answer(exchange, payment_code(order.status), &BillPaymentData::of(&order, &inquiry)?)
}

async fn purchase_now(
    api: &Api,
    exchange: &Exchange,
    caller: &Arc<Caller>,
    purchase: Buy,
) -> Result<Response<Body>, Problem> {
    let order = buy(api.context(), caller, purchase).await?;
    envelope::answer(exchange, purchase_code(order.status), &PurchaseData::of(&order))
}

/// How the call is counted.
const fn call_of(parameters: &OrderParameters) -> Call {
    match parameters {
        OrderParameters::Inquiry { .. } => Call::Inquiry,
        OrderParameters::Payment { .. } => Call::PayPasca,
        OrderParameters::Purchase { kind: ProductKind::Game, .. } => Call::Game,
        OrderParameters::Purchase { .. } => Call::Prepaid,
    }
}
