//! How often the lists have changed that every node keeps in memory, so that the others notice.

use crate::row::Row;
use crate::time::Timestamp;

/// A list that every node keeps in memory.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Listing {
    /// Merchants: who may call.
    Merchants,
    /// Endpoints: where merchants are told.
    Endpoints,
    /// Products: what is sold.
    Products,
    /// Suppliers: who pays.
    Suppliers,
}

impl Listing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Merchants, Self::Endpoints, Self::Products, Self::Suppliers];
}

/// How often a list has changed. Whoever has read the list after that knows all of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Revision {
    /// Which list.
    pub listing: Listing,
    /// How often.
    pub number: i64,
    /// When it changed last.
    pub updated_at: Timestamp,
}

impl Row for Revision {
    type Key = Listing;
    const NAME: &'static str = "revision";

    fn key(&self) -> Listing {
        self.listing
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }
}
