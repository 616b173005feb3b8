//! What the load consists of.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::step::Step;

/// What is done again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// Paid bills: an inquiry, then its payment
    Pay,
    /// Inquiries that nobody pays
    Inquiry,
    /// Prepaid orders
    Prepaid,
    /// Balances, which change nothing
    Balance,
    /// Of ten: six paid bills, two prepaid orders, one inquiry, one balance
    Mixed,
}

impl Scenario {
    /// The requests of one unit, one after the other; each is sent only if the one before was done.
    pub fn steps(self, chance: u64) -> &'static [Step] {
        match self {
            Self::Pay => &[Step::Inquiry, Step::Payment],
            Self::Inquiry => &[Step::Inquiry],
            Self::Prepaid => &[Step::Prepaid],
            Self::Balance => &[Step::Balance],
            Self::Mixed => match chance % 10 {
                0..6 => Self::Pay.steps(chance),
                6..8 => Self::Prepaid.steps(chance),
                8 => Self::Inquiry.steps(chance),
                _ => Self::Balance.steps(chance),
            },
        }
    }

    /// What one unit is called, of many.
    pub const fn units(self) -> &'static str {
        match self {
            Self::Pay => "paid bills",
            Self::Inquiry => "inquiries",
            Self::Prepaid => "orders",
            Self::Balance => "balances",
            Self::Mixed => "units",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mix_is_what_it_says() {
        let count = |steps: &[Step]| (0..10).filter(|chance| Scenario::Mixed.steps(*chance) == steps).count();
        assert_eq!(count(&[Step::Inquiry, Step::Payment]), 6);
        assert_eq!(count(&[Step::Prepaid]), 2);
        assert_eq!(count(&[Step::Inquiry]), 1);
        assert_eq!(count(&[Step::Balance]), 1);
    }
}
