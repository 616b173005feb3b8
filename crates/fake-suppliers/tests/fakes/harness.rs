//! What tests ask fakes with, and receive callbacks with.

mod buyer;
mod http;
mod receiver;

pub use buyer::Buyer;
pub use http::{Seen, exchange, send};
pub use receiver::{Received, Receiver};
