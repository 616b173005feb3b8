//! The calls: one file each below, and what all of them share here.
//!
//! A call takes the body apart, lets the caller in, reads its parameters, asks one use case, and answers. The order of checks is the
//! contract's: size, media type (both in `body.rs`), JSON and the members that authenticate, timestamp, signature, address, rate,
//! parameters; the rest is decided by the use case.

mod balance;
mod callbacks;
mod events;
mod mutations;
mod order;
mod products;
mod status;
mod webhooks;

pub use balance::balance;
pub use callbacks::callbacks;
pub use events::events;
pub use mutations::mutations;
pub use order::order;
pub use products::products;
pub use status::status;
pub use webhooks::webhooks;

use std::sync::Arc;

use app::{Caller, Context, authenticate};
use domain::signature::SignedRequest;
use tokio::sync::Semaphore;

use super::body::IN_PIECES_MAX;
use super::exchange::Exchange;
use super::limits::Limits;
use super::metrics::Metrics;
use super::problem::Problem;
use super::request_id::RequestIds;
use super::settings::Settings;

/// What every call needs. Cheap to clone.
#[derive(Clone)]
pub struct Api {
    inner: Arc<Inner>,
}

struct Inner {
    context: Context,
    limits: Limits,
    metrics: Metrics,
    request_ids: RequestIds,
    bodies_in_pieces: Semaphore,
    settings: Settings,
}

impl Api {
    /// The calls over a context.
    pub fn new(context: Context, settings: Settings) -> Self {
        // Twelve letters and digits are 60 random bits, and always a number in base 36.
        let seed = u64::from_str_radix(&context.random_text::<12>(), 36).unwrap_or_default();
        let inner = Inner {
            limits: Limits::new(settings.rates),
            metrics: Metrics::new(context.clone()),
            request_ids: RequestIds::new(seed),
            bodies_in_pieces: Semaphore::new(IN_PIECES_MAX),
            context,
            settings,
        };
        Self { inner: Arc::new(inner) }
    }

    /// The use cases' first parameter.
    pub fn context(&self) -> &Context {
        &self.inner.context
    }

    /// What is counted.
    pub fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Where requests' names come from.
    pub fn request_ids(&self) -> &RequestIds {
        &self.inner.request_ids
    }

    /// The rooms for bodies that arrive in pieces.
    pub fn bodies_in_pieces(&self) -> &Semaphore {
        &self.inner.bodies_in_pieces
    }

    /// What the operator chose.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Takes one request from the budget of an address that nobody vouches for.
    fn limit_stranger(&self, exchange: &Exchange) -> Result<(), Problem> {
        self.inner.limits.check_stranger(exchange.address)
    }

    /// Takes a body apart and lets its sender in, or says why not.
    async fn admit<'b>(
        &self,
        exchange: &Exchange,
        body: &'b [u8],
    ) -> Result<(SignedRequest<'b>, Arc<Caller>), Problem> {
        let request = SignedRequest::read(body)?;
        match authenticate(&self.inner.context, &request, exchange.address).await {
            Ok(caller) => {
                self.inner.limits.check_merchant(&caller)?;
                Ok((request, caller))
            }
            Err(error) => {
                self.inner.limits.check_stranger(exchange.address)?;
                Err(Problem::unauthenticated(error, &request))
            }
        }
    }
}
