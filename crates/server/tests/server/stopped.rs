//! A server that is stopped in the midst of its work, as by a machine that sleeps, and wakes too late: what hasn't left does not leave.

use std::sync::Barrier;
use std::time::Duration;

use app::seams::{Clock, SystemClock};
use fake_suppliers::{Call, Event, Moment};

use crate::chaos::{Scene, WAYS, Way};
use crate::harness::{Dice, pass};

/// How often it is stopped in a test run.
const STOPS: usize = 8;
/// How many buy at once.
const BUYERS: usize = 40;
/// Within which an accepted purchase is to be sent.
const SEND_WITHIN: Duration = Duration::from_millis(100);
/// For how long it is stopped.
const STOPPED_FOR: Duration = Duration::from_millis(500);

#[test]
fn whoever_wakes_too_late_sends_nothing() {
    let dice = Dice::new(Dice::seed());
    let mut scene = Scene::open(&[
        ("send_within_ms", "100"),
        ("supplier_limit_ms", "5000"),
        ("answer_within_ms", "5000"),
        // So that nothing is sent again before the last look.
        ("pace_percent", "100"),
    ]);
    let way = WAYS[3];
    let (mut late, mut unsent) = (0, 0);
    for stop in 0..STOPS {
        let woken = stop_in_the_midst(&scene, way, stop, &dice);
        let (late_now, unsent_now) = look(&scene, woken);
        (late, unsent) = (late + late_now, unsent + unsent_now);
    }
    println!("{unsent} were not sent, {late} left too late");
    assert_eq!(late, 0);
    assert!(unsent > 0, "it was never stopped between a commit and a sending");
    scene.loket.set("pace_percent", "1");
    scene.loket.kill();
    scene.reopen();
    scene.calm_down();
}

/// Buyers come all at once; a moment later the server is stopped, and goes on when it is too late. Gives the time before it goes on.
fn stop_in_the_midst(scene: &Scene, way: Way, stop: usize, dice: &Dice) -> i64 {
    let together = Barrier::new(BUYERS + 1);
    let mut woken = 0;
    std::thread::scope(|scope| {
        for buyer in 0..BUYERS {
            let (merchant, together) = (scene.merchant.clone(), &together);
            scope.spawn(move || {
                let ref_id = format!("S{stop}-{buyer}");
                together.wait();
                merchant.order(way.cmd, &ref_id, way.code, &way.customer(stop, buyer)).unwrap();
            });
        }
        together.wait();
        pass(Duration::from_micros(dice.below(40_000)));
        scene.loket.stand_still();
        pass(STOPPED_FOR);
        woken = SystemClock::start().wall().micros() / 1_000;
        scene.loket.go_on();
    });
    woken
}

/// How many purchases left after it was too late for them, and how many were not sent since it was too late.
fn look(scene: &Scene, woken: i64) -> (usize, usize) {
    let too_late = woken - i64::try_from(SEND_WITHIN.as_millis()).unwrap();
    let rows = scene.loket.rows(&format!(
        "SELECT supplier_ref, state FROM attempts WHERE created_at / 1000 < {too_late} AND created_at / 1000 > {too_late} - 3000"
    ));
    let journal = scene.stand_ins[1].journal();
    let asked_late = |ref_id: &str| {
        journal.entries.iter().any(|line| {
            let Event::Asked { call: Call::TopUp, subject } = &line.event else { return false };
            subject.ref_id == ref_id && line.at > Moment(woken)
        })
    };
    let asked = |ref_id: &str| {
        journal
            .entries
            .iter()
            .any(|line| matches!(&line.event, Event::Asked { call: Call::TopUp, subject } if subject.ref_id == ref_id))
    };
    let refs: Vec<&str> = rows.iter().map(|row| row["supplier_ref"].as_str().unwrap()).collect();
    (refs.iter().filter(|&&ref_id| asked_late(ref_id)).count(), refs.iter().filter(|&&ref_id| !asked(ref_id)).count())
}
