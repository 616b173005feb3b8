//! `loket webhook listen` and `trigger`: a developer's machine.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use domain::signature::webhook::{WebhookHeaders, WebhookSecret, check_webhook, x_signature};
use domain::time::Timestamp;
use serde_json::{Value, json};

use super::PRIVATE;
use super::receiver::Receiver;
use crate::harness::{Loket, now_seconds, program};

/// A `loket webhook listen` that runs.
struct Listening {
    process: Child,
    lines: BufReader<ChildStdout>,
    /// What it said first.
    greeting: String,
}

impl Listening {
    fn start(arguments: &[&str]) -> Self {
        let mut command: Command = program();
        command.args(["webhook", "listen", "--json"]).args(arguments);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut greeting = String::new();
        BufReader::new(process.stderr.take().unwrap()).read_line(&mut greeting).unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap());
        Self { process, lines, greeting }
    }

    fn url(&self) -> String {
        let address = self.greeting.split("http://").nth(1).unwrap();
        format!("http://{}/", address.split(',').next().unwrap())
    }

    /// What it prints next.
    fn line(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn a_developer_sees_whether_signatures_hold_and_hears_every_byte() {
    let loket = Loket::start_with(&[PRIVATE]);
    let keys = loket.json(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    let behind = Receiver::start();
    behind.answer(202, "taken");
    let endpoints = |arguments: &[&str]| loket.json(&[&["webhook", "endpoints"], arguments].concat());
    let endpoint = endpoints(&["add", "toko", "--url", "http://127.0.0.1:1/", "--header", "X-Own-Key: abc"]);
    let number = text(&endpoint["endpoint_id"]);
    let (wrong_key, wrong_secret) = ("another", WebhookSecret::from_random([7; 32]).reveal());
    for (secret_key, webhook_secret, holds) in
        [(text(&keys["secret_key"]), text(&endpoint["secret"]), true), (wrong_key, &wrong_secret, false)]
    {
        let url = behind.url();
        let secrets = ["--secret-key", secret_key, "--webhook-secret", webhook_secret];
        let mut listening =
            Listening::start(&[&["--listen", "127.0.0.1:0", "--forward-to", &url], &secrets[..]].concat());
        endpoints(&["set", "toko", number, "--url", &listening.url()]);
        // Whether they are the right ones is for the developer to see; what is behind answers all the same.
        let tested = loket.json(&["webhook", "test", "toko"]);
        let one = &tested["event"]["deliveries"][0]["log"][0];
        assert_eq!((&one["status"], &one["answer"]), (&json!(202), &json!("taken")));
        let line = listening.line();
        assert_eq!((&line["event"], &line["status"]), (&json!("order.success"), &json!(202)));
        assert_eq!((&line["x_signature"], &line["webhook_signature"]), (&json!(holds), &json!(holds)), "{line}");
        assert_eq!(line["ref_id"], tested["event"]["ref_id"]);
    }
    let heard = behind.heard(2).remove(0);
    assert_eq!(heard.line, "POST /hook?shop=1 HTTP/1.1");
    assert_eq!(heard.header("x-own-key"), "abc");
    assert_eq!(heard.header("x-type-transaction"), "ppob");
    assert_eq!(heard.header("x-signature"), x_signature(text(&keys["secret_key"]), heard.body.as_bytes()));

    // Nobody is behind.
    let mut listening = Listening::start(&["--listen", "127.0.0.1:0", "--forward-to", "http://127.0.0.1:1/"]);
    endpoints(&["set", "toko", number, "--url", &listening.url()]);
    let output = loket.run(&["webhook", "test", "toko"]);
    assert_eq!(output.status.code(), Some(1));
    let line = listening.line();
    assert_eq!((&line["status"], &line["webhook_signature"]), (&json!(502), &Value::Null), "{line}");
    loket.expect_failure(2, &["webhook", "listen", "--forward-to", "https://127.0.0.1/"]);
    loket.expect_failure(2, &["webhook", "listen", "--forward-to", "http://127.0.0.1/", "--listen", "0.0.0.0:1"]);
}

/// What `/v1/events` answers to a call with these parameters, in a stand-in for a server that nobody can reach from outside.
fn events(call: &Value, payload: &str) -> String {
    assert_eq!((&call["cmd"], &call["api_id"], &call["limit"]), (&json!("events"), &json!("toko"), &json!(100)));
    let event = |number| {
        format!(
            r#"{{"id":"evt_1_{number}_a","number":{number},"event":"order.success","created_at":"2026-05-31 10:41:16","payload":{payload}}}"#
        )
    };
    let (data, next, has_more) = match &call["after"] {
        Value::String(newest) if newest == "newest" => (String::new(), 16, false),
        after if *after == 16 => (event(17), 17, true),
        after if *after == 17 => (event(18), 18, false),
        _ => (String::new(), 18, false),
    };
    format!(
        r#"{{"success":true,"code":"SUCCESS","message":"OK","data":[{data}],"errors":null,"meta":{{"next":{next},"has_more":{has_more}}}}}"#
    )
}

#[test]
fn events_are_read_where_nobody_can_send() {
    // As it is sent: another JSON writer would have written it otherwise.
    let payload = r#"{"event":"order.success","data":{"ref_id":"TRX-1","sn":"a/b \u2028é", "price":1.0}}"#;
    let api = Receiver::answering(move |call| events(&call.json(), payload));
    let behind = Receiver::start();
    let secret = WebhookSecret::from_random([7; 32]);
    let (base, url, webhook_secret) = (api.base(), behind.url(), secret.reveal());
    let keys = ["--api-id", "toko", "--api-key", "key", "--secret-key", "s3cret", "--webhook-secret", &webhook_secret];
    let mut listening = Listening::start(&[&["--url", &base, "--forward-to", &url], &keys[..]].concat());
    for (number, heard) in (17..).zip(behind.heard(2)) {
        assert_eq!((heard.body.as_str(), heard.header("content-type")), (payload, "application/json"));
        assert_eq!(heard.header("x-signature"), x_signature("s3cret", payload.as_bytes()));
        assert_eq!(heard.header("webhook-id"), format!("evt_1_{number}_a"));
        let headers = WebhookHeaders {
            id: heard.header("webhook-id"),
            timestamp: heard.header("webhook-timestamp"),
            signature: heard.header("webhook-signature"),
        };
        check_webhook(&secret, &headers, payload.as_bytes(), Timestamp::from_seconds(now_seconds())).unwrap();
        let line = listening.line();
        assert_eq!(
            (&line["ref_id"], &line["status"], &line["x_signature"]),
            (&json!("TRX-1"), &json!(200), &json!(true))
        );
    }
    assert!(api.heard(3).iter().all(|call| call.line == "POST /v1/events HTTP/1.1"));
}

#[test]
fn a_merchant_without_an_endpoint_reads_what_happens_from_now_on() {
    let loket = Loket::start();
    let keys = loket.json(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    let (behind, url) = (Receiver::start(), format!("http://{}", loket.api()));
    let keys = ["--api-id", "toko", "--api-key", text(&keys["api_key"]), "--secret-key", text(&keys["secret_key"])];
    let trigger = |event| loket.json(&[&["webhook", "trigger", event, "--url", &url], &keys[..]].concat());
    trigger("order.success");
    let forward_to = behind.url();
    let mut listening = Listening::start(&[&["--url", &url, "--forward-to", &forward_to], &keys[..]].concat());
    let failed = trigger("order.failed");
    let line = listening.line();
    assert_eq!((&line["event"], &line["ref_id"]), (&json!("order.failed"), &failed["data"]["ref_id"]));
    let event = loket.json(&["webhook", "log", "toko", "--event", "1"]);
    let heard = behind.heard(1).remove(0);
    assert_eq!(
        (json!(heard.body), json!(heard.header("webhook-id"))),
        (event["body"].clone(), event["webhook_id"].clone())
    );
    assert_eq!(heard.header("x-signature"), x_signature(keys[5], heard.body.as_bytes()));
    assert_eq!(event["deliveries"], json!([]));
}

#[test]
fn events_are_triggered_at_the_sandbox() {
    let loket = Loket::start_with(&[PRIVATE]);
    let keys = loket.json(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    let receiver = Receiver::start();
    loket.expect(&["webhook", "endpoints", "add", "toko", "--url", &receiver.url(), "--all-events"]);
    let url = format!("http://{}", loket.api());
    let keys = ["--api-id", "toko", "--api-key", text(&keys["api_key"]), "--secret-key", text(&keys["secret_key"])];
    let trigger = |event| {
        let output = loket.run(&[&["webhook", "trigger", event, "--url", &url], &keys[..]].concat());
        let remark = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{remark}");
        (serde_json::from_slice::<Value>(&output.stdout).unwrap(), remark)
    };
    for (count, event) in (1..).zip(["order.success", "order.failed", "order.pending", "order.pending"]) {
        let (answer, remark) = trigger(event);
        assert!(remark.contains("follows at once"), "{remark}");
        let heard = receiver.heard(count).pop().unwrap();
        assert_eq!(heard.event(), event);
        assert_eq!(heard.json()["data"]["ref_id"], answer["data"]["ref_id"]);
        assert_eq!(heard.json()["data"]["testing"], json!(true));
    }
    for (event, ending) in [("order.sn_received", "9010"), ("order.refunded", "9011")] {
        let (answer, remark) = trigger(event);
        assert!(text(&answer["data"]["customer_no"]).ends_with(ending), "{answer}");
        assert!(remark.contains("after 10 seconds"), "{remark}");
    }
    let unknown = [&["webhook", "trigger", "order.success", "--code", "NONE", "--url", &url], &keys[..]].concat();
    let complaint = loket.expect_failure(1, &unknown);
    assert!(complaint.contains("the event does not happen"), "{complaint}");
}
