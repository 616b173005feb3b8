//! `POST /v1/balance`

use app::read_balance;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;

use super::Api;
use crate::http::body::SignedBody;
use crate::http::exchange::Exchange;
use crate::http::payloads::BalanceData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Tells what the caller may spend. There are no parameters.
pub async fn balance(
    State(api): State<Api>,
    exchange: Exchange,
    SignedBody(body): SignedBody,
) -> Result<Response<Body>, Problem> {
    let (_, caller) = api.admit(&exchange, &body).await?;
    let balance = read_balance(api.context(), &caller).await?;
    let data = BalanceData {
        name: &balance.name,
        balance: balance.available,
        currency: "IDR",
        checked_at: balance.checked_at,
        held: balance.held,
    };
    envelope::success(&exchange, messages::BALANCE_READ, &data)
}
