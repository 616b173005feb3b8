//! Why a call could not be answered with what it asked for.

use domain::refusal::{Fault, ProductRefusal, Refusal};
use store::StoreError;
use thiserror::Error;

use crate::engine::AskError;

/// What a use case answers when it can't give what was asked for. The server maps each to a public code.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum CallError {
    /// The domain refused; nothing was changed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The supplier knows no bill for this number.
    #[error("there is no bill for this number")]
    BillNotFound,
    /// The supplier knows no such number.
    #[error("the supplier knows no such number")]
    CustomerNoInvalid,
    /// The supplier did not answer an inquiry in time, or not readably; nothing was created.
    #[error("the supplier did not answer in time")]
    SupplierTimeout,
    /// No supplier can take it now; nothing was created.
    #[error("no supplier can take it now")]
    SupplierUnavailable,
    /// There is no order and no inquiry under this reference.
    #[error("there is nothing under this reference")]
    OrderNotFound,
    /// Too much is waiting; nothing was created.
    #[error("too many requests are waiting")]
    Overloaded,
    /// Not known: the same call may be made again.
    #[error("something failed inside; the same call may be made again")]
    Internal,
}

impl From<AskError> for CallError {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Refused(Refusal::Fault(fault)) => fault.into(),
            AskError::Refused(refusal) => Self::Refused(refusal),
            AskError::Overloaded => Self::Overloaded,
            AskError::Store(_) | AskError::Stopped => Self::Internal,
        }
    }
}

impl From<Fault> for CallError {
    fn from(fault: Fault) -> Self {
        tracing::error!(%fault, "a command met a fault");
        Self::Internal
    }
}

impl From<StoreError> for CallError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a read failed");
        Self::Internal
    }
}

impl From<ProductRefusal> for CallError {
    fn from(refusal: ProductRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}
