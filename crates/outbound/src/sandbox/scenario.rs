//! The rows of the table of testing mode (`docs/contract/api.md`, section 9).

use std::time::Duration;

use crate::sandbox::record::RecordEvent;

/// What happens to a customer number, chosen by its last four digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scenario {
    /// Any other number: everything succeeds at once.
    Plain,
    /// 9001: there is no bill.
    NoBill,
    /// 9002: the bill is paid already.
    PaidBefore,
    /// 9003: there is no such number.
    WrongNumber,
    /// 9004: the question isn't answered in time.
    Silent,
    /// 9005: the payment is refused.
    Refused,
    /// 9006: pending, then paid.
    PaidLater,
    /// 9007: pending, then refused.
    RefusedLater,
    /// 9008: pending for ever.
    NeverSettled,
    /// 9009: paid, but the answer is lost.
    AnswerLost,
    /// 9010: paid; its proof comes later.
    SnLater,
    /// 9011: paid, then refunded.
    RefundedLater,
    /// 9012: a bill of twelve periods.
    TwelvePeriods,
    /// 9013: dearer when it is asked again.
    Dearer,
    /// 9014: the supplier takes nothing.
    Closed,
}

impl Scenario {
    /// How long what happens later takes.
    pub const WAIT: Duration = Duration::from_secs(10);

    /// The row of a number. Only its digits count, so that `12345(9006)` is a 9006.
    pub fn of(customer_no: &str) -> Self {
        let last_four = customer_no
            .bytes()
            .rev()
            .filter(u8::is_ascii_digit)
            .take(4)
            .zip([1, 10, 100, 1_000])
            .fold(0, |number, (digit, weight)| number + u32::from(digit - b'0') * weight);
        match last_four {
            9001 => Self::NoBill,
            9002 => Self::PaidBefore,
            9003 => Self::WrongNumber,
            9004 => Self::Silent,
            9005 => Self::Refused,
            9006 => Self::PaidLater,
            9007 => Self::RefusedLater,
            9008 => Self::NeverSettled,
            9009 => Self::AnswerLost,
            9010 => Self::SnLater,
            9011 => Self::RefundedLater,
            9012 => Self::TwelvePeriods,
            9013 => Self::Dearer,
            9014 => Self::Closed,
            _ => Self::Plain,
        }
    }

    /// What becomes of a payment as soon as it is sent.
    pub const fn event_at_once(self) -> RecordEvent {
        match self {
            // Nothing is sent for the closed row, since it isn't admitted; if it is all the same, it is not paid.
            Self::WrongNumber | Self::Refused | Self::Closed => RecordEvent::Refused,
            Self::PaidLater | Self::RefusedLater | Self::NeverSettled => RecordEvent::Pending,
            Self::Plain
            | Self::NoBill
            | Self::PaidBefore
            | Self::Silent
            | Self::AnswerLost
            | Self::SnLater
            | Self::RefundedLater
            | Self::TwelvePeriods
            | Self::Dearer => RecordEvent::Paid,
        }
    }

    /// What has become of it once [`Scenario::WAIT`] is over.
    pub const fn event_in_the_end(self) -> RecordEvent {
        match self {
            Self::PaidLater => RecordEvent::Paid,
            Self::RefusedLater => RecordEvent::Refused,
            Self::RefundedLater => RecordEvent::Refunded,
            _ => self.event_at_once(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_four_digits_choose() {
        for (number, scenario) in [
            ("1234567890", Scenario::Plain),
            ("0812349006", Scenario::PaidLater),
            ("12345(9014)", Scenario::Closed),
            ("9005 AB", Scenario::Refused),
            ("90051", Scenario::Plain),
            ("905", Scenario::Plain),
            ("budi", Scenario::Plain),
        ] {
            assert_eq!(Scenario::of(number), scenario, "{number}");
        }
    }
}
