//! What happens to a payment.

/// What happened. The latest event of a payment is its state.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RecordEvent {
    /// It was taken, but not paid yet.
    Pending,
    /// It was paid.
    Paid,
    /// It was not paid, and won't be.
    Refused,
    /// What was paid was given back.
    Refunded,
}

impl RecordEvent {
    const ALL: [Self; 4] = [Self::Pending, Self::Paid, Self::Refused, Self::Refunded];

    /// As the record writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Refused => "refused",
            Self::Refunded => "refunded",
        }
    }

    /// Reads what [`RecordEvent::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == text)
    }
}
