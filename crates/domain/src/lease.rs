//! Which of several nodes does what only one may do at a time.
//!
//! A lease is held by whoever wrote its name there last, as long as it goes on counting beats. Nobody compares clocks: a node takes a
//! lease over when it has seen the same beat, by its own monotonic time, for longer than its holder would have kept still while alive. A
//! holder in turn stops counting on a lease when it has not been able to write for a shorter time than that.

mod roster;

pub use roster::{Role, Roster};

use crate::id::NodeId;
use crate::row::Row;
use crate::time::Timestamp;

/// What only one node does at a time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Work {
    /// Give numbers to orders and all else that ends in this: below [`Work::NUMBERS`].
    Number(u8),
    /// Ask suppliers what became of orders.
    Statuses,
    /// Take price lists over, and forget what is old.
    Upkeep,
    /// Carry webhooks to the endpoints of this share: below [`Work::SHARES`].
    Webhooks(u8),
}

impl Work {
    /// How many nodes can give numbers at once.
    pub const NUMBERS: u8 = 64;
    /// Into how many shares endpoints are divided.
    pub const SHARES: u8 = 16;

    /// All there is to be done but giving numbers.
    pub fn divisible() -> impl Iterator<Item = Self> {
        [Self::Statuses, Self::Upkeep].into_iter().chain((0..Self::SHARES).map(Self::Webhooks))
    }
}

/// Who does it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lease {
    /// What.
    pub work: Work,
    /// Who; `None`: nobody.
    pub holder: Option<NodeId>,
    /// Grows whenever the lease is written.
    pub beat: i64,
    /// When it was written last.
    pub updated_at: Timestamp,
}

impl Lease {
    /// A lease that nobody ever held.
    pub fn free(work: Work) -> Self {
        Self { work, holder: None, beat: 0, updated_at: Timestamp::default() }
    }
}

impl Row for Lease {
    type Key = Work;
    const NAME: &'static str = "lease";

    fn key(&self) -> Work {
        self.work
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }
}

/// What a node wants of one lease.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LeaseChange {
    /// The lease as it was seen. If it is another now, nothing is changed.
    pub seen: Lease,
    /// Who is to hold it.
    pub holder: Option<NodeId>,
}
