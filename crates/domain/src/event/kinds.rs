//! A choice among what can happen.

use super::EventKind;

/// Some of the kinds of events: those that an endpoint wants.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EventKinds(u8);

impl EventKinds {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// These.
    pub fn of(kinds: impl IntoIterator<Item = EventKind>) -> Self {
        kinds.into_iter().fold(Self::NONE, |all, kind| Self(all.0 | bit(kind)))
    }

    /// Whether this one is among them.
    pub const fn contains(self, kind: EventKind) -> bool {
        self.0 & bit(kind) != 0
    }

    /// All that can happen to an order.
    pub fn of_orders() -> Self {
        Self::of(EventKind::ALL.into_iter().filter(|kind| kind.is_of_order()))
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = EventKind> {
        EventKind::ALL.into_iter().filter(move |kind| self.contains(*kind))
    }
}

impl Default for EventKinds {
    /// All that happens to orders but [`EventKind::Pending`], which is off unless somebody wants it.
    fn default() -> Self {
        Self::of(Self::of_orders().iter().filter(|kind| *kind != EventKind::Pending))
    }
}

impl std::fmt::Debug for EventKinds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(EventKind::name)).finish()
    }
}

const fn bit(kind: EventKind) -> u8 {
    match kind {
        EventKind::Success => 1,
        EventKind::Failed => 2,
        EventKind::SnReceived => 4,
        EventKind::Pending => 8,
        EventKind::Refunded => 16,
        EventKind::WebhookDisabled => 32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pending_and_what_is_not_of_orders_are_off_unless_they_are_wanted() {
        let usual = EventKinds::default();
        let names: Vec<&str> = usual.iter().map(EventKind::name).collect();
        assert_eq!(names, ["order.success", "order.failed", "order.sn_received", "order.refunded"]);
        assert!(!EventKinds::of_orders().contains(EventKind::WebhookDisabled));
        for kind in EventKind::ALL {
            assert!(EventKinds::of([kind]).contains(kind));
            assert!(!EventKinds::NONE.contains(kind));
            assert_eq!(EventKind::parse(kind.name()), Some(kind));
        }
    }
}
