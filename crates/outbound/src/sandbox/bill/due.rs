//! A month's part of a bill.

use crate::sandbox::month::Month;

/// A month, what is due for it, and whether that comes late.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// For which month.
    pub month: Month,
    /// In rupiah, without a late fee.
    pub amount: u32,
    /// A newer month is due too.
    pub is_late: bool,
}

impl Due {
    /// The fee, if it is late.
    pub const fn late_fee(&self, fee: u32) -> u32 {
        if self.is_late { fee } else { 0 }
    }
}
