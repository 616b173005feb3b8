//! What a node has seen of the leases, and what it wants of them.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::id::NodeId;
use crate::lease::{Lease, LeaseChange, Work};
use crate::time::Timestamp;

/// After so long a number is free, whoever held it, also for a node that has just begun and seen nobody keep still.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(10);

/// What a node is there for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// It serves merchants, and does its share of the work.
    Server,
    /// It is there for one command of the operator's, and takes no work.
    Command,
}

impl Role {
    /// The numbers that are for this role.
    pub fn numbers(self) -> std::ops::Range<u8> {
        const FIRST_OF_COMMANDS: u8 = Work::NUMBERS - 8;
        match self {
            Self::Server => 0..FIRST_OF_COMMANDS,
            Self::Command => FIRST_OF_COMMANDS..Work::NUMBERS,
        }
    }
}

/// All leases as one node has seen them, and since when. Moments are this node's monotonic time.
#[derive(Clone, Debug)]
pub struct Roster {
    node: NodeId,
    role: Role,
    lease_time: Duration,
    seen: BTreeMap<Work, Seen>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    lease: Lease,
    since: Duration,
    /// Its holder was seen to write it more than once.
    is_renewed: bool,
}

impl Roster {
    /// Of a node that has seen nothing yet. A holder counts on a lease for `lease_time` after it began to write it.
    pub const fn new(node: NodeId, role: Role, lease_time: Duration) -> Self {
        Self { node, role, lease_time, seen: BTreeMap::new() }
    }

    /// How long the others watch a holder keep still before they take its place: longer than it counts on its lease itself, by more than
    /// two clocks differ in pace.
    pub fn silence(lease_time: Duration) -> Duration {
        lease_time.saturating_add(lease_time.saturating_mul(25).checked_div(100).unwrap_or_default())
    }

    /// Takes in how leases stand. `at` is a moment after they were read or written.
    pub fn note(&mut self, leases: impl IntoIterator<Item = Lease>, at: Duration) {
        for lease in leases {
            let before = self.seen.get(&lease.work);
            let is_same_holder = before.is_some_and(|seen| seen.lease.holder == lease.holder);
            if !(is_same_holder && before.is_some_and(|seen| seen.lease.beat == lease.beat)) {
                self.seen.insert(lease.work, Seen { lease, since: at, is_renewed: is_same_holder });
            }
        }
    }

    /// What this node holds, as far as it has seen.
    pub fn held(&self) -> impl Iterator<Item = Work> {
        self.seen.values().filter(|seen| self.is_mine(seen)).map(|seen| seen.lease.work)
    }

    /// The number that this node gives numbers under.
    pub fn number(&self) -> Option<u8> {
        self.held().find_map(|work| match work {
            Work::Number(number) => Some(number),
            Work::Statuses | Work::Upkeep | Work::Webhooks(_) => None,
        })
    }

    /// What this node wants now: to keep what it holds, to take what is free or whose holder keeps still, to give back what is more than
    /// its share.
    pub fn wishes(&self, at: Duration, now: Timestamp) -> Vec<LeaseChange> {
        let mut wishes: Vec<LeaseChange> = self.number_wish(at, now).into_iter().collect();
        // A number whose holder keeps still is free for the next who comes.
        let silent = self.numbers().filter(|seen| !self.is_mine(seen) && self.is_silent(seen, at));
        wishes.extend(silent.map(|seen| LeaseChange { seen: seen.lease, holder: None }));
        if self.role == Role::Server {
            let singles = [Work::Statuses, Work::Upkeep].into_iter().map(|work| self.look_at(work));
            wishes.extend(
                singles.filter(|seen| self.is_mine(seen) || self.is_free(seen, at)).map(|seen| self.take(seen)),
            );
            self.wish_for_shares(at, &mut wishes);
        }
        wishes
    }

    /// Everything back: the node ends.
    pub fn farewell(&self) -> Vec<LeaseChange> {
        let mine = self.seen.values().filter(|seen| self.is_mine(seen));
        mine.map(|seen| LeaseChange { seen: seen.lease, holder: None }).collect()
    }

    /// How many servers there are that do their share, this one included.
    pub fn servers(&self, at: Duration) -> usize {
        let workers: BTreeSet<NodeId> = self
            .seen
            .values()
            .filter(|seen| !matches!(seen.lease.work, Work::Number(_)))
            .filter_map(|seen| seen.lease.holder)
            .collect();
        let is_at_work =
            |seen: &&Seen| self.is_fresh(seen, at) || seen.lease.holder.is_some_and(|holder| workers.contains(&holder));
        let numbers = self.numbers().filter(|seen| !self.is_silent(seen, at)).filter(is_at_work);
        let serving = numbers
            .filter(|seen| matches!(seen.lease.work, Work::Number(number) if Role::Server.numbers().contains(&number)));
        let mut holders: BTreeSet<NodeId> = serving.filter_map(|seen| seen.lease.holder).collect();
        if self.role == Role::Server {
            holders.insert(self.node);
        }
        holders.len()
    }

    /// What this node wants so that it can give numbers; `None`: all are taken.
    pub fn number_wish(&self, at: Duration, now: Timestamp) -> Option<LeaseChange> {
        if let Some(number) = self.number() {
            return Some(self.take(self.look_at(Work::Number(number))));
        }
        let numbers = self.role.numbers();
        let [random, ..] = self.node.0;
        // Nodes that begin at once don't begin with the same one.
        let first = numbers.start.saturating_add(random.checked_rem(numbers.end.saturating_sub(numbers.start))?);
        let mut candidates =
            (first..numbers.end).chain(numbers.start..first).map(|number| self.look_at(Work::Number(number)));
        let is_forgotten = |seen: &Seen| now >= seen.lease.updated_at.plus(FORGOTTEN_AFTER);
        let free = candidates.clone().find(|seen| self.is_free(seen, at));
        free.or_else(|| candidates.find(is_forgotten)).map(|seen| self.take(seen))
    }

    fn wish_for_shares(&self, at: Duration, wishes: &mut Vec<LeaseChange>) {
        let most = usize::from(Work::SHARES).div_ceil(self.servers(at).max(1));
        let shares: Vec<Seen> = (0..Work::SHARES).map(|share| self.look_at(Work::Webhooks(share))).collect();
        let (mine, others): (Vec<Seen>, Vec<Seen>) = shares.into_iter().partition(|seen| self.is_mine(seen));
        let kept = mine.len().min(most);
        for (place, seen) in mine.into_iter().enumerate() {
            wishes.push(if place < most { self.take(seen) } else { LeaseChange { seen: seen.lease, holder: None } });
        }
        let free = others.into_iter().filter(|seen| self.is_free(seen, at));
        wishes.extend(free.take(most.saturating_sub(kept)).map(|seen| self.take(seen)));
    }

    fn numbers(&self) -> impl Iterator<Item = &Seen> {
        self.seen.values().filter(|seen| matches!(seen.lease.work, Work::Number(_)))
    }

    fn look_at(&self, work: Work) -> Seen {
        self.seen.get(&work).copied().unwrap_or_else(|| Seen {
            lease: Lease::free(work),
            since: Duration::MAX,
            is_renewed: false,
        })
    }

    const fn take(&self, seen: Seen) -> LeaseChange {
        LeaseChange { seen: seen.lease, holder: Some(self.node) }
    }

    fn is_mine(&self, seen: &Seen) -> bool {
        seen.lease.holder == Some(self.node)
    }

    fn is_free(&self, seen: &Seen, at: Duration) -> bool {
        seen.lease.holder.is_none() || self.is_silent(seen, at)
    }

    /// Whether its holder was seen to write it again, and not long ago: neither one that failed as it began nor one that is just ending.
    fn is_fresh(&self, seen: &Seen, at: Duration) -> bool {
        seen.is_renewed && at.saturating_sub(seen.since).saturating_mul(2) <= self.lease_time
    }

    fn is_silent(&self, seen: &Seen, at: Duration) -> bool {
        seen.lease.holder.is_some() && at.saturating_sub(seen.since) > Self::silence(self.lease_time)
    }
}
