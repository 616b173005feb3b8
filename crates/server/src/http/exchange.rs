//! One request's circumstances: what its answer needs to know, whatever the call.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::language::Language;
use super::request_id::RequestId;

/// Who asked, under which name, in which language. Put into every request by `observe.rs`.
#[derive(Clone, Copy, Debug)]
pub struct Exchange {
    /// The request's name.
    pub request_id: RequestId,
    /// The language of its answer.
    pub language: Language,
    /// Where it came from; behind a trusted proxy, what that says.
    pub address: IpAddr,
}

impl Exchange {
    /// The circumstances of a request that did not pass the observer: never in a running server.
    const fn unknown(request_id: RequestId) -> Self {
        Self { request_id, language: Language::Indonesian, address: IpAddr::V4(Ipv4Addr::UNSPECIFIED) }
    }
}

impl<S: Sync> FromRequestParts<S> for Exchange {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let known = parts.extensions.get::<Self>().copied();
        Ok(known.unwrap_or_else(|| Self::unknown(super::request_id::RequestIds::new(0).make())))
    }
}
