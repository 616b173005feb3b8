//! Several nodes on one PostgreSQL, and sudden deaths of all of them: of nodes, some of which only stand still for a while, and of the primary,
//! whose synchronous standby takes its place. Any request may come to any node. Whatever was acknowledged is there afterwards and says the same, nothing is paid twice by the
//! supplier's own journal, every order comes to its end whoever began it, and every merchant is told of everything in order.

#[path = "nodes/roamer.rs"]
mod roamer;
#[path = "nodes/scene.rs"]
mod scene;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use app::seams::{Clock, SystemClock};

use crate::harness::{Dice, linger, pass};

use self::roamer::Roamer;
use self::scene::Scene;

/// How often a primary dies in a test run, and in a night.
const FAILOVERS: u32 = 2;
const FAILOVERS_OF_A_NIGHT: u32 = 600;
/// A night's scene is replaced by a new one after so many.
const FAILOVERS_OF_A_SCENE: u32 = 6;
/// How many nodes die at most between two primaries.
const MOST_DEATHS: u64 = 4;
/// How many clients each merchant has.
const CLIENTS: usize = 3;
/// Longer than a node is waited for before its work is taken over.
const STANDSTILL: Duration = Duration::from_secs(2);
/// How long everybody may be without a good answer: a slow machine included.
const SOON: Duration = Duration::from_mins(1);

#[test]
fn nothing_is_lost_or_done_twice_whichever_node_or_primary_dies() {
    let dice = Dice::new(Dice::seed());
    #[expect(clippy::disallowed_methods, reason = "the switch for a night of it concerns this test alone")]
    let mut failovers = if std::env::var_os("LOKET_NIGHT").is_some() { FAILOVERS_OF_A_NIGHT } else { FAILOVERS };
    while failovers > 0 {
        let of_scene = failovers.min(FAILOVERS_OF_A_SCENE);
        live_and_die(&dice, of_scene);
        failovers -= of_scene;
    }
}

/// One scene, from its beginning through so many primaries to its last account.
fn live_and_die(dice: &Dice, failovers: u32) {
    let mut scene = Scene::open();
    let mut roamers = scene.roamers(CLIENTS, dice);
    for failover in 1..=failovers {
        fail_over_under_load(&mut scene, &mut roamers, dice);
        scene.compare(&roamers, &format!("after failover {failover}"));
    }
    scene.settle(&mut roamers);
}

/// Clients work all the time. Nodes die and come back; then the primary dies, sometimes with a node; then the standby takes its place, and
/// gets a standby of its own.
fn fail_over_under_load(scene: &mut Scene, roamers: &mut [Roamer], dice: &Dice) {
    let (answered, answers) = mpsc::channel();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for roamer in roamers {
            let (answered, is_over) = (answered.clone(), &is_over);
            scope.spawn(move || roamer.roam_until(is_over, &answered));
        }
        drop(answered);
        let over = Over(&is_over);
        for _ in 0..dice.below(MOST_DEATHS) {
            hear(&answers, 20 + dice.below(100));
            let node = dice.index(scene.nodes.len());
            linger(dice);
            scene.nodes[node].kill();
            hear(&answers, dice.below(30));
            scene.nodes[node].open();
        }
        hear(&answers, 20 + dice.below(100));
        stand_still(scene, dice);
        hear(&answers, 20 + dice.below(50));
        linger(dice);
        let dying = dice.happens(30).then(|| dice.index(scene.nodes.len()));
        scene.pair.kill_primary();
        if let Some(node) = dying {
            scene.nodes[node].kill();
        }
        answers.try_iter().for_each(drop);
        let clock = SystemClock::start();
        scene.pair.promote();
        let promoted = clock.monotonic();
        hear(&answers, 1);
        println!(
            "promoted in {promoted:.1?}, the first success {:.1?} later",
            clock.monotonic().saturating_sub(promoted)
        );
        hear(&answers, 20 + dice.below(50));
        if let Some(node) = dying {
            scene.nodes[node].open();
        }
        scene.pair.give_standby();
        hear(&answers, 20 + dice.below(50));
        drop(over);
    });
}

/// A node stands still for so long that others take its work over, in the middle of whatever it does, and goes on as if nothing had been.
fn stand_still(scene: &Scene, dice: &Dice) {
    let node = &scene.nodes[dice.index(scene.nodes.len())];
    linger(dice);
    node.stand_still();
    pass(STANDSTILL);
    node.go_on();
}

/// Clients stop when this is dropped, also where the test has failed.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Waits for so many good answers.
fn hear(answers: &Receiver<()>, count: u64) {
    for _ in 0..count {
        answers.recv_timeout(SOON).expect("some node goes on");
    }
}
