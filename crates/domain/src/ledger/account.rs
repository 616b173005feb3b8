//! The accounts of a book.

/// An account of a merchant's book. Only the first two belong to the merchant and carry a running balance; the others are the house's
/// counter-accounts *within that book*, so that no row of the house's is ever hot.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Account {
    /// What the merchant may spend.
    Available,
    /// What pending orders hold.
    Held,
    /// What the merchant paid in.
    Deposits,
    /// What suppliers took.
    SupplierCost,
    /// What the house earned.
    Revenue,
    /// Corrections.
    Adjustments,
}

impl Account {
    /// Every account.
    pub const ALL: [Self; 6] =
        [Self::Available, Self::Held, Self::Deposits, Self::SupplierCost, Self::Revenue, Self::Adjustments];
}
