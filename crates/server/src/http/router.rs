//! Every route of both listeners.

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{get, post};

use super::api::{self, Api};
use super::codes::Code;
use super::docs;
use super::health::{livez, readyz};
use super::observe::observe;
use super::problem::Problem;

/// What merchants' programs reach.
pub fn api_router(api: &Api) -> Router {
    let routes = Router::new()
        .route("/v1/order", post(api::order))
        .route("/v1/balance", post(api::balance))
        .route("/v1/status", post(api::status))
        .route("/v1/products", post(api::products))
        .route("/v1/mutations", post(api::mutations))
        .route("/v1/webhooks", post(api::webhooks))
        .route("/v1/events", post(api::events))
        .route("/callbacks/{supplier}", post(api::callbacks))
        .route("/openapi.json", get(docs::description))
        .route("/docs", get(docs::page))
        .route("/docs/", get(docs::page))
        .route("/docs/{file}", get(docs::asset))
        .route("/livez", get(livez))
        .route("/readyz", get(readyz));
    observed(routes, api)
}

/// What the operator reaches.
pub fn console_router(api: &Api) -> Router {
    let routes =
        Router::new().route("/metrics", get(metrics)).route("/livez", get(livez)).route("/readyz", get(readyz));
    observed(routes, api)
}

fn observed(routes: Router<Api>, api: &Api) -> Router {
    routes
        .fallback(|| async { Problem::new(Code::NotFound) })
        .method_not_allowed_fallback(|| async { Problem::new(Code::MethodNotAllowed) })
        .layer(from_fn_with_state(api.clone(), observe))
        .with_state(api.clone())
}

async fn metrics(State(api): State<Api>) -> impl IntoResponse {
    const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, OPENMETRICS)], api.metrics().text())
}

#[cfg(test)]
mod shop;
#[cfg(test)]
mod socket_tests;
#[cfg(test)]
mod tests;
