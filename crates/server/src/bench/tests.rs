//! A whole run against a server that knows just enough: it checks signatures, and that a payment follows its inquiry.

use std::collections::HashSet;
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use app::seams::SystemClock;
use domain::json::Value;
use domain::signature::{SignedRequest, SigningKey};

use super::report::Report;
use super::{BenchError, Extent, Merchant, Merchants, Plan, Scenario, Spread, run};

fn key() -> SigningKey {
    SigningKey::new("demo", "demo-api-key", "demo-secret-key")
}

/// A server for as many connections as come, until the test's process ends.
fn server() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let inquired = Arc::new(Mutex::new(HashSet::new()));
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let inquired = Arc::clone(&inquired);
            thread::spawn(move || answer_all(&stream, &inquired));
        }
    });
    address
}

fn answer_all(stream: &TcpStream, inquired: &Mutex<HashSet<String>>) -> Option<()> {
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
        let answer = format!(r#"{{"success":true,"code":"{}"}}"#, code(&body, inquired));
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", answer.len());
        (&*stream).write_all((head + &answer).as_bytes()).ok()?;
    }
}

fn code(body: &[u8], inquired: &Mutex<HashSet<String>>) -> &'static str {
    let request = SignedRequest::read(body).expect("a signed request");
    if !key().verifies(&request) {
        return "SIGNATURE_INVALID";
    }
    let text = |key| request.parameter(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut inquired = inquired.lock().expect("no test panics with it");
    match text("cmd").as_str() {
        "inquiry" if inquired.insert(text("ref_id")) => "BILL_INQUIRY_SUCCESS",
        "inquiry" => "REF_ID_CONFLICT",
        "pay-pasca" if inquired.remove(&text("ref_id")) => "BILL_PAYMENT_SUCCESS",
        "pay-pasca" => "INQUIRY_NOT_FOUND",
        "prepaid" => "ORDER_SUCCESS",
        _ => "SUCCESS",
    }
}

fn plan(address: SocketAddr, scenario: Scenario, extent: Extent) -> Plan {
    Plan {
        receivers: 0,
        dead_receivers: 0,
        address: format!("http://{address}").parse().expect("an address"),
        scenario,
        merchants: Merchants::single(Merchant::new(key())),
        spread: Spread::Uniform,
        is_testing: false,
        connections: 3,
        rate: None,
        warmup: Duration::ZERO,
        extent,
        server_pid: Some(std::process::id()),
        sync_directory: PathBuf::from("."),
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
    let report = measure(plan(address, Scenario::Pay, Extent::Count(20)))?;
    assert_eq!((report.done, report.broken, report.answered, report.unanswered), (0, 20, 0, 0));
    Ok(())
}

#[test]
fn without_a_server_it_says_so() -> Result<(), Box<dyn Error>> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let error = measure(plan(address, Scenario::Pay, Extent::Count(1))).err().ok_or("it ran")?;
    assert!(error.to_string().starts_with(&format!("no server answers at http://{address} (")), "{error}");
    Ok(())
}
