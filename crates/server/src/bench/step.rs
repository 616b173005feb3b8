//! One request of a scenario.

use serde::{Deserialize, Serialize};

/// What is asked of the server, and how it says that it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// `inquiry`
    Inquiry,
    /// `pay-pasca`
    Payment,
    /// `prepaid`
    Prepaid,
    /// `/v1/balance`
    Balance,
}

impl Step {
    /// The call that it goes to.
    pub const fn call(self) -> &'static str {
        match self {
            Self::Inquiry | Self::Payment | Self::Prepaid => "/v1/order",
            Self::Balance => "/v1/balance",
        }
    }

    /// `cmd` and the product's `code`, both from the demo catalogue; the balance has neither.
    pub const fn order(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Inquiry => Some(("inquiry", "MPBPJS")),
            Self::Payment => Some(("pay-pasca", "MPBPJS")),
            Self::Prepaid => Some(("prepaid", "TSEL21")),
            Self::Balance => None,
        }
    }

    /// The member of a success that says what the merchant pays; none where no money moves.
    pub const fn price(self) -> Option<&'static str> {
        match self {
            Self::Payment => Some("total"),
            Self::Prepaid => Some("price"),
            Self::Inquiry | Self::Balance => None,
        }
    }

    /// The only code that counts as done.
    pub const fn success_code(self) -> &'static str {
        match self {
            Self::Inquiry => "BILL_INQUIRY_SUCCESS",
            Self::Payment => "BILL_PAYMENT_SUCCESS",
            Self::Prepaid => "ORDER_SUCCESS",
            Self::Balance => "SUCCESS",
        }
    }
}
