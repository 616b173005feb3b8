//! What a supplier tells unasked.

use domain::answer::Answer;
use domain::id::SupplierRef;
use thiserror::Error;

/// A request to the address that the supplier was given, as it came.
#[derive(Clone, Copy, Debug)]
pub struct CallbackRequest<'a> {
    /// Its headers: names in lower case, values as text; what is no text is left out.
    pub headers: &'a [(String, String)],
    /// Its body, byte for byte.
    pub body: &'a [u8],
}

impl CallbackRequest<'_> {
    /// The value of the first header with this lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// What it means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CallbackNews {
    /// This became of an order. Only if a signature covers the whole body.
    Says {
        /// Which order.
        supplier_ref: SupplierRef,
        /// What became of it.
        answer: Answer,
    },
    /// Something became of an order, says somebody whose signature doesn't cover it: ask.
    AskAbout(SupplierRef),
    /// Nothing about an order: a ping.
    Nothing,
}

/// Why it is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum CallbackFault {
    /// Its signature is missing or wrong.
    #[error("the signature is missing or wrong")]
    Forged,
    /// It can't be read.
    #[error("the body can't be read")]
    Unreadable,
    /// This supplier sends none, or no secret is set to check them with.
    #[error("this supplier's callbacks can't be checked: no secret is set, or it sends none")]
    NotExpected,
}
