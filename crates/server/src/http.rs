//! The public API over HTTP: the contract's calls, envelope, codes and limits, over the use cases of `app`.
//!
//! How to start it: an [`Api`] over a context, [`api_router`] and [`console_router`] over that, and a [`Listener`] under each.
//!
//! A request passes the listener (connections, time-outs), `observe.rs` (name, language, panics, envelope of refusals, metrics), the
//! router, and one file of `api/`. To add a call: a file there, its parameters and its payload, a route, its description in `openapi/`.
//! To add a code: `codes.rs`.
//!
//! Deliberately absent: rules about money or state (`domain`), what a call does (`app`), TLS and compression (a proxy's), HTTP/2.

mod api;
mod body;
mod codes;
mod docs;
mod envelope;
mod exchange;
mod field_errors;
mod health;
mod language;
mod limits;
mod listener;
mod messages;
mod metrics;
mod observe;
mod openapi;
mod parameters;
mod payloads;
mod peer;
mod problem;
mod request_id;
mod router;
mod settings;

pub use api::Api;
pub use listener::{ConnectionLimits, Listener};
pub use router::{api_router, console_router};
pub use settings::{Rates, Settings};
