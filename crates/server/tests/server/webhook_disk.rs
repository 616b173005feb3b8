//! A disk that fills up while webhooks are under way: none is lost, and none is sent again and again because it can't be written down that
//! it arrived.

use std::time::Duration;

use serde_json::json;

use crate::disk::{SmallDisk, limit_files, log_length, readiness};
use crate::harness::{Arrival, DEPOSIT, Loket, Merchant, PATIENCE, Receiver, Reply, eventually};

/// How many orders are told.
const ORDERS: usize = 12;
/// How long is counted what comes while nothing can be written.
const FULL: Duration = Duration::from_secs(4);

/// A server that is told to be quick.
fn hasty() -> Loket {
    Loket::closed_with(&[
        ("allow_private_webhooks", "true"),
        ("webhook_pace_percent", "1"),
        ("answer_within_ms", "300"),
        ("send_within_ms", "500"),
        ("supplier_limit_ms", "300"),
        ("lost_margin_ms", "100"),
        ("check_every_ms", "50"),
    ])
}

/// Opens it for a merchant of whose orders the first is just being told, and the others wait behind it.
fn open(loket: &mut Loket, receiver: &Receiver) -> Merchant {
    loket.open();
    loket.expect(&["product", "seed"]);
    let (toko, _) = loket.merchant_told_at("toko", DEPOSIT, &[receiver.url()]);
    for number in 0..ORDERS {
        toko.buy_game(&format!("ORDER-{number}"), "ML86", &format!("{number:08}")).expect_code("ORDER_SUCCESS");
    }
    receiver.wait_for("the first is being told", |arrivals| (!arrivals.is_empty()).then_some(()));
    toko
}

/// It is full when what changes something is refused.
fn expect_to_be_full(loket: &Loket, toko: &Merchant) {
    eventually("there is no room", || {
        (toko.inquire("INQ-NONE", "MPBPJS", "1234567899").code() == "INTERNAL_ERROR").then_some(())
    });
    assert_eq!(readiness(loket), [503, 503]);
}

/// Everything has arrived, and that is written down.
fn expect_all(loket: &Loket, receiver: &Receiver) -> Vec<Arrival> {
    let has = |arrivals: &[Arrival], number: usize| {
        let name = format!("\"ORDER-{number}\"");
        arrivals.iter().any(|arrival| arrival.body.contains(&name) && arrival.acknowledged_at.is_some())
    };
    receiver.wait_for("all orders are told", |arrivals| (0..ORDERS).all(|number| has(arrivals, number)).then_some(()));
    eventually("all of it is written down", || {
        let delivered = loket.rows("SELECT count(*) AS count FROM deliveries WHERE state = 1");
        (delivered[0]["count"] == json!(ORDERS)).then_some(())
    });
    loket.verify();
    receiver.arrivals()
}

#[test]
fn webhooks_wait_for_room_where_files_may_not_grow() {
    let receiver = Receiver::start_with(|_| Reply::Late(PATIENCE));
    let mut loket = hasty();
    let toko = open(&mut loket, &receiver);
    limit_files(&loket, &log_length(&loket).to_string());
    expect_to_be_full(&loket, &toko);
    // Acknowledged, but nobody can write it down.
    receiver.hurry();
    assert!(receiver.gets_fewer_than(3, FULL), "{:#?}", receiver.arrivals());
    limit_files(&loket, "unlimited");
    eventually("it goes on by itself", || (readiness(&loket) == [200, 200]).then_some(()));
    let arrivals = expect_all(&loket, &receiver);
    let first: Vec<&Arrival> = arrivals.iter().filter(|arrival| arrival.id() == arrivals[0].id()).collect();
    assert!(first.len() >= 2 && first.iter().all(|arrival| arrival.body == first[0].body), "{first:#?}");
    assert!(arrivals.len() < ORDERS + 4, "{} arrived", arrivals.len());
}

#[test]
fn webhooks_outlive_a_death_on_a_full_disk() {
    let receiver = Receiver::start_with(|_| Reply::Late(PATIENCE));
    let mut loket = hasty();
    let Some(disk) = SmallDisk::mount(&loket.data()) else {
        println!("this user may not mount a disk; a limit on the size of files does nearly the same in another test");
        return;
    };
    let toko = open(&mut loket, &receiver);
    disk.fill();
    expect_to_be_full(&loket, &toko);
    receiver.hurry();
    loket.kill();
    disk.fill();
    // It finds what waits, and there may be room for a little in what its log has already.
    loket.open();
    expect_to_be_full(&loket, &toko);
    assert!(receiver.gets_fewer_than(3, FULL), "{:#?}", receiver.arrivals());
    disk.make_room();
    let arrivals = expect_all(&loket, &receiver);
    assert!(arrivals.len() < 2 * ORDERS, "{} arrived", arrivals.len());
}
