//! What a call is asked for: its parameters, read from a signed request into the domain's types.
//!
//! All that is wrong is told at once, field by field, in the caller's language. Members that a call doesn't know are signed like any
//! other and otherwise ignored.

mod form;
mod mutations;
mod order;
mod products;
mod read;
mod status;

pub use mutations::MutationsParameters;
pub use order::OrderParameters;
pub use products::ProductsParameters;
pub use read::{PAGE_MAX, PER_PAGE_MAX};
pub use status::StatusParameters;

#[cfg(test)]
mod tests;
