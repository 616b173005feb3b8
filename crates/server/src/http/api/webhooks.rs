//! `POST /v1/webhooks`: one file a `cmd` below.

mod add;
mod event;
mod list;
mod log;
mod recover;
mod remove;
mod resend;
mod secret;
mod set;
mod test;

use app::Context;
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use domain::id::MerchantId;

use super::Api;
use crate::http::body::SignedBody;
use crate::http::codes::Code;
use crate::http::exchange::Exchange;
use crate::http::parameters::WebhooksParameters;
use crate::http::problem::Problem;

/// Answers the call that `cmd` names, also when its caller hangs up meanwhile: half a change would be worse than none.
pub async fn webhooks(
    State(api): State<Api>,
    exchange: Exchange,
    SignedBody(body): SignedBody,
) -> Result<Response<Body>, Problem> {
    let (request, caller) = api.admit(&exchange, &body).await?;
    let parameters = WebhooksParameters::read(&request, api.context())?;
    let asked = Asked { context: api.context().clone(), exchange, merchant_id: caller.merchant_id };
    let answered = api.context().tasks().finish(async move { asked.answer(parameters).await }).await;
    answered.unwrap_or(Err(Problem::new(Code::InternalError)))
}

/// Who asks, and of what house.
struct Asked {
    context: Context,
    exchange: Exchange,
    merchant_id: MerchantId,
}

impl Asked {
    async fn answer(&self, parameters: WebhooksParameters) -> Result<Response<Body>, Problem> {
        match parameters {
            WebhooksParameters::List => list::list(self).await,
            WebhooksParameters::Add { url, terms } => add::add(self, &url, &terms).await,
            WebhooksParameters::Set(endpoint_id, terms) => set::set(self, endpoint_id, &terms).await,
            WebhooksParameters::Secret { endpoint_id, is_rotated } => {
                secret::secret(self, endpoint_id, is_rotated).await
            }
            WebhooksParameters::Remove(endpoint_id) => remove::remove(self, endpoint_id).await,
            WebhooksParameters::Log { endpoint_id, state, before, per_page } => {
                log::log(self, endpoint_id, state, before, per_page).await
            }
            WebhooksParameters::Event(number) => event::event(self, number).await,
            WebhooksParameters::Resend { endpoint_id, number } => resend::resend(self, endpoint_id, number).await,
            WebhooksParameters::Recover { endpoint_id, since, after } => {
                recover::recover(self, endpoint_id, since, after).await
            }
            WebhooksParameters::Test { endpoint_id, kind } => test::test(self, endpoint_id, kind).await,
        }
    }
}
