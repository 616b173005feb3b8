//! `POST /v1/products`

use app::{ProductFilter, list_products};
use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use domain::id::ProductCode;

use super::Api;
use crate::http::body::SignedBody;
use crate::http::envelope::Paging;
use crate::http::exchange::Exchange;
use crate::http::parameters::ProductsParameters;
use crate::http::payloads::ProductData;
use crate::http::problem::Problem;
use crate::http::{envelope, messages};

/// Lists the catalogue on the caller's terms.
pub async fn products(
    State(api): State<Api>,
    exchange: Exchange,
    SignedBody(body): SignedBody,
) -> Result<Response<Body>, Problem> {
    let (request, caller) = api.admit(&exchange, &body).await?;
    let wanted = ProductsParameters::read(&request)?;
    let code = wanted.code.as_deref().map(ProductCode::parse);
    let found = match code {
        // A text that is no product code is nobody's.
        Some(None) => Vec::new(),
        code => {
            let filter = ProductFilter {
                kind: wanted.kind,
                category: wanted.category,
                brand: wanted.brand,
                code: code.flatten(),
            };
            list_products(api.context(), &filter)
        }
    };
    let page = Paging::of(wanted.page, wanted.per_page, u64::try_from(found.len()).unwrap_or(u64::MAX));
    let tier = caller.tier.as_ref();
    let entries: Vec<_> = found
        .iter()
        .skip(page.entries_before())
        .take(page.entries_at_most())
        .map(|product| ProductData::of(product, tier))
        .collect();
    envelope::list(&exchange, messages::PRODUCTS_LISTED, &entries, page)
}
