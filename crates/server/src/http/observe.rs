//! What surrounds every request: its name, its language, its origin; a panic caught; the envelope of a refusal; a count and a line.
//!
//! This is the outermost layer, so that also a path that doesn't exist is named, counted and answered in the envelope.

use std::any::Any;
use std::net::{IpAddr, Ipv4Addr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, HeaderName};
use axum::http::{HeaderMap, Response};
use axum::middleware::Next;
use axum::response::IntoResponse;

use super::api::Api;
use super::codes::Code;
use super::envelope;
use super::exchange::Exchange;
use super::language::Language;
use super::metrics::Call;
use super::peer::Peer;
use super::problem::Problem;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Answers one request, whatever happens inside.
pub async fn observe(State(api): State<Api>, mut request: Request, next: Next) -> Response<Body> {
    let started = api.context().time().monotonic();
    let exchange = exchange_of(&api, &request);
    let path_call = Call::at(request.uri().path());
    request.extensions_mut().insert(exchange);

    let mut response = caught(&exchange, next.run(request)).await;
    let call = response.extensions_mut().remove::<Call>().unwrap_or(path_call);
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let headers = std::mem::take(response.headers_mut());
        response = envelope::refusal(&exchange, &problem);
        keep_headers(&mut response, headers);
    }
    response.headers_mut().insert(X_REQUEST_ID, exchange.request_id.header_value());

    if let Some(code) = response.extensions_mut().remove::<Code>() {
        let took = api.context().time().monotonic().saturating_sub(started);
        api.metrics().count(call, code, took);
        tracing::debug!(request_id = %exchange.request_id, ?call, code = code.as_str(), ?took, "answered");
    }
    response
}

fn exchange_of(api: &Api, request: &Request) -> Exchange {
    let headers = request.headers();
    let language = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    // Only a test's request has no peer.
    let peer = request.extensions().get::<Peer>().copied().unwrap_or(Peer(IpAddr::V4(Ipv4Addr::LOCALHOST)));
    Exchange {
        request_id: api.request_ids().make(),
        language: language.map(Language::accepted).unwrap_or_default(),
        address: peer.origin(headers, &api.settings().trusted_proxies),
    }
}

/// What a layer inside said besides its body, as `Allow` with `METHOD_NOT_ALLOWED`.
fn keep_headers(response: &mut Response<Body>, headers: HeaderMap) {
    for (name, value) in headers {
        if let Some(name) = name
            && !response.headers().contains_key(&name)
            && name != axum::http::header::CONTENT_LENGTH
        {
            response.headers_mut().insert(name, value);
        }
    }
}

/// The answer of `work`, or `INTERNAL_ERROR` if it panicked. The panic ends this request and nothing else.
async fn caught(exchange: &Exchange, work: impl Future<Output = Response<Body>>) -> Response<Body> {
    let mut work = pin!(work);
    std::future::poll_fn(|cx| {
        // A handler that panicked is never polled again, so nobody sees what it left half done.
        catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(cx))).unwrap_or_else(|panic| {
            let message = message_of(panic.as_ref());
            tracing::error!(request_id = %exchange.request_id, panic = message, "a request panicked");
            Poll::Ready(Problem::new(Code::InternalError).into_response())
        })
    })
    .await
}

fn message_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a message")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::request_id::RequestIds;

    #[tokio::test]
    async fn a_panic_becomes_an_answer() {
        let exchange = Exchange {
            request_id: RequestIds::new(1).make(),
            language: Language::English,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        let response = caught(&exchange, async { panic!("on purpose") }).await;
        assert_eq!(response.extensions().get::<Problem>(), Some(&Problem::new(Code::InternalError)));
    }
}
