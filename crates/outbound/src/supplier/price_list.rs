//! What a supplier sells.

use std::sync::Arc;

use domain::money::Rupiah;
use domain::product::{CutOff, ProductKind};
use thiserror::Error;

/// Everything that it sells, in its own order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PriceList {
    /// What can be read.
    pub products: Vec<SupplierProduct>,
    /// How many lines can't.
    pub unreadable: usize,
}

/// A line of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SupplierProduct {
    /// Its own code.
    pub sku: Arc<str>,
    /// Its name there.
    pub name: Arc<str>,
    /// How it is bought.
    pub kind: ProductKind,
    /// Its category there.
    pub category: Arc<str>,
    /// Its brand there.
    pub brand: Arc<str>,
    /// Prepaid: what the supplier takes. Bills: what it adds to the bill (its admin less our commission there).
    pub cost: Rupiah,
    /// Bills: the supplier's own admin, which the customer sees there.
    pub admin: Rupiah,
    /// It is sold now.
    pub is_available: bool,
    /// When it isn't sold.
    pub cut_off: Option<CutOff>,
}

/// Why a call that moves no money came to nothing.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum CallFault {
    /// No connection.
    #[error("{0} can't be reached")]
    Unreachable(Arc<str>),
    /// No answer in time, or none that can be read.
    #[error("the supplier gave no answer that can be read: {0}")]
    Unreadable(Arc<str>),
    /// It said no.
    #[error("the supplier refused with code {code}: {meaning}")]
    Refused {
        /// Its code.
        code: Arc<str>,
        /// What the code means, from its table.
        meaning: &'static str,
    },
    /// It has no such call.
    #[error("this supplier can't be asked for that")]
    NotOffered,
}
