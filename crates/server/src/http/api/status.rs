//! `POST /v1/status`

use app::{Status, read_status};
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;

use super::Api;
use crate::http::body::SignedBody;
use crate::http::codes::Code;
use crate::http::envelope;
use crate::http::exchange::Exchange;
use crate::http::parameters::StatusParameters;
use crate::http::payloads::{BillPaymentData, InquiryData, PurchaseData, payment_code, purchase_code};
use crate::http::problem::Problem;

/// Tells what became of a reference: the same data and code that an order call would give.
pub async fn status(
    State(api): State<Api>,
    exchange: Exchange,
    SignedBody(body): SignedBody,
) -> Result<Response<Body>, Problem> {
    let (request, caller) = api.admit(&exchange, &body).await?;
    let StatusParameters { mode, ref_id } = StatusParameters::read(&request)?;
    match read_status(api.context(), &caller, mode, ref_id).await? {
        Status::Inquiry(inquiry) => envelope::answer(&exchange, Code::BillInquirySuccess, &InquiryData::of(&inquiry)?),
        Status::Payment(payment) => {
            let (order, inquiry) = *payment;
            envelope::answer(&exchange, payment_code(order.status), &BillPaymentData::of(&order, &inquiry)?)
        }
        Status::Purchase(order) => envelope::answer(&exchange, purchase_code(order.status), &PurchaseData::of(&order)),
    }
}
