//! This node's place among the others: what it holds, and until when it may count on that.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::command::{ChangeLeases, Decide};
use domain::id::NodeId;
use domain::lease::{Lease, LeaseChange, Role, Roster, Work};
use domain::time::Timestamp;
use domain::world::Reads;
use parking_lot::{Mutex, RwLock};
use store::{Store, StoreError, Writer};

use crate::time::Time;

/// How often a node tries to get a number before it gives up: others that begin at once may be quicker each time.
const MOST_TRIES: u32 = 16;

/// What a node holds. Where nobody else can write to the database, it holds everything, unasked.
pub struct Membership {
    /// When this process began.
    begun_at: Timestamp,
    /// `None`: there can be no other node.
    shared: Option<Shared>,
}

struct Shared {
    roster: Mutex<Roster>,
    held: RwLock<BTreeMap<Work, Held>>,
    lease_time: Duration,
    /// Workers were started, so that work may be taken.
    is_working: AtomicBool,
}

#[derive(Clone, Copy)]
struct Held {
    since: Timestamp,
    /// Monotonic.
    until: Duration,
}

/// Why a node can't join the others.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Every number is taken.
    #[error(
        "all places for nodes are taken on this database ({} servers and {} commands at once); stop some, or wait: one that died is forgotten soon while a server runs, and after ten minutes otherwise",
        Role::Server.numbers().len(),
        Role::Command.numbers().len()
    )]
    Full,
}

impl Membership {
    /// Of the only node that there can be.
    pub const fn alone(begun_at: Timestamp) -> Self {
        Self { begun_at, shared: None }
    }

    /// Takes a number among the nodes that share a store; work is taken later.
    pub fn join(
        store: &dyn Store,
        writer: &mut dyn Writer,
        time: &Time,
        node: NodeId,
        role: Role,
        lease_time: Duration,
    ) -> Result<Self, JoinError> {
        let mut roster = Roster::new(node, role, lease_time);
        for _ in 0..MOST_TRIES {
            roster.note(store.snapshot()?.leases()?, time.monotonic());
            let began = time.monotonic();
            let wish = roster.number_wish(began, time.now()).ok_or(JoinError::Full)?;
            roster.note(change(writer, time, vec![wish])?, time.monotonic());
            if roster.number().is_some() {
                let shared = Shared {
                    roster: Mutex::new(roster),
                    held: RwLock::default(),
                    lease_time,
                    is_working: AtomicBool::new(false),
                };
                shared.count_from(began, time);
                return Ok(Self { begun_at: time.now(), shared: Some(shared) });
            }
        }
        Err(JoinError::Full)
    }

    /// Whether there may be other nodes.
    pub const fn is_shared(&self) -> bool {
        self.shared.is_some()
    }

    /// When this process began: what the one before it did last isn't known.
    pub const fn begun_at(&self) -> Timestamp {
        self.begun_at
    }

    /// The number under which this node gives numbers, while it may count on it.
    pub fn number(&self, monotonic: Duration) -> Option<u8> {
        let Some(shared) = &self.shared else { return Some(0) };
        let held = shared.held.read();
        held.iter().find_map(|(work, held)| match work {
            Work::Number(number) if monotonic < held.until => Some(*number),
            _ => None,
        })
    }

    /// Since when this node does that work, if it does it now. Whoever did it before may have done anything of it until then.
    pub fn since(&self, work: Work, monotonic: Duration) -> Option<Timestamp> {
        let Some(shared) = &self.shared else { return Some(self.begun_at) };
        shared.held.read().get(&work).filter(|held| monotonic < held.until).map(|held| held.since)
    }

    /// Whether this node does that work now.
    pub fn holds(&self, work: Work, monotonic: Duration) -> bool {
        self.since(work, monotonic).is_some()
    }

    /// From now on this node takes its share of the work.
    pub fn begin_work(&self) {
        if let Some(shared) = &self.shared {
            shared.is_working.store(true, Ordering::Relaxed);
        }
    }

    /// What this node wants of the leases, which stand like this now, as far as that is known. What it gives back it doesn't count on any
    /// more, whatever becomes of that.
    pub fn wishes(&self, leases: Vec<Lease>, time: &Time) -> Vec<LeaseChange> {
        let Some(shared) = &self.shared else { return Vec::new() };
        let mut roster = shared.roster.lock();
        roster.note(leases, time.monotonic());
        let (at, now) = (time.monotonic(), time.now());
        let wishes = if shared.is_working.load(Ordering::Relaxed) {
            roster.wishes(at, now)
        } else {
            roster.number_wish(at, now).into_iter().collect()
        };
        shared.count_no_more(&wishes);
        wishes
    }

    /// Notes how leases stand after this node began, at a monotonic moment, to change them. Gives the work that is new.
    pub fn note(&self, leases: Vec<Lease>, began: Duration, time: &Time) -> Vec<Work> {
        let Some(shared) = &self.shared else { return Vec::new() };
        shared.roster.lock().note(leases, time.monotonic());
        shared.count_from(began, time)
    }

    /// How often a node must beat so that it keeps what it holds, though some of its writes take their time.
    pub fn beat_every(&self) -> Option<Duration> {
        self.shared.as_ref().map(|shared| shared.lease_time / 5)
    }

    /// What this node, which ends, is still to give back: its work, and `with_number` its number, which it needs as long as requests are
    /// finished.
    pub fn farewell(&self, with_number: bool) -> Vec<LeaseChange> {
        let Some(shared) = &self.shared else { return Vec::new() };
        let mut changes = shared.roster.lock().farewell();
        changes.retain(|change| with_number || !matches!(change.seen.work, Work::Number(_)));
        shared.count_no_more(&changes);
        changes
    }

    /// Notes how leases stand that this node wanted to give back.
    pub fn note_farewell(&self, leases: Vec<Lease>, time: &Time) {
        if let Some(shared) = &self.shared {
            shared.roster.lock().note(leases, time.monotonic());
        }
    }
}

impl Shared {
    /// Doesn't count any more on what is to be given back.
    fn count_no_more(&self, changes: &[LeaseChange]) {
        let mut held = self.held.write();
        for change in changes.iter().filter(|change| change.holder.is_none()) {
            held.remove(&change.seen.work);
        }
    }

    /// Counts on what the roster holds for as long as a lease lasts.
    fn count_from(&self, began: Duration, time: &Time) -> Vec<Work> {
        let until = began.saturating_add(self.lease_time);
        let roster = self.roster.lock();
        let (at, now) = (time.monotonic(), time.now());
        let mut held = self.held.write();
        let mut before = std::mem::take(&mut *held);
        // What has lapsed may have been somebody else's meanwhile, and here nobody has looked after it.
        before.retain(|_, held| at < held.until);
        let since = |work| before.get(&work).map_or(now, |before| before.since);
        held.extend(roster.held().map(|work| (work, Held { since: since(work), until })));
        held.keys().copied().filter(|work| !before.contains_key(work)).collect()
    }
}

/// Changes leases where there is no engine yet.
fn change(writer: &mut dyn Writer, time: &Time, changes: Vec<LeaseChange>) -> Result<Vec<Lease>, StoreError> {
    let command = ChangeLeases { changes };
    let (mut reads, mut after) = (Reads::default(), Vec::new());
    command.name_rows(&mut reads);
    writer.transact(&reads, &mut |world| {
        // It refuses nothing.
        after = command.decide(world, time.now().max(world.newest())).unwrap_or_default();
    })?;
    Ok(after)
}
