//! Nodes that come, work, stall and die in any order, on clocks of their own.

#![expect(clippy::arithmetic_side_effects, reason = "a test's numbers are small")]

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::command::{ChangeLeases, Decide};
use crate::world::{Reads, World};

const LEASE_TIME: Duration = Duration::from_secs(10);
const BEAT: Duration = Duration::from_secs(2);

/// What stands in the store.
#[derive(Default)]
struct Leases(BTreeMap<Work, Lease>);

impl Leases {
    fn change(&mut self, changes: Vec<LeaseChange>) -> Vec<Lease> {
        let command = ChangeLeases { changes };
        let (mut reads, mut world) = (Reads::default(), World::default());
        command.name_rows(&mut reads);
        for work in reads.leases {
            world.leases.load(work, self.0.get(&work).copied());
        }
        let after = command.decide(&mut world, Timestamp::default()).unwrap();
        self.0.extend(world.leases.changes().into_iter().map(|change| (change.row.work, *change.row)));
        after
    }
}

struct Node {
    roster: Roster,
    /// This node's clock shows that much more, or less, than it should: by its pace in per cent.
    pace: u32,
    /// Until when it counts on what it holds, by its own clock.
    until: BTreeMap<Work, Duration>,
    next_beat: Duration,
}

impl Node {
    fn new(id: u8, pace: u32, now: Duration) -> Self {
        let roster = Roster::new(NodeId([id; 16]), Role::Server, LEASE_TIME);
        Self { roster, pace, until: BTreeMap::new(), next_beat: now }
    }

    fn clock(&self, now: Duration) -> Duration {
        now * self.pace / 100
    }

    /// Reads, and writes `delay` later, if it writes at all.
    fn beat(&mut self, leases: &mut Leases, now: Duration) {
        let began = self.clock(now);
        self.roster.note(leases.0.values().copied().collect::<Vec<_>>(), began);
        let after = leases.change(self.roster.wishes(began, Timestamp::default()));
        self.roster.note(after, began);
        self.until = self.roster.held().map(|work| (work, began + LEASE_TIME)).collect();
        self.next_beat = now + BEAT;
    }

    fn counts_on(&self, now: Duration) -> impl Iterator<Item = Work> {
        self.until.iter().filter(move |(_, until)| self.clock(now) < **until).map(|(work, _)| *work)
    }
}

fn holders(nodes: &[Node], now: Duration) -> BTreeMap<Work, usize> {
    let mut holders = BTreeMap::new();
    for work in nodes.iter().flat_map(|node| node.counts_on(now)) {
        *holders.entry(work).or_insert(0) += 1;
    }
    holders
}

/// A node is held up for some seconds, or dies, or another begins.
#[derive(Clone, Copy, Debug)]
enum Event {
    Stall(usize, u64),
    Die(usize),
    Begin(u32),
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        (any::<usize>(), 1_u64..40).prop_map(|(node, seconds)| Event::Stall(node, seconds)),
        any::<usize>().prop_map(Event::Die),
        (95_u32..=105).prop_map(Event::Begin),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_ever_held_twice_and_all_of_it_is_held_in_the_end(story in vec((0_u64..30, events()), 0..25)) {
        let (mut leases, mut nodes, mut now) = (Leases::default(), Vec::new(), Duration::from_secs(1_000));
        let mut ids = 1..;
        nodes.push(Node::new(ids.next().unwrap(), 100, now));
        let mut run = |nodes: &mut Vec<Node>, now: &mut Duration, seconds: u64| {
            for _ in 0..seconds * 2 {
                *now += Duration::from_millis(500);
                for node in nodes.iter_mut().filter(|node| node.next_beat <= *now) {
                    node.beat(&mut leases, *now);
                }
                for (work, count) in holders(nodes, *now) {
                    assert_eq!(count, 1, "{work:?} at {now:?}");
                }
            }
        };
        for (seconds, event) in story {
            run(&mut nodes, &mut now, seconds);
            let count = nodes.len().max(1);
            match event {
                Event::Stall(node, seconds) => {
                    if let Some(node) = nodes.get_mut(node % count) {
                        node.next_beat = now + Duration::from_secs(seconds);
                    }
                }
                Event::Die(node) if !nodes.is_empty() => drop(nodes.remove(node % count)),
                Event::Die(_) => {}
                Event::Begin(pace) => nodes.push(Node::new(ids.next().unwrap(), pace, now)),
            }
        }
        if nodes.is_empty() {
            nodes.push(Node::new(ids.next().unwrap(), 100, now));
        }
        // The longest stall, the silence, and some beats.
        run(&mut nodes, &mut now, 40 + 14 + 10);
        let held = holders(&nodes, now);
        for work in Work::divisible() {
            prop_assert_eq!(held.get(&work), Some(&1), "{:?}", work);
        }
        let most = usize::from(Work::SHARES).div_ceil(nodes.len());
        for node in &nodes {
            let works: Vec<Work> = node.counts_on(now).collect();
            let shares = works.iter().filter(|work| matches!(work, Work::Webhooks(_))).count();
            prop_assert!(shares <= most, "{} of {}", shares, most);
            prop_assert_eq!(works.iter().filter(|work| matches!(work, Work::Number(_))).count(), 1);
        }
    }
}

#[test]
fn what_a_dead_node_held_is_taken_over_within_the_silence_and_a_beat() {
    let (mut leases, start) = (Leases::default(), Duration::from_secs(50));
    let (mut first, mut second) = (Node::new(1, 100, start), Node::new(2, 100, start));
    first.beat(&mut leases, start);
    let mut now = start;
    let taken_over = loop {
        now += BEAT;
        second.beat(&mut leases, now);
        if second.counts_on(now).any(|work| work == Work::Statuses) {
            break now;
        }
    };
    assert!(taken_over > start + LEASE_TIME, "its holder may still count on it");
    assert!(taken_over <= start + Roster::silence(LEASE_TIME) + BEAT * 2);
}

#[test]
fn a_server_that_fails_as_it_begins_takes_nothing_from_the_others() {
    let (mut leases, start) = (Leases::default(), Duration::from_secs(50));
    let mut lives = Node::new(1, 100, start);
    lives.beat(&mut leases, start);
    for (number, now) in (2..20).zip((1..).map(|beat| start + BEAT * beat)) {
        let roster = Roster::new(NodeId([number; 16]), Role::Server, LEASE_TIME);
        let mut fails = roster.clone();
        fails.note(leases.0.values().copied().collect::<Vec<_>>(), now);
        leases.change(fails.number_wish(now, Timestamp::default()).into_iter().collect());
        lives.beat(&mut leases, now);
        assert_eq!(lives.counts_on(now).filter(|work| matches!(work, Work::Webhooks(_))).count(), 16, "at {number}");
    }
    let ghosts =
        leases.0.values().filter(|lease| matches!(lease.work, Work::Number(_)) && lease.holder.is_some()).count();
    assert!(ghosts < 10, "{ghosts} numbers are still held");
}

#[test]
fn a_command_takes_a_number_and_no_work_and_leaves_nothing_behind() {
    let mut leases = Leases::default();
    let mut roster = Roster::new(NodeId([9; 16]), Role::Command, LEASE_TIME);
    let after = leases.change(roster.wishes(Duration::ZERO, Timestamp::default()));
    roster.note(after, Duration::ZERO);
    assert_eq!(roster.held().count(), 1);
    assert!(Role::Command.numbers().contains(&roster.number().unwrap()));
    assert_eq!(roster.servers(Duration::ZERO), 0);
    leases.change(roster.farewell());
    assert!(leases.0.values().all(|lease| lease.holder.is_none()));
}

#[test]
fn when_all_numbers_are_taken_only_a_forgotten_one_is_free() {
    let now = Timestamp::from_seconds(10_000);
    let mut roster = Roster::new(NodeId([9; 16]), Role::Server, LEASE_TIME);
    let taken = |number: u8, updated_at| Lease {
        holder: Some(NodeId([number.wrapping_add(100); 16])),
        beat: 5,
        updated_at,
        ..Lease::free(Work::Number(number))
    };
    roster.note((0..Work::NUMBERS).map(|number| taken(number, now)), Duration::ZERO);
    let takes_number = |roster: &Roster| {
        let wishes = roster.wishes(Duration::ZERO, now);
        wishes.into_iter().find(|wish| wish.holder.is_some() && matches!(wish.seen.work, Work::Number(_)))
    };
    assert_eq!(takes_number(&roster), None);
    roster.note([taken(7, now.minus(FORGOTTEN_AFTER))], Duration::ZERO);
    let old = roster.seen.get_mut(&Work::Number(7)).unwrap();
    old.lease.updated_at = now.minus(FORGOTTEN_AFTER);
    assert_eq!(takes_number(&roster).map(|wish| wish.seen.work), Some(Work::Number(7)));
    // Whatever the wall shows, nobody's number is taken while one is free.
    roster.note([Lease { beat: 6, ..Lease::free(Work::Number(40)) }], Duration::ZERO);
    assert_eq!(takes_number(&roster).map(|wish| wish.seen.work), Some(Work::Number(40)));
}
