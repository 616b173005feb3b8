//! Bad input of every kind, through real sockets: each gets the contract's clear error, costs no more than a request, and harms nobody.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use serde_json::json;

use crate::harness::{Connection, Loket, Merchant, now_seconds};

/// The memory that a server has taken, in KiB.
fn resident_kib(loket: &Loket) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", loket.process_id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// The server is well: a good payment is paid.
fn expect_a_good_payment(toko: &Merchant, ref_id: &str) {
    toko.inquire_and_pay(ref_id, "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
}

/// A balance request's members, with this text among them.
fn with(members: &str) -> String {
    format!("{{\"api_id\":\"toko\",\"timestamp\":{},\"signature\":\"{}\",{members}}}", now_seconds(), "0".repeat(64))
}

#[test]
fn what_is_no_request_gets_a_clear_error() {
    let loket = Loket::start_with(&[("stranger_rate_per_second", "1000000")]);
    let toko = loket.merchant("toko");
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let deep_object = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    let cases: Vec<(String, u16, &str)> = vec![
        (String::new(), 400, "MALFORMED_JSON"),
        ("hello".into(), 400, "MALFORMED_JSON"),
        ("\0".into(), 400, "MALFORMED_JSON"),
        ("null".into(), 400, "MALFORMED_JSON"),
        ("[]".into(), 400, "MALFORMED_JSON"),
        ("\"text\"".into(), 400, "MALFORMED_JSON"),
        ("{".into(), 400, "MALFORMED_JSON"),
        ("{} {}".into(), 400, "MALFORMED_JSON"),
        ("{\"a\":1,}".into(), 400, "MALFORMED_JSON"),
        ("{\"a\":NaN}".into(), 400, "MALFORMED_JSON"),
        ("{\"a\":01}".into(), 400, "MALFORMED_JSON"),
        ("\u{feff}{}".into(), 400, "MALFORMED_JSON"),
        (deep.clone(), 400, "MALFORMED_JSON"),
        (deep_object, 400, "MALFORMED_JSON"),
        (with(&format!("\"a\":{deep}")), 400, "MALFORMED_JSON"),
        (with("\"a\":1,\"a\":2"), 400, "MALFORMED_JSON"),
        (with("\"api_id\":\"other\""), 400, "MALFORMED_JSON"),
        (with("\"a\":\"\\ud800\""), 400, "MALFORMED_JSON"),
        (with("\"a\":\"\\udc00\\ud800\""), 400, "MALFORMED_JSON"),
        (with("\"a\":\"\u{1}\""), 400, "MALFORMED_JSON"),
        ("x".repeat(1024 * 1024), 413, "PAYLOAD_TOO_LARGE"),
        (with(&format!("\"a\":\"{}\"", "x".repeat(1024 * 1024))), 413, "PAYLOAD_TOO_LARGE"),
        ("{}".into(), 422, "VALIDATION_ERROR"),
        ("{\"api_id\":1,\"timestamp\":[],\"signature\":{}}".into(), 422, "VALIDATION_ERROR"),
        (with("\"1\":1"), 422, "VALIDATION_ERROR"),
        (with("\"a\":1"), 401, "SIGNATURE_INVALID"),
        (with("\"a\":\"\\u0000\""), 401, "SIGNATURE_INVALID"),
        (with("\"a\":-1e999999999"), 401, "SIGNATURE_INVALID"),
        (with(&format!("\"a\":{}", "9".repeat(10_000))), 401, "SIGNATURE_INVALID"),
    ];
    for path in ["/v1/order", "/v1/balance", "/v1/status", "/v1/products", "/v1/mutations"] {
        for (body, status, code) in &cases {
            let shown: String = body.chars().take(120).collect();
            let answer = loket.connect().post(path, body).unwrap_or_else(|error| panic!("{path} {shown:?}: {error}"));
            assert_eq!((answer.status, answer.code()), (*status, *code), "{path} {shown:?}: {}", answer.text);
            let members: Vec<&String> = answer.json.as_object().unwrap().keys().collect();
            assert_eq!(members, ["success", "code", "message", "data", "errors", "meta"]);
        }
    }
    expect_a_good_payment(&toko, "INQ-1");
    loket.verify();
}

#[test]
fn signed_nonsense_gets_a_clear_error_and_makes_nothing() {
    let loket = Loket::start();
    let toko = loket.merchant("toko");
    let good = json!({ "cmd": "prepaid", "code": "TSEL21", "customer_no": "08123456789", "ref_id": "TRX-1" });
    let strange = [
        json!(null),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(true),
        json!([]),
        json!({}),
        json!(["a"]),
        json!(u64::MAX),
        json!("\0"),
        json!("a\0b"),
        json!("\u{1}"),
        json!("x".repeat(10_000)),
        json!(" "),
        json!("\u{2028}"),
    ];
    for member in ["cmd", "code", "customer_no", "ref_id", "testing", "max_price", "allow_duplicate"] {
        for value in &strange {
            let mut parameters = good.clone();
            parameters[member] = value.clone();
            let is_good = (member == "max_price"
                && value.as_u64().is_some_and(|price| price > 21_425 && price < 1 << 40))
                || (member == "allow_duplicate" || member == "testing") && value.is_boolean();
            let answer = toko.call("/v1/order", parameters).unwrap();
            let is_refused = (400..500).contains(&answer.status) && answer.data().is_null();
            assert!(is_good || is_refused, "{member} {value}: {} {}", answer.status, answer.text);
        }
    }
    let production = loket.reckon().orders.into_iter().filter(|order| !order.is_testing && order.ref_id != "TRX-1");
    assert_eq!(production.count(), 0);
    expect_a_good_payment(&toko, "INQ-1");
    loket.verify();
}

#[test]
fn requests_sent_together_are_answered_in_their_order() {
    let loket = Loket::start();
    let toko = loket.merchant("toko");
    toko.inquire("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_INQUIRY_SUCCESS");
    let pay = json!({ "cmd": "pay-pasca", "code": "MPBPJS", "customer_no": "1234567890", "ref_id": "INQ-1" });
    let body = toko.sign(&pay, now_seconds());
    let head = format!(
        "POST /v1/order HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}",
        body.len()
    );
    let mut connection = loket.connect();
    connection.send(format!("{head}\r\n\r\n{body}").repeat(20)).unwrap();
    let answers: Vec<_> =
        (0..20).map(|_| connection.answer().unwrap().expect_code("BILL_PAYMENT_SUCCESS").text).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(loket.paid_at_sandbox().len(), 1);

    // Whoever closes its half, or goes away, has been heard all the same.
    let mut stream = TcpStream::connect(loket.api()).unwrap();
    stream.write_all(format!("{head}\r\nConnection: close\r\n\r\n{body}").as_bytes()).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with(&answers[0]), "{answer}");
}

#[test]
fn a_head_that_dribbles_in_is_given_up() {
    let loket = Loket::start_with(&[("head_within_ms", "300")]);
    let toko = loket.merchant("toko");
    let mut stream = TcpStream::connect(loket.api()).unwrap();
    // Byte after byte, each only once there was time for it to be read: the end comes although something always comes.
    stream.set_read_timeout(Some(std::time::Duration::from_millis(20))).unwrap();
    let head = format!("POST /v1/order HTTP/1.1\r\nX-Slow: {}", "x".repeat(10_000));
    let is_ended = head.bytes().any(|byte| {
        let is_broken = stream.write_all(&[byte]).is_err();
        is_broken || !matches!(stream.read(&mut [0; 512]), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
    });
    assert!(is_ended);
    expect_a_good_payment(&toko, "INQ-1");
}

#[test]
fn thousands_of_bad_connections_cost_nothing() {
    let loket = Loket::start_with(&[("stranger_rate_per_second", "1000000"), ("rate_per_second", "1000000")]);
    let toko = loket.merchant("toko");
    let body = "x".repeat(1024 * 1024);
    let visit = |number: usize| {
        let Ok(mut connection) = Connection::open(loket.api()) else { return };
        // Some say nothing, some half a head, some half a body, some nonsense, some too much, and hardly any waits for its answer.
        let _ = match number % 6 {
            0 => Ok(()),
            1 => connection.send("POST /v1/order HTTP/1.1\r\nHost: "),
            2 => connection.send("POST /v1/order HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{"),
            3 => connection.send([0xFF; 64]),
            4 if number.is_multiple_of(60) => connection.post("/v1/order", &body).map(|_| ()),
            _ => connection.post("/v1/order", "{\"a\":").map(|_| ()),
        };
    };
    (0..600).for_each(visit);
    let before = resident_kib(&loket);
    (0..3_000).for_each(visit);
    let after = resident_kib(&loket);
    assert!(after < before + 16 * 1024, "from {before} to {after} KiB");
    expect_a_good_payment(&toko, "INQ-1");
    loket.verify();
}
