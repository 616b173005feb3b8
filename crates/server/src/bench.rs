//! Load against a running server, measured.
//!
//! The unit is one *paid bill*: a signed inquiry and a signed payment over HTTP with keep-alive. A closed loop keeps every
//! connection busy and finds the most that a server can do; an open loop lets work arrive at a rate of its own, as
//! merchants do, and counts time from when a bill *should* have begun, so that a server that stands still can't hide it
//! (coordinated omission).
//!
//! A [`sweep`] finds that maximum first, and then lets work arrive at shares of it; [`plot`] draws what it found. After every run the
//! balances must have gone down by just what the generator was told.
//!
//! The generator mostly shares its processors with the server, so it takes as little of them as it can: one thread, requests written
//! into the same buffer again and again, answers searched and not parsed. What it took is printed with every result, and
//! so is what else the machine was doing.
//!
//! It lacks TLS, HTTP/2, pipelining and chunked answers, and it never repeats a request.

mod answer;
mod asked;
mod balances;
mod beginning;
mod books_text;
mod connection;
mod error;
mod latencies;
mod machine;
mod merchants;
mod message;
mod meters;
mod numbers;
mod pace;
mod plan;
mod plot;
mod process;
mod progress;
mod receivers;
mod recorder;
mod recovery;
mod report;
mod report_text;
mod request;
mod run;
mod scenario;
mod setup;
mod span;
mod spending;
mod step;
mod sweep;
mod window;
mod worker;

pub use error::BenchError;
pub use merchants::{Merchant, Merchants, Spread};
pub use plan::{Extent, Plan};
pub use plot::plot;
pub use run::run;
pub use scenario::Scenario;
pub use setup::{MERCHANTS_FILE, set_up};
pub use span::parse_span;
pub use sweep::{Sweep, SweepPlan, sweep};

#[cfg(test)]
mod tests;
