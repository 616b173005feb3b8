//! `GET /openapi.json`, and `GET /docs`: a page to read it with.
//!
//! Everything comes out of the binary, and the page's own policy forbids the browser to load anything from elsewhere.

use std::sync::{Arc, LazyLock};

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use bytes::Bytes;
use utoipa_swagger_ui::{Config, serve};

use super::codes::Code;
use super::openapi;
use super::problem::Problem;

const PAGE: &str = include_str!("docs/page.html");
const START: &str = include_str!("docs/start.js");
/// Swagger UI writes styles and pictures into the page; scripts come from here or not at all.
const POLICY: &str =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

static OPENAPI: LazyLock<Bytes> = LazyLock::new(|| openapi::text().into());

/// The description of the API.
pub async fn description() -> Response<Body> {
    file("application/json", OPENAPI.clone())
}

/// The page.
pub async fn page() -> Response<Body> {
    let mut page = file("text/html; charset=utf-8", PAGE.into());
    page.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    page
}

/// What the page is made of.
pub async fn asset(Path(name): Path<String>) -> Result<Response<Body>, Problem> {
    match name.as_str() {
        "start.js" => Ok(file("text/javascript; charset=utf-8", START.into())),
        "swagger-ui.css" => vendored(&name, "text/css; charset=utf-8"),
        "swagger-ui-bundle.js" => vendored(&name, "text/javascript; charset=utf-8"),
        "favicon-32x32.png" => vendored(&name, "image/png"),
        _ => Err(Problem::new(Code::NotFound)),
    }
}

fn vendored(name: &str, content_type: &'static str) -> Result<Response<Body>, Problem> {
    let found = serve(name, Arc::new(Config::default())).ok().flatten();
    let found = found.ok_or(Problem::new(Code::NotFound))?;
    Ok(file(content_type, Bytes::from(found.bytes.into_owned())))
}

fn file(content_type: &'static str, bytes: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    // They change with the binary, and nobody is in a hurry.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
