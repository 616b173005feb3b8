//! The whole server on PostgreSQL: what is written there survives it, and it survives what becomes of its connections.

use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use throwaway_postgres::{Cluster, Database};

use crate::crashes::{SETTINGS, compare, live_and_die, shoppers};
use crate::harness::{Dice, Loket, eventually};

/// How often the server dies in a test run, and how often its connection does.
const DEATHS: u32 = 5;
const CUTS: u32 = 25;

#[test]
fn a_paid_bill_survives_a_death() {
    let mut loket = Loket::start_on(Database::fresh(), &[]);
    let toko = loket.merchant("toko");
    toko.inquire("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_INQUIRY_SUCCESS");
    let paid = toko.pay("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    let balance = toko.balance();
    loket.crash();
    assert_eq!(toko.balance(), balance);
    assert_eq!(toko.pay("INQ-1", "MPBPJS", "1234567890").data(), paid.data());
    assert_eq!(loket.paid_at_sandbox().len(), 1);
    loket.verify();
    assert!(!loket.data().join("loket.db").exists(), "there is no SQLite file");
}

#[test]
fn commands_work_without_a_server_and_beside_one() {
    let mut loket = Loket::start_on(Database::fresh(), &[]);
    loket.merchant("beside");
    loket.stop();
    loket.merchant("without");
    loket.verify();
    loket.open();
    loket.verify();
    assert_eq!(loket.json(&["merchant", "list"]).as_array().map(Vec::len), Some(2));
}

#[test]
fn a_server_that_cannot_listen_leaves_its_place_among_the_nodes() {
    let mut loket = Loket::start_on(Database::fresh(), &[]);
    loket.stop();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let failed = loket.run(&["serve", "--listen", &address, "--console-listen", "127.0.0.1:0"]);
    assert!(!failed.status.success());
    assert!(String::from_utf8_lossy(&failed.stderr).contains(&address), "{failed:?}");
    let places = loket.database().unwrap().run("SELECT work, holder FROM leases");
    assert!(!places.is_empty() && places.iter().all(|row| row[1].is_none()), "{places:?}");
}

#[test]
fn whatever_was_answered_survives_any_death_on_postgresql() {
    let dice = Dice::new(Dice::seed());
    live_and_die(Loket::start_on(Database::fresh(), &SETTINGS), &dice, DEATHS);
}

/// Its transactions end in the middle: some before they are committed, some after, some while nobody knows.
#[test]
fn nothing_is_lost_or_done_twice_when_the_connection_is_cut() {
    let dice = Dice::new(Dice::seed());
    let cluster = Cluster::start(&[]);
    let mut loket = Loket::start_on(Database::on(&cluster), &SETTINGS);
    let mut shoppers = shoppers(&loket, &dice);
    let is_over = AtomicBool::new(false);
    let cuts = std::thread::scope(|scope| {
        let (answered, answers) = mpsc::channel();
        for shopper in &mut shoppers {
            let (answered, is_over) = (answered.clone(), &is_over);
            scope.spawn(move || while !is_over.load(Ordering::Relaxed) && shopper.work(&answered).is_ok() {});
        }
        drop(answered);
        let database = loket.database().unwrap();
        let mut cuts = 0;
        while cuts < CUTS {
            for _ in 0..dice.below(60) {
                answers.recv().expect("the server goes on");
            }
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'loket writer'";
            cuts += u32::try_from(database.run(cut).len()).unwrap();
        }
        is_over.store(true, Ordering::Relaxed);
        cuts
    });
    assert!(cuts >= CUTS);
    compare(&loket, &mut shoppers, "after the last cut");
    for shopper in &mut shoppers {
        shopper.audit_recent();
    }
    eventually("it is well again", || loket.run(&["verify"]).status.success().then_some(()));
    loket.crash();
    compare(&loket, &mut shoppers, "in the end");
}
