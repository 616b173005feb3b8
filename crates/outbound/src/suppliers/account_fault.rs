//! Why an account at such a supplier can't be used.

use thiserror::Error;

use crate::client::AddressFault;

/// What is wrong with an account, found when it is configured rather than by an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum AccountFault {
    /// These suppliers have no common address.
    #[error("this supplier needs the address of its API")]
    NoAddress,
    /// Nothing is sent to that address.
    #[error(transparent)]
    Address(#[from] AddressFault),
    /// A part of the key is missing.
    #[error("this supplier needs an api_id, an api_key and a secret_key")]
    NoKeys,
}
