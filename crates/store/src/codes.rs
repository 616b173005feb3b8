//! The numbers that stand for enums in the tables. Once used, a number keeps its meaning for ever.
//!
//! Transfers are read in the order of their slots' numbers, so these follow the enum's own order.

use domain::answer::Source;
use domain::attempt::AttemptState;
use domain::bill::BillScope;
use domain::callback::CallbackVerdict;
use domain::dispatch::DeliveryState;
use domain::endpoint::EndpointState;
use domain::event::EventKind;
use domain::id::{MerchantId, Mode};
use domain::lease::Work;
use domain::ledger::{Account, Slot};
use domain::order::{DeskReason, OrderStatus};
use domain::product::{ProductKind, ProductState};
use domain::revision::Listing;
use domain::supplier::{SupplierKind, SupplierState};
use domain::voucher::VoucherKind;

/// An enum that is kept as a number.
pub trait Coded: Copy {
    /// The number that stands for it.
    fn code(self) -> i64;
    /// What a number stands for, if it stands for anything.
    fn from_code(code: i64) -> Option<Self>;
}

/// Writes both directions from one list. A variant that is missing doesn't compile; a number that is used twice is an unreachable
/// pattern, which doesn't pass the lints.
macro_rules! codes {
    ($($Enum:ident { $($Variant:ident = $code:literal),+ $(,)? })+) => {
        $(impl Coded for $Enum {
            fn code(self) -> i64 {
                match self { $(Self::$Variant => $code),+ }
            }

            fn from_code(code: i64) -> Option<Self> {
                match code { $($code => Some(Self::$Variant),)+ _ => None }
            }
        })+
    };
}

codes! {
    Mode { Production = 0, Testing = 1 }
    ProductKind { Postpaid = 0, Prepaid = 1, Game = 2 }
    ProductState { Available = 0, Disturbed = 1, Unavailable = 2 }
    OrderStatus { Pending = 0, Success = 1, Failed = 2, Refunded = 3 }
    DeskReason { SuccessAfterFailure = 0, FailureAfterSuccess = 1, CostDiffers = 2, Unresolved = 3 }
    SupplierKind { Digiflazz = 0, Iak = 1, IsiKuota = 2 }
    SupplierState { On = 0, Draining = 1, Off = 2 }
    CallbackVerdict {
        Received = 0, Forged = 1, Stranger = 2, Unreadable = 3, NoOrder = 4, UnknownOrder = 5, Recorded = 6, Asked = 7,
    }
    EventKind { Success = 0, Failed = 1, SnReceived = 2, Pending = 3, Refunded = 4, WebhookDisabled = 5 }
    EndpointState { On = 0, Off = 1, Gone = 2, Failing = 3 }
    DeliveryState { Pending = 0, Delivered = 1, GivenUp = 2 }
    Source { Send = 0, Status = 1, Callback = 2, Operator = 3 }
    AttemptState { Sending = 0, Unknown = 1, NotReceived = 2, Succeeded = 3, Refused = 4 }
    Account { Available = 0, Held = 1, Deposits = 2, SupplierCost = 3, Revenue = 4, Adjustments = 5 }
    Slot { Hold = 0, Settle = 1, Reverse = 2, Bear = 3, Voucher = 4 }
    VoucherKind { Deposit = 0, Adjustment = 1 }
    Listing { Merchants = 0, Endpoints = 1, Products = 2, Suppliers = 3 }
}

/// Production is 0; a merchant's rehearsals are its number, which begins at 1.
impl Coded for BillScope {
    fn code(self) -> i64 {
        match self {
            Self::Production => 0,
            Self::Testing(merchant_id) => merchant_id.0,
        }
    }

    fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Production),
            1.. => Some(Self::Testing(MerchantId(code))),
            _ => None,
        }
    }
}

/// The kind of work in hundreds, and which of that kind.
impl Coded for Work {
    fn code(self) -> i64 {
        match self {
            Self::Number(number) => i64::from(number),
            Self::Statuses => 100,
            Self::Upkeep => 200,
            Self::Webhooks(share) => 300 + i64::from(share),
        }
    }

    fn from_code(code: i64) -> Option<Self> {
        let below = |most: u8, first: i64| u8::try_from(code - first).ok().filter(|which| *which < most);
        match code {
            0..100 => below(Self::NUMBERS, 0).map(Self::Number),
            100 => Some(Self::Statuses),
            200 => Some(Self::Upkeep),
            300..400 => below(Self::SHARES, 300).map(Self::Webhooks),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_work_has_a_number_of_its_own() {
        let all = (0..Work::NUMBERS).map(Work::Number).chain(Work::divisible());
        for work in all {
            assert_eq!(Work::from_code(work.code()), Some(work));
        }
        for code in [-1, 64, 99, 101, 199, 201, 299, 316, 400, i64::MAX, i64::MIN + 300] {
            assert_eq!(Work::from_code(code), None, "{code}");
        }
    }
}
