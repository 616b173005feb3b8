//! Suppliers that do everything wrong, and deaths on both sides while they do. No bill is paid twice; what is final is what the supplier
//! did; what nobody knows is pending, and what is pending is held; and once the faults stop, everything becomes final in time.

#[path = "chaos/faults.rs"]
mod faults;
#[path = "chaos/payer.rs"]
mod payer;
#[path = "chaos/scene.rs"]
mod scene;
#[path = "chaos/truth.rs"]
mod truth;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use fake_suppliers::Plan;

use crate::harness::{Dice, linger};

use self::faults::{Case, every_case, mixture};
use self::payer::Payer;
pub use self::scene::{Scene, WAYS, Way, sell};

/// How often somebody dies in a test run, and in a night.
const DEATHS: u32 = 15;
const DEATHS_OF_A_NIGHT: u32 = 4_000;
/// A night's scene is replaced by a new one after so many deaths.
const DEATHS_OF_A_SCENE: u32 = 50;
/// So many in each way: a supplier is left alone after five silences in a row, and so few can't bring them about without an answer between.
const PAYERS_EACH: usize = 2;

#[test]
fn whatever_a_supplier_does_wrong_its_journal_and_our_orders_agree() {
    let mut scene = Scene::open(&[]);
    let cases = every_case();
    for (supplier, stand_in) in ["digiflazz", "iak"].into_iter().zip(&mut scene.stand_ins) {
        let of_supplier = cases.iter().filter(|case| case.way.supplier == supplier);
        stand_in.set_plan(&Plan::of(of_supplier.flat_map(|case| case.rules.clone())));
    }
    let total = cases.len();
    assert!(total >= 200, "{total}");
    let cases = Mutex::new(cases);
    std::thread::scope(|scope| {
        for thread in 0..WAYS.len() * PAYERS_EACH {
            let way = WAYS[thread % WAYS.len()];
            let mut payer = Payer::new(&scene.merchant, way, thread, 0);
            let cases = &cases;
            scope.spawn(move || {
                while let Some(case) = take(cases, |case| case.way == way) {
                    payer.pay(&case.customer_no, &|| {}).unwrap();
                    // A good one between, so that the supplier isn't left alone.
                    let answer = payer.pay_something_good().unwrap();
                    assert_eq!(answer.status, 200, "after {case:?}: {}", answer.text);
                }
            });
        }
    });
    scene.audit("with everything gone wrong");
    let truth = scene.calm_down();
    println!("{} orders, {} successes, {} faulted", truth.orders.len(), truth.count("success"), truth.count_faulted());
    assert!(truth.count_faulted() >= total * 9 / 10);
}

fn take(cases: &Mutex<Vec<Case>>, is_wanted: impl Fn(&Case) -> bool) -> Option<Case> {
    let mut cases = cases.lock().unwrap();
    let found = cases.iter().position(is_wanted)?;
    Some(cases.swap_remove(found))
}

#[test]
fn nothing_is_paid_twice_whoever_dies_while_everything_goes_wrong() {
    let dice = Dice::new(Dice::seed());
    #[expect(clippy::disallowed_methods, reason = "the switch for a night of it concerns this test alone")]
    let mut deaths = if std::env::var_os("LOKET_NIGHT").is_some() { DEATHS_OF_A_NIGHT } else { DEATHS };
    while deaths > 0 {
        let of_scene = deaths.min(DEATHS_OF_A_SCENE);
        live_and_die(&dice, of_scene);
        deaths -= of_scene;
    }
}

/// One scene, from its beginning through so many deaths to its last account.
fn live_and_die(dice: &Dice, deaths: u32) {
    let mut scene = Scene::open(&[]);
    let mut payers: Vec<Payer> = (0..WAYS.len() * PAYERS_EACH)
        .map(|thread| Payer::new(&scene.merchant, WAYS[thread % WAYS.len()], thread, dice.below(u64::MAX)))
        .collect();
    for death in 1..=deaths {
        for (supplier, stand_in) in ["digiflazz", "iak"].into_iter().zip(&mut scene.stand_ins) {
            stand_in.set_plan(&mixture(supplier, dice));
        }
        die_under_load(&mut scene, &mut payers, dice);
        // With a millisecond nearly everything is sent too late, and so not at all: not for the last life, which is to end.
        let send_within = if death == deaths { "500" } else { dice.one_of(&["1", "20", "500"]) };
        scene.loket.set("send_within_ms", send_within);
        scene.loket.set("lost_margin_ms", dice.one_of(&["0", "100"]));
        scene.reopen();
        let when = format!("after death {death}");
        scene.audit(&when).check_told(payers.iter().flat_map(Payer::told), &when);
    }
    let truth = scene.calm_down();
    truth.check_told(payers.iter().flat_map(Payer::told), "in the end");
    let (orders, faulted) = (truth.orders.len(), truth.count_faulted());
    println!("{orders} orders, {} successes, {faulted} faulted", truth.count("success"));
    assert!(faulted >= 200 || deaths < DEATHS, "only {faulted} of {orders} orders met a fault");
}

/// They pay until a random number of answers have come. Then stand-ins die, and come back; and Loket dies in the midst of that, or before,
/// or after.
fn die_under_load(scene: &mut Scene, payers: &mut [Payer], dice: &Dice) {
    let (answered, answers) = mpsc::channel();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for payer in payers {
            let (answered, is_over) = (answered.clone(), &is_over);
            scope.spawn(move || payer.pay_until(is_over, &answered));
        }
        drop(answered);
        let hear = |count: u64| (0..count).for_each(|_| answers.recv().expect("clients stop only when Loket does"));
        hear(20 + dice.below(60));
        let mortals: &[usize] = dice.one_of(&[&[], &[0], &[1], &[0, 1]]);
        for &index in mortals {
            scene.stand_ins[index].kill();
        }
        let loket_dies = dice.below(3);
        if loket_dies == 0 {
            linger(dice);
            scene.loket.kill();
        }
        for &index in mortals {
            scene.stand_ins[index].open();
        }
        if loket_dies > 0 {
            hear(dice.below(20));
            linger(dice);
            scene.loket.kill();
        }
        is_over.store(true, Ordering::Relaxed);
    });
}
