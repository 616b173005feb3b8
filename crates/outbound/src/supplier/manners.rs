//! What a supplier expects of whoever asks it.

use std::time::Duration;

/// How to ask, and until when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Manners {
    /// How often it may be asked about one order.
    pub pace: Pace,
    /// How long after the sending it still knows of an order; `None`: for ever. Beyond, a person must find out.
    pub remembers_for: Option<Duration>,
    /// It can be asked about orders at all; if not, whatever is unknown goes to the operator's desk.
    pub can_be_asked: bool,
}

/// The pauses between status checks of one order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// From the sending to the first check.
    pub first: Duration,
    /// The shortest pause between two checks, which the supplier asks for.
    pub shortest: Duration,
    /// The longest: pauses double until they are as long.
    pub longest: Duration,
}
