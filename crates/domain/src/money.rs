//! Whole rupiah with checked arithmetic. There are no cents and no floats anywhere.

use std::fmt;
use std::iter::Sum;

use crate::refusal::Fault;

/// An amount of whole rupiah, positive or negative, always within ±[`Rupiah::MAX`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rupiah(i64);

impl Rupiah {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount that can stand anywhere: a thousand trillion. Database columns `CHECK` the same range.
    pub const MAX: Self = Self(1_000_000_000_000_000);

    /// An amount, or `None` outside ±[`Rupiah::MAX`].
    pub const fn new(amount: i64) -> Option<Self> {
        if amount > Self::MAX.0 || amount < -Self::MAX.0 { None } else { Some(Self(amount)) }
    }

    /// An amount known to be small when the program is written: prices in tables, test data.
    pub const fn whole(amount: u32) -> Self {
        // Widening `u32` to `i64` cannot lose anything; `From` is not const.
        #[expect(clippy::as_conversions, reason = "lossless widening in a const fn")]
        Self(amount as i64)
    }

    /// The bare number, for storage and for the wire.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The sum; a [`Fault::Overflow`] outside the range.
    pub fn plus(self, other: Self) -> Result<Self, Fault> {
        self.0.checked_add(other.0).and_then(Self::new).ok_or(Fault::Overflow)
    }

    /// The difference; a [`Fault::Overflow`] outside the range.
    pub fn minus(self, other: Self) -> Result<Self, Fault> {
        self.0.checked_sub(other.0).and_then(Self::new).ok_or(Fault::Overflow)
    }

    /// The same distance on the other side of zero.
    #[must_use]
    pub const fn negated(self) -> Self {
        // The range is symmetric, so this cannot overflow.
        #[expect(clippy::arithmetic_side_effects, reason = "the range is symmetric")]
        Self(-self.0)
    }

    /// More than nothing.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Less than nothing.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Neither.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// Sums saturate at the range's ends: they serve reports and audits, never balances.
impl Sum for Rupiah {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        let total = amounts.fold(0_i64, |sum, amount| sum.saturating_add(amount.0));
        Self(total.clamp(-Self::MAX.0, Self::MAX.0))
    }
}

impl fmt::Debug for Rupiah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rp{}", self.0)
    }
}

/// As people write it: `Rp 10.000.000`, `-Rp 500`.
impl fmt::Display for Rupiah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        let mut text = String::from(if self.is_negative() { "-Rp " } else { "Rp " });
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && digits.len().saturating_sub(index).is_multiple_of(3) {
                text.push('.');
            }
            text.push(digit);
        }
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_stops_at_the_range() {
        assert_eq!(Rupiah::MAX.plus(Rupiah::whole(1)), Err(Fault::Overflow));
        assert_eq!(Rupiah::MAX.negated().minus(Rupiah::whole(1)), Err(Fault::Overflow));
        assert_eq!(Rupiah::whole(2).minus(Rupiah::whole(5)).map(Rupiah::get), Ok(-3));
        assert_eq!(Rupiah::new(i64::MAX), None);
    }

    #[test]
    fn people_read_thousands() {
        assert_eq!(Rupiah::whole(10_000_000).to_string(), "Rp 10.000.000");
        assert_eq!(Rupiah::whole(500).negated().to_string(), "-Rp 500");
        assert_eq!(Rupiah::ZERO.to_string(), "Rp 0");
    }
}
