//! The public API over HTTP.

mod codes;
mod envelope;
mod exchange;
mod field_errors;
mod language;
mod messages;
mod parameters;
mod payloads;
mod problem;
mod request_id;
