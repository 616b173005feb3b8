//! What a bill is drawn from.

use std::ops::RangeInclusive;

use domain::time::WibTime;

use crate::sandbox::bill::Due;
use crate::sandbox::month::Month;
use crate::sandbox::seed::Seed;

/// The circumstances of a bill. The same draft draws the same bill.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    /// Of the product and the customer.
    pub seed: Seed,
    /// Today's date; the hour plays no part.
    pub today: WibTime,
    /// Twelve periods are unpaid.
    pub is_long: bool,
    /// What the bill has become dearer by, in rupiah.
    pub surcharge: u32,
}

impl Draft {
    /// How many periods are unpaid: one, sometimes two, or twelve.
    pub fn periods(&mut self) -> u32 {
        let usual = self.seed.pick(&[1, 1, 1, 2]);
        if self.is_long { 12 } else { usual }
    }

    /// The unpaid months, oldest first, each with an amount of the range; the newest bears the surcharge.
    pub fn months(&mut self, amounts: RangeInclusive<u32>) -> Vec<Due> {
        let count = self.periods();
        let mut months: Vec<Due> = Month::last(count, &self.today)
            .into_iter()
            .map(|month| Due { month, amount: self.seed.draw(amounts.clone()), is_late: true })
            .collect();
        if let Some(newest) = months.last_mut() {
            newest.amount += self.surcharge;
            newest.is_late = false;
        }
        months
    }
}
