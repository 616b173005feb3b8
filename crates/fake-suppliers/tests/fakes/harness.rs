//! What tests ask fakes with, and receive callbacks with.

mod buyer;
mod customer;
mod http;
mod receiver;

pub use buyer::Buyer;
pub use customer::Customer;
pub use http::{Seen, exchange, send};
pub use receiver::{Received, Receiver};
