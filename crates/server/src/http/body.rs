//! The body of a signed call: read whole, within a size and a time, and of the one media type.
//!
//! What is too large is still taken off the wire for a while and thrown away, since many clients read no answer before they have sent
//! everything. A client that waits for `100 Continue` is answered at once.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, EXPECT};
use axum::http::{HeaderMap, HeaderValue};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use tokio::sync::Semaphore;

use super::api::Api;
use super::codes::Code;
use super::field_errors::FieldErrors;
use super::language::{Sentence, sentence};
use super::problem::Problem;

/// The most that a body may hold.
pub const MAX_BYTES: usize = 64 * 1024;
/// The most that is read and thrown away of a body that is too large.
const MAX_DRAINED_BYTES: usize = 4 * 1024 * 1024;
/// The most bodies that may be arriving in pieces at once. One that comes whole costs no memory of its own; without this limit, ten
/// thousand connections that each send slowly would hold 640 MiB.
pub const IN_PIECES_MAX: usize = 1_024;
/// A body that takes longer is not coming.
const READ_WITHIN: Duration = Duration::from_secs(15);

const NOT_WHOLE: Sentence = sentence(
    "Isi permintaan tidak diterima lengkap dalam 15 detik.",
    "The body of the request did not arrive whole within 15 seconds.",
);

/// The bytes of a call's body.
#[derive(Debug)]
pub struct SignedBody(pub Bytes);

impl FromRequest<Api> for SignedBody {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = read_whole(&parts.headers, body, api).await?;
        if is_json(parts.headers.get(CONTENT_TYPE)) {
            Ok(Self(bytes))
        } else {
            Err(Problem::new(Code::UnsupportedMediaType))
        }
    }
}

/// The bytes of any body, whatever its media type.
#[derive(Debug)]
pub struct RawBody(pub Bytes);

impl FromRequest<Api> for RawBody {
    type Rejection = Problem;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        read_whole(&parts.headers, body, api).await.map(Self)
    }
}

async fn read_whole(headers: &HeaderMap, body: Body, api: &Api) -> Result<Bytes, Problem> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let is_too_large = announced.is_some_and(|length| length > MAX_BYTES);
    if is_too_large && (headers.contains_key(EXPECT) || announced.is_some_and(|length| length > MAX_DRAINED_BYTES)) {
        return Err(Problem::new(Code::PayloadTooLarge));
    }
    let not_whole = || Problem::new(Code::MalformedJson).blaming(FieldErrors::of("body", NOT_WHOLE));
    let collected = api.context().time().limit(READ_WITHIN, collect(body, api.bodies_in_pieces())).await;
    collected.ok_or_else(not_whole)??.ok_or_else(not_whole)
}

/// The body; `None` if the client went away before its end. The first frame is nearly always the whole, and is not copied.
async fn collect(mut body: Body, in_pieces: &Semaphore) -> Result<Option<Bytes>, Problem> {
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let mut length = 0_usize;
    let mut _room = None;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return Ok(None) };
        // Trailers are no part of the body.
        let Ok(data) = frame.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length > MAX_DRAINED_BYTES {
            break;
        }
        if length > MAX_BYTES {
            continue;
        }
        if first.is_empty() {
            first = data;
        } else {
            if rest.is_empty() {
                let room = in_pieces.try_acquire();
                _room = Some(room.map_err(|_| Problem::new(Code::Overloaded).after(Duration::from_secs(1)))?);
                rest.extend_from_slice(&first);
            }
            rest.extend_from_slice(&data);
        }
    }
    if length > MAX_BYTES {
        return Err(Problem::new(Code::PayloadTooLarge));
    }
    Ok(Some(if rest.is_empty() { first } else { rest.freeze() }))
}

/// `application/json`, with whatever parameters.
fn is_json(content_type: Option<&HeaderValue>) -> bool {
    let essence = content_type.and_then(|value| value.to_str().ok()).and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use super::*;

    /// A body of frames of these sizes.
    struct Frames(Vec<usize>);

    impl hyper::body::Body for Frames {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<std::io::Result<hyper::body::Frame<Bytes>>>> {
            Poll::Ready(self.0.pop().map(|size| Ok(hyper::body::Frame::data(vec![b'x'; size].into()))))
        }
    }

    #[test]
    fn only_json_is_taken_with_any_parameters() {
        for (value, is_taken) in [
            ("application/json", true),
            ("Application/JSON ; charset=utf-8", true),
            ("application/json;charset=\"utf-8\"", true),
            ("text/json", false),
            ("application/jsonp", false),
            ("application/x-www-form-urlencoded", false),
            ("", false),
        ] {
            assert_eq!(is_json(Some(&HeaderValue::from_static(value))), is_taken, "{value:?}");
        }
        assert!(!is_json(None));
    }

    #[tokio::test]
    async fn frames_are_joined_up_to_the_limit() {
        let room = Semaphore::new(1);
        let body = |sizes: &[usize]| Body::new(Frames(sizes.iter().rev().copied().collect()));
        for (sizes, length) in
            [(&[][..], 0), (&[5][..], 5), (&[1, 0, 2, 3][..], 6), (&[MAX_BYTES - 1, 1][..], MAX_BYTES)]
        {
            assert_eq!(collect(body(sizes), &room).await.unwrap().map(|bytes| bytes.len()), Some(length), "{sizes:?}");
        }
        for sizes in [&[MAX_BYTES, 1][..], &[1, MAX_BYTES][..], &[1024 * 1024; 9][..]] {
            assert_eq!(collect(body(sizes), &room).await.unwrap_err().code, Code::PayloadTooLarge);
        }
        let full = Semaphore::new(0);
        assert_eq!(collect(body(&[1]), &full).await.unwrap().map(|bytes| bytes.len()), Some(1));
        assert_eq!(collect(body(&[1, 1]), &full).await.unwrap_err().code, Code::Overloaded);
    }
}
