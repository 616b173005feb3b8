//! `POST /v1/mutations`

use app::{MutationQuery, list_mutations};
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;

use super::Api;
use crate::http::body::SignedBody;
use crate::http::codes::Code;
use crate::http::envelope::Paging;
use crate::http::exchange::Exchange;
use crate::http::parameters::MutationsParameters;
use crate::http::payloads::MutationData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Lists what changed the caller's balance, newest first.
pub async fn mutations(
    State(api): State<Api>,
    exchange: Exchange,
    SignedBody(body): SignedBody,
) -> Result<Response<Body>, Problem> {
    let (request, caller) = api.admit(&exchange, &body).await?;
    let MutationsParameters { from, to, page, per_page } = MutationsParameters::read(&request)?;
    let query = MutationQuery { from, to, page, per_page };
    let found = list_mutations(api.context(), &caller, query).await?;
    let entries: Option<Vec<_>> = found.entries.iter().map(MutationData::of).collect();
    let entries = entries.ok_or(Problem::new(Code::InternalError))?;
    envelope::list(&exchange, messages::MUTATIONS_LISTED, &entries, Paging::of(page, per_page, found.total))
}
