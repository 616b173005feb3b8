//! What a call is asked for: its parameters, read from a signed request into the domain's types.
//!
//! All that is wrong is told at once, field by field, in the caller's language. Members that a call doesn't know are signed like any
//! other and otherwise ignored.

mod endpoint_terms;
mod events;
mod form;
mod mutations;
mod order;
mod products;
mod read;
mod status;
mod webhooks;

pub use events::{EventsParameters, LIMIT_MAX};
pub use mutations::MutationsParameters;
pub use order::OrderParameters;
pub use products::ProductsParameters;
pub use read::{PAGE_MAX, PER_PAGE_MAX};
pub use status::StatusParameters;
pub use webhooks::{LOG_PER_PAGE_MAX, WebhooksParameters};

#[cfg(test)]
mod tests;
