//! Sudden deaths under load. Whatever a client was told is there afterwards and says the same; nothing is paid twice; no rupiah is lost.

#[path = "crashes/depositor.rs"]
mod depositor;
#[path = "crashes/shopper.rs"]
pub mod shopper;

use std::collections::HashMap;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use serde_json::json;

use crate::harness::{Dice, Loket, Reckoning, Settled, eventually, linger, pass};

use self::depositor::Depositor;
use self::shopper::Shopper;

/// How often the server dies in a test run.
const DEATHS: u32 = 30;
/// How often in a night.
const DEATHS_OF_A_NIGHT: u32 = 4_000;
/// A night's directory is replaced by a new one after so many deaths, so that its tables stay small and each life is short.
const DEATHS_OF_A_LIFE: u32 = 100;

/// Everything is quick, so that much happens in a life.
pub const SETTINGS: [(&str, &str); 6] = [
    ("rate_per_second", "1000000"),
    ("answer_within_ms", "1000"),
    ("supplier_limit_ms", "300"),
    ("check_every_ms", "50"),
    // On PostgreSQL the dead one's work must be taken over before the sandbox refunds: it says so ten seconds after a success.
    ("lease_ms", "1000"),
    ("log_level", "warn"),
];

#[test]
fn whatever_was_answered_survives_any_death() {
    let dice = Dice::new(Dice::seed());
    #[expect(clippy::disallowed_methods, reason = "the switch for a night of it concerns this test alone")]
    let mut deaths = if std::env::var_os("LOKET_NIGHT").is_some() { DEATHS_OF_A_NIGHT } else { DEATHS };
    while deaths > 0 {
        let life = deaths.min(DEATHS_OF_A_LIFE);
        live_and_die(Loket::start_with(&SETTINGS), &dice, life);
        deaths -= life;
    }
}

/// One data directory, from its beginning through so many deaths to its last account.
pub fn live_and_die(mut loket: Loket, dice: &Dice, deaths: u32) {
    let mut depositor = Depositor::new("rich");
    let mut shoppers = shoppers(&loket, dice);
    for death in 1..=deaths {
        die_under_load(&mut loket, dice, &mut shoppers, &mut depositor);
        die_while_starting(&loket, dice);
        // With a millisecond nearly everything is sent too late, and so not at all: not for the last life, in which all becomes final.
        let send_within = if death == deaths { "500" } else { dice.one_of(&["1", "20", "500"]) };
        loket.set("send_within_ms", send_within);
        loket.set("lost_margin_ms", dice.one_of(&["0", "100"]));
        loket.open();
        compare(&loket, &mut shoppers, &format!("after death {death}"));
        std::thread::scope(|scope| {
            for shopper in &mut shoppers {
                scope.spawn(|| shopper.audit_recent());
            }
        });
    }
    settle(&loket, &mut shoppers, &depositor);
}

/// Six clients of three merchants, one of whom has money for a few bills only, and one of whom tries things out as well.
pub fn shoppers(loket: &Loket, dice: &Dice) -> Vec<Shopper> {
    let rich = loket.merchant_with("rich", 1_000_000_000_000);
    let other = loket.merchant_with("other", 1_000_000_000_000);
    let poor = loket.merchant("poor");
    let merchants = [(1, rich.clone()), (1, rich), (2, other.clone()), (2, other.clone()), (3, poor)];
    let mut shoppers: Vec<Shopper> = (0..)
        .zip(merchants)
        .map(|(number, (merchant_id, merchant))| Shopper::new(number, merchant_id, merchant, dice.below(u64::MAX)))
        .collect();
    shoppers.push(Shopper::new(5, 2, other.testing(), dice.below(u64::MAX)).in_testing());
    shoppers
}

/// Lets them all work until a random number of answers have come, and a random moment more.
fn die_under_load(loket: &mut Loket, dice: &Dice, shoppers: &mut [Shopper], depositor: &mut Depositor) {
    let (answered, answers) = mpsc::channel();
    let is_over = AtomicBool::new(false);
    let commands = depositor.commands(loket);
    std::thread::scope(|scope| {
        for shopper in shoppers {
            let answered = answered.clone();
            scope.spawn(move || shopper.work_until_it_breaks(&answered));
        }
        drop(answered);
        let deposits = scope.spawn(|| depositor.work(commands, &is_over));
        for _ in 0..dice.below(400) {
            answers.recv().expect("clients stop only when the server does");
        }
        if dice.happens(15) {
            loket.begin_to_stop();
        }
        linger(dice);
        loket.kill();
        is_over.store(true, Ordering::Relaxed);
        deposits.join().unwrap();
    });
}

/// Sometimes it dies before it is up, more than once.
fn die_while_starting(loket: &Loket, dice: &Dice) {
    while dice.happens(30) {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--console-listen", "127.0.0.1:0"];
        let mut process = loket.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        pass(Duration::from_micros(dice.below(80_000)));
        process.kill().unwrap();
        process.wait().unwrap();
    }
}

/// Holds the books, the sandbox's record, and everything that clients were told against each other.
pub fn compare(loket: &Loket, shoppers: &mut [Shopper], when: &str) -> Reckoning {
    let verified = loket.json(&["verify"]);
    assert_eq!(verified["findings"], json!([]), "{when}");
    let reckoning = loket.reckon();
    let key = |order: &Settled| (order.merchant_id, order.is_testing, order.ref_id.clone());
    let mut orders: HashMap<_, _> = reckoning.orders.iter().map(|order| (key(order), order)).collect();
    for shopper in shoppers {
        for reference in &shopper.references {
            let order = orders.remove(&(shopper.merchant_id, shopper.is_testing, reference.ref_id.clone()));
            reference.compare(order, when);
        }
    }
    assert!(orders.is_empty(), "{when}, orders that nobody asked for: {orders:?}");
    reckoning
}

/// Waits until everything is final that can become so, and asks for the last account.
fn settle(loket: &Loket, shoppers: &mut [Shopper], depositor: &Depositor) {
    let open = "SELECT count(*) AS open FROM orders JOIN attempts USING (order_id) WHERE customer_no NOT LIKE '%9008' \
        AND (status = 0 OR (status = 1 AND (sn IS NULL OR customer_no LIKE '%9011')))";
    eventually("every order but those of 9008 is final", || (loket.rows(open)[0]["open"] == json!(0)).then_some(()));
    let reckoning = compare(loket, shoppers, "in the end");
    std::thread::scope(|scope| {
        for shopper in &mut *shoppers {
            scope.spawn(|| shopper.audit_all());
        }
    });
    for order in &reckoning.orders {
        let expected = match order.customer_no.get(order.customer_no.len() - 4..).unwrap() {
            "9005" | "9007" => "failed",
            "9008" => "pending",
            "9011" => "refunded",
            _ => "success",
        };
        assert_eq!(order.status, expected, "{order:?}");
    }
    depositor.repeat_all(loket);
    for shopper in shoppers.iter().filter(|shopper| !shopper.is_testing) {
        let deposits = match shopper.merchant_id {
            1 => 1_000_000_000_000 + depositor.total(),
            2 => 1_000_000_000_000,
            _ => 1_000_000,
        };
        let answer = shopper.merchant.call("/v1/balance", json!({})).unwrap();
        let (available, held) = (answer["balance"].as_i64().unwrap(), answer["held"].as_i64().unwrap());
        assert!(available >= 0 && held >= 0, "{}", answer.text);
        assert_eq!(available + reckoning.spent_by(shopper.merchant_id), deposits, "{}", answer.text);
    }
    let told: usize = shoppers.iter().map(Shopper::count_told).sum();
    println!("{} orders, {told} of them told, {} successes", reckoning.orders.len(), reckoning.count("success"));
    assert!(told > 0);
    loket.verify();
}
