//! Sudden deaths while merchants are told of their orders, and receivers that are no better. Each event of each committed change arrives
//! at least once, always with one id and one body; nothing arrives that was never committed; and what an endpoint hears of one order comes
//! in its order.

#[path = "webhook_crashes/account.rs"]
pub mod account;

use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use app::seams::{Clock, SystemClock};
use serde_json::json;

use crate::crashes::shopper::Shopper;
use crate::harness::{Arrival, Dice, Loket, Merchant, Receiver, Reply, eventually, linger, pass};
use crate::webhook_receivers::delivery::Signer;

use self::account::Account;

/// How often the server dies in a test run.
const DEATHS: u32 = 6;
/// How often in a night.
const DEATHS_OF_A_NIGHT: u32 = 1_200;
/// Of how many of them one data directory, whose webhooks are all delivered in the end.
const DEATHS_OF_A_LIFE: u32 = 40;
/// Nearly as long as a receiver may take, by section 10 of the contract.
const NEARLY_TOO_LATE: Duration = Duration::from_millis(9_900);
/// How many deliveries may be under way to one endpoint.
const AT_ONCE: usize = 8;
/// After so many webhooks the endpoint that is to go is gone.
const BEFORE_IT_GOES: usize = 10;

#[test]
fn each_event_of_each_committed_change_arrives_whoever_dies() {
    let dice = Dice::new(Dice::seed());
    #[expect(clippy::disallowed_methods, reason = "the switch for a night of it concerns this test alone")]
    let mut deaths = if std::env::var_os("LOKET_NIGHT").is_some() { DEATHS_OF_A_NIGHT } else { DEATHS };
    while deaths > 0 {
        let life = deaths.min(DEATHS_OF_A_LIFE);
        live_and_die(&dice, life);
        deaths -= life;
    }
}

/// A merchant, and who listens for it.
struct Told {
    merchant_id: i64,
    merchant: Merchant,
    /// Signs as Loket should.
    signer: Signer,
    receivers: Vec<Listener>,
}

/// A receiver, and what is wrong with it.
struct Listener {
    receiver: Receiver,
    trouble: Trouble,
}

/// What is wrong with a receiver until all is well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    /// Anything can happen.
    Moody,
    /// It never acknowledges anything.
    Dead,
    /// It wants no more after a while, and never again.
    Going,
}

impl Listener {
    fn start(trouble: Trouble, dice: &Dice) -> Self {
        let receiver = match trouble {
            Trouble::Moody => {
                let dice = Dice::new(dice.below(u64::MAX));
                Receiver::start_with(move |_| moody(&dice))
            }
            Trouble::Dead => {
                let dice = Dice::new(dice.below(u64::MAX));
                Receiver::start_with(move |_| if dice.happens(50) { Reply::Status(500) } else { Reply::Nothing })
            }
            Trouble::Going => {
                let mut count = 0;
                Receiver::start_with(move |_| {
                    count += 1;
                    Reply::Status(if count > BEFORE_IT_GOES { 410 } else { 200 })
                })
            }
        };
        Self { receiver, trouble }
    }

    /// From now on it acknowledges everything, though its next answer takes nearly too long, if that is wanted. Who is gone stays so.
    fn mend(&self, begins_slowly: bool) {
        if self.trouble == Trouble::Going {
            return;
        }
        let mut is_slow = begins_slowly;
        self.receiver.set_manners(move |_| {
            if std::mem::take(&mut is_slow) { Reply::Late(NEARLY_TOO_LATE) } else { Reply::Status(200) }
        });
    }
}

/// What a receiver does that has troubles of its own.
fn moody(dice: &Dice) -> Reply {
    match dice.below(100) {
        0..55 => Reply::Status(200),
        55..60 => Reply::Status(204),
        60..68 => Reply::Status(500),
        68..72 => Reply::Nothing,
        72..76 => Reply::HalfAHead,
        76..86 => Reply::HalfABody,
        86..89 => Reply::With(302, "Location", "/elsewhere".to_owned()),
        89..90 => Reply::With(503, "Retry-After", "1".to_owned()),
        _ => Reply::Late(Duration::from_millis(dice.below(200))),
    }
}

/// One data directory, from its beginning through so many deaths until everything has arrived.
fn live_and_die(dice: &Dice, deaths: u32) {
    let clock = SystemClock::start();
    let mut loket = Loket::start_with(&[
        ("allow_private_webhooks", "true"),
        ("webhook_pace_percent", "1"),
        ("pace_percent", "10"),
        ("rate_per_second", "1000000"),
        ("answer_within_ms", "1000"),
        ("send_within_ms", "500"),
        ("supplier_limit_ms", "300"),
        ("lost_margin_ms", "100"),
        ("check_every_ms", "50"),
        ("log_level", "warn"),
    ]);
    let told = merchants(&loket, dice);
    let mut shoppers = shoppers(&told, dice);
    for _ in 0..deaths {
        die_under_load(&mut loket, dice, &mut shoppers, &told);
        die_while_starting(&loket, dice);
        loket.open();
    }
    // The worst of them is left alone by now, and must be found again.
    let dead = told.iter().flat_map(|told| &told.receivers).find(|listener| listener.trouble == Trouble::Dead).unwrap();
    let enough = dead.receiver.count() + 6;
    dead.receiver.wait_for("it is left alone", |arrivals| (arrivals.len() >= enough).then_some(()));
    for (index, told) in told.iter().enumerate() {
        told.receivers.iter().for_each(|listener| listener.mend(index == 0));
    }
    let loaded = clock.monotonic();
    let early: Vec<usize> =
        told.iter().flat_map(|told| &told.receivers).map(|listener| listener.receiver.count()).collect();
    println!("{early:?} webhooks had come by then");
    settle(&mut loket, &mut shoppers, &told, deaths);
    println!("{deaths} deaths in {loaded:.1?}, all of it in {:.1?}", clock.monotonic());
}

/// Three merchants, of whom two have two endpoints.
fn merchants(loket: &Loket, dice: &Dice) -> Vec<Told> {
    let troubles = [
        ("two", &[Trouble::Moody, Trouble::Moody][..]),
        ("mixed", &[Trouble::Dead, Trouble::Going, Trouble::Moody][..]),
        ("one", &[Trouble::Moody][..]),
    ];
    let told = troubles.iter().map(|(api_id, troubles)| {
        let receivers: Vec<Listener> = troubles.iter().map(|trouble| Listener::start(*trouble, dice)).collect();
        let urls: Vec<String> = receivers.iter().map(|listener| listener.receiver.url()).collect();
        let (merchant, keys) = loket.merchant_told_at(api_id, 1_000_000_000_000, &urls);
        let merchant_id = keys["merchant_id"].as_str().unwrap().parse().unwrap();
        Told { merchant_id, merchant, signer: Signer::new(keys["secret_key"].as_str().unwrap(), b""), receivers }
    });
    told.collect()
}

/// Five clients, two of whom try things out.
fn shoppers(told: &[Told], dice: &Dice) -> Vec<Shopper> {
    let of = [(0, false), (0, true), (1, false), (1, true), (2, false)];
    let shoppers = (0..).zip(of).map(|(number, (index, is_testing))| {
        let told: &Told = &told[index];
        let merchant = if is_testing { told.merchant.testing() } else { told.merchant.clone() };
        let shopper = Shopper::new(number, told.merchant_id, merchant, dice.below(u64::MAX));
        if is_testing { shopper.in_testing() } else { shopper }
    });
    shoppers.collect()
}

/// Lets them all work until a random number of answers and webhooks have come, and a random moment more.
fn die_under_load(loket: &mut Loket, dice: &Dice, shoppers: &mut [Shopper], told: &[Told]) {
    let (answered, answers) = mpsc::channel();
    std::thread::scope(|scope| {
        for shopper in shoppers {
            let answered = answered.clone();
            scope.spawn(move || shopper.work_until_it_breaks(&answered));
        }
        drop(answered);
        for _ in 0..20 + dice.below(120) {
            answers.recv().expect("clients stop only when the server does");
        }
        let lively: Vec<&Listener> = told
            .iter()
            .flat_map(|told| &told.receivers)
            .filter(|listener| listener.trouble == Trouble::Moody)
            .collect();
        let receiver = &dice.one_of(&lively).receiver;
        let enough = receiver.count() + dice.index(30);
        receiver.wait_for("more webhooks", |arrivals| (arrivals.len() >= enough).then_some(()));
        linger(dice);
        loket.kill();
    });
}

/// Sometimes it dies before it is up, or when it has just begun to deliver what it found.
fn die_while_starting(loket: &Loket, dice: &Dice) {
    while dice.happens(25) {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--console-listen", "127.0.0.1:0"];
        let mut process = loket.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        pass(Duration::from_micros(dice.below(200_000)));
        process.kill().unwrap();
        process.wait().unwrap();
    }
}

/// Waits at the receivers until everything has arrived, and holds it against the database, the API, and what a restart brings.
fn settle(loket: &mut Loket, shoppers: &mut [Shopper], told: &[Told], deaths: u32) {
    let open = "SELECT count(*) AS open FROM orders JOIN attempts USING (order_id) WHERE customer_no NOT LIKE '%9008' \
        AND (status = 0 OR (status = 1 AND (sn IS NULL OR customer_no LIKE '%9011')))";
    eventually("every order but those of 9008 is final", || (loket.rows(open)[0]["open"] == json!(0)).then_some(()));
    let account = Account::of(loket);
    account.check_events();
    for told in told {
        let wanted = account.ids_of(told.merchant_id);
        for listener in told.receivers.iter().filter(|listener| listener.trouble != Trouble::Going) {
            listener.receiver.wait_for("everything arrives", |arrivals| {
                let has = |id: &&String| {
                    arrivals.iter().any(|arrival| arrival.id() == **id && arrival.acknowledged_at.is_some())
                };
                wanted.iter().all(|id| has(&id)).then_some(())
            });
        }
    }
    let waiting = "SELECT count(*) AS waiting FROM deliveries JOIN endpoints USING (endpoint_id) \
        WHERE endpoints.state = 0 AND deliveries.state = 0";
    eventually("all that was acknowledged is written down", || {
        (loket.rows(waiting)[0]["waiting"] == json!(0)).then_some(())
    });
    expect_silence_after_a_restart(loket, told);
    let account = Account::of(loket);
    account.check_events();
    account.check_api(told.iter().map(|told| (told.merchant_id, &told.merchant)));
    let mut arrived = 0;
    for told in told {
        for listener in &told.receivers {
            let arrivals = listener.receiver.arrivals();
            arrived += arrivals.len();
            let is_gone = listener.trouble == Trouble::Going;
            account.check_arrivals(told.merchant_id, &listener.receiver.url(), &arrivals, &told.signer, is_gone);
            let lost = usize::try_from(deaths * 2).unwrap() * AT_ONCE;
            account.check_log(&listener.receiver.url(), arrivals.len(), lost);
            if is_gone {
                let after = arrivals.len().saturating_sub(BEFORE_IT_GOES);
                assert!(after > 0 && after <= AT_ONCE + lost, "{after} webhooks for an endpoint that is gone");
            }
        }
    }
    std::thread::scope(|scope| {
        for shopper in shoppers {
            scope.spawn(|| shopper.audit_recent());
        }
    });
    loket.reckon();
    loket.verify();
    println!("{}, {arrived} webhooks arrived", account.figures());
}

/// Nothing comes again that was acknowledged and written down: the first thing that an endpoint hears after a restart is what is new.
fn expect_silence_after_a_restart(loket: &mut Loket, told: &[Told]) {
    let before: Vec<Vec<usize>> =
        told.iter().map(|told| told.receivers.iter().map(|listener| listener.receiver.count()).collect()).collect();
    loket.crash();
    for (told, before) in told.iter().zip(before) {
        let ref_id = "AFTER-ALL";
        told.merchant.buy(ref_id, "TSEL21", "081234567890").expect_code("ORDER_SUCCESS");
        for (listener, before) in told.receivers.iter().zip(before) {
            if listener.trouble == Trouble::Going {
                assert_eq!(listener.receiver.count(), before, "it said that it wants no more");
                continue;
            }
            let news: Vec<Arrival> = listener.receiver.wait_for("the last order is told", |arrivals| {
                arrivals.last().filter(|arrival| arrival.body.contains(ref_id))?;
                Some(arrivals[before..].to_vec())
            });
            assert_eq!(news.len(), 1, "{news:#?}");
        }
    }
}
