//! A whole run against a server that knows just enough: it checks signatures, and that a payment follows its inquiry.

use std::collections::HashSet;
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use app::seams::{Clock, ManualClock, SystemClock};
use domain::json::Value;
use domain::signature::{SignedRequest, SigningKey};
use domain::time::Timestamp;

use super::report::Report;
use super::{BenchError, Extent, Merchant, Merchants, Plan, Scenario, Spread, run};

fn key() -> SigningKey {
    SigningKey::new("demo", "demo-api-key", "demo-secret-key")
}

/// What a unit costs at the server, in rupiah.
const PRICE: i64 = 100;

/// What the server does wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Nothing,
    /// It acknowledges payments that it doesn't write down.
    Forgets,
    /// It takes the money twice.
    PaysTwice,
    /// It says that it doesn't know yet, and pays.
    LeavesOpen,
}

/// What the server remembers.
struct Shop {
    inquired: HashSet<String>,
    balance: i64,
    wrong: Wrong,
}

/// A server for as many connections as come, until the test's process ends.
fn server() -> SocketAddr {
    server_that(Wrong::Nothing)
}

fn server_that(wrong: Wrong) -> SocketAddr {
    let shop = Mutex::new(Shop { inquired: HashSet::new(), balance: 1_000_000_000, wrong });
    server_of(move |body| shop.lock().expect("no test panics with it").answer(body))
}

/// The same with any answers.
fn server_of(answer: impl Fn(&[u8]) -> String + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let answer = Arc::clone(&answer);
            thread::spawn(move || answer_all(&stream, &*answer));
        }
    });
    address
}

fn answer_all(stream: &TcpStream, answer: &dyn Fn(&[u8]) -> String) -> Option<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut length = 0;
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.trim().parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let answer = answer(&body);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", answer.len());
        (&*stream).write_all((head + &answer).as_bytes()).ok()?;
    }
}

impl Shop {
    fn answer(&mut self, body: &[u8]) -> String {
        let code = self.code(body);
        let is_paid = ["BILL_PAYMENT_SUCCESS", "ORDER_SUCCESS"].contains(&code);
        if is_paid && !is_testing(body) {
            self.balance -= match self.wrong {
                Wrong::Forgets => 0,
                Wrong::PaysTwice => 2 * PRICE,
                Wrong::Nothing | Wrong::LeavesOpen => PRICE,
            };
        }
        let told = if is_paid && self.wrong == Wrong::LeavesOpen { "ORDER_PENDING" } else { code };
        let balance = self.balance;
        format!(r#"{{"success":true,"code":"{told}","data":{{"total":{PRICE},"price":{PRICE},"balance":{balance}}}}}"#)
    }

    fn code(&mut self, body: &[u8]) -> &'static str {
        let request = SignedRequest::read(body).expect("a signed request");
        if !key().verifies(&request) {
            return "SIGNATURE_INVALID";
        }
        let text = |key| request.parameter(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        match text("cmd").as_str() {
            "inquiry" if self.inquired.insert(text("ref_id")) => "BILL_INQUIRY_SUCCESS",
            "inquiry" => "REF_ID_CONFLICT",
            "pay-pasca" if self.inquired.remove(&text("ref_id")) => "BILL_PAYMENT_SUCCESS",
            "pay-pasca" => "INQUIRY_NOT_FOUND",
            "prepaid" => "ORDER_SUCCESS",
            _ => "SUCCESS",
        }
    }
}

fn is_testing(body: &[u8]) -> bool {
    SignedRequest::read(body).is_ok_and(|request| request.parameter("testing").is_some())
}

fn plan(address: SocketAddr, scenario: Scenario, extent: Extent) -> Plan {
    Plan {
        receivers: 0,
        dead_receivers: 0,
        address: format!("http://{address}").parse().expect("an address"),
        scenario,
        merchants: Arc::new(Merchants::single(Merchant::new(0, key()))),
        spread: Spread::Uniform,
        is_testing: false,
        connections: 3,
        rate: None,
        warmup: Duration::ZERO,
        extent,
        server_pid: Some(std::process::id()),
        sync_directory: PathBuf::from("."),
        normal_within: None,
    }
}

fn measure(plan: Plan) -> Result<Report, BenchError> {
    run(plan, Arc::new(SystemClock::start()))
}

fn codes(report: &Report) -> Vec<(&str, u64)> {
    report.codes.iter().map(|(code, count)| (code.as_str(), *count)).collect()
}

#[test]
fn a_counted_run_does_exactly_that_many_bills() -> Result<(), Box<dyn Error>> {
    let report = measure(plan(server(), Scenario::Pay, Extent::Count(100)))?;
    assert_eq!(
        (report.done, report.done_in_all, report.answered, report.broken, report.unanswered),
        (100, 100, 200, 0, 0)
    );
    assert_eq!(codes(&report), [("BILL_INQUIRY_SUCCESS", 100), ("BILL_PAYMENT_SUCCESS", 100)]);
    assert_eq!(report.unit_latency.map(|latency| latency.count), Some(100));
    assert_eq!(report.step_latency.len(), 2);
    assert!(report.server.is_some() && report.machine.sync_us > 0);
    assert!(report.to_string().contains("paid bills/s  (100 in "), "{report}");
    assert_eq!(serde_json::to_value(&report)?["setup"]["scenario"], "pay");
    Ok(())
}

#[test]
fn an_open_loop_begins_as_many_as_arrive() -> Result<(), Box<dyn Error>> {
    let mut plan = plan(server(), Scenario::Balance, Extent::Count(50));
    plan.rate = Some(1_000);
    let report = measure(plan)?;
    assert_eq!((report.done, report.given_up), (50, 0));
    assert!(report.window_ms >= 49, "{} ms", report.window_ms);
    assert!(report.delay.is_some());
    Ok(())
}

#[test]
fn a_mixed_run_ends_by_its_time_and_signs_as_testing() -> Result<(), Box<dyn Error>> {
    let mut plan = plan(server(), Scenario::Mixed, Extent::Time(Duration::from_millis(100)));
    (plan.warmup, plan.is_testing) = (Duration::from_millis(20), true);
    let report = measure(plan)?;
    assert_eq!(report.window_ms, 100);
    assert!(report.done > 0 && report.done_in_all > report.done);
    assert!(!report.codes.contains_key("SIGNATURE_INVALID"), "{report}");
    Ok(())
}

#[test]
fn a_server_that_hangs_up_is_counted_and_not_waited_for() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || listener.incoming().for_each(drop));
    let testing = Plan { is_testing: true, ..plan(address, Scenario::Pay, Extent::Count(20)) };
    let report = measure(testing)?;
    assert_eq!((report.done, report.broken, report.answered, report.unanswered), (0, 20, 0, 0));
    Ok(())
}

#[test]
fn balances_are_held_against_what_was_acknowledged() -> Result<(), Box<dyn Error>> {
    for (wrong, acknowledged, taken, open, is_sound) in [
        (Wrong::Nothing, 3_000, 3_000, 0, true),
        (Wrong::Forgets, 3_000, 0, 0, false),
        (Wrong::PaysTwice, 3_000, 6_000, 0, false),
        (Wrong::LeavesOpen, 0, 3_000, 30, true),
    ] {
        let report = measure(plan(server_that(wrong), Scenario::Pay, Extent::Count(30)))?;
        let reckoning = report.balances.as_ref().ok_or("money moved")?;
        let sums = (reckoning.merchants, reckoning.acknowledged, reckoning.taken, reckoning.open);
        assert_eq!((sums, report.is_sound()), ((1, acknowledged, taken, open), is_sound), "{report}");
        assert_eq!(report.to_string().contains("demo: paid"), !is_sound, "{report}");
    }
    Ok(())
}

#[test]
fn testing_moves_no_money() -> Result<(), Box<dyn Error>> {
    let testing = Plan { is_testing: true, ..plan(server(), Scenario::Pay, Extent::Count(3)) };
    assert!(measure(testing)?.balances.is_none());
    Ok(())
}

#[test]
fn without_the_servers_own_keys_there_is_nothing_to_compare() -> Result<(), Box<dyn Error>> {
    let strange = server_of(|_| r#"{"success":false,"code":"SIGNATURE_INVALID"}"#.to_owned());
    let error = measure(plan(strange, Scenario::Pay, Extent::Count(1))).err().ok_or("it ran")?;
    assert!(error.to_string().contains("merchant demo can't be read: SIGNATURE_INVALID"), "{error}");
    Ok(())
}

/// Coordinated omission: a generator that waits for the server would see one slow answer of two thousand.
#[test]
fn a_server_that_stands_still_for_a_second_shows_in_a_thousand_latencies() -> Result<(), Box<dyn Error>> {
    const STALL_AT: u32 = 100;
    const ALL: u32 = 2_000;
    let clock = ManualClock::at(Timestamp::from_seconds(0));
    let (time, served) = (clock.clone(), AtomicU32::new(0));
    // Each answer takes until the next arrival, a millisecond later; the hundredth a second. Who has come late by then waits no more.
    let address = server_of(move |_| {
        let number = served.fetch_add(1, Ordering::Relaxed);
        let answered_at = Duration::from_millis(match number {
            STALL_AT => u64::from(STALL_AT) + 1_000,
            _ => u64::from(number) + 1,
        });
        time.advance(answered_at.saturating_sub(time.monotonic()));
        r#"{"success":true,"code":"SUCCESS"}"#.to_owned()
    });
    let plan = Plan {
        is_testing: true,
        connections: 1,
        rate: Some(1_000),
        ..plan(address, Scenario::Balance, Extent::Count(u64::from(ALL)))
    };
    let report = run(plan, Arc::new(clock))?;
    let latency = report.unit_latency.ok_or("there are some")?;
    assert_eq!((latency.count, report.done), (u64::from(ALL), u64::from(ALL)));
    // The stalled one took 1,000 ms, the one after it 999, and so on: half of all are spread evenly from a second to nothing.
    let millis = [latency.p50_us, latency.p90_us, latency.p99_us, latency.max_us].map(|micros| micros / 1_000);
    for (found, expected) in millis.into_iter().zip([1, 800, 980, 1_000]) {
        assert!(found.abs_diff(expected) <= 1, "{found} ms, not {expected}: {latency:?}");
    }
    // None of it was the generator's own fault: there was no free connection.
    assert!(report.lateness.is_some_and(|lateness| lateness.p99_9_us <= 1_000), "{:?}", report.lateness);
    assert!(report.sent_success_latency.is_some_and(|sent| sent.p99_9_us <= 1_001), "{report}");
    Ok(())
}

#[test]
fn the_way_back_to_normal_is_watched() -> Result<(), Box<dyn Error>> {
    let normal_within = Some(Duration::from_mins(1));
    let report = measure(Plan { normal_within, ..plan(server(), Scenario::Pay, Extent::Count(5)) })?;
    let recovery = report.recovery.ok_or("it was to be watched")?;
    assert!(recovery.after_ms.is_some_and(|millis| millis < 60_000), "{recovery:?}");
    assert_eq!((report.done, report.done_in_all), (5, 15), "ten more to see that all is well");
    assert!(report.is_sound() && report.balances.is_some_and(|balances| balances.taken == 15 * PRICE));
    Ok(())
}

#[test]
fn without_a_server_it_says_so() -> Result<(), Box<dyn Error>> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let error = measure(plan(address, Scenario::Pay, Extent::Count(1))).err().ok_or("it ran")?;
    assert!(error.to_string().starts_with(&format!("no server answers at http://{address} (")), "{error}");
    Ok(())
}
