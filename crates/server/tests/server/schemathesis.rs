//! Somebody else's program reads `/openapi.json`, makes up hundreds of requests from it, and holds the answers against it.
//!
//! `schemathesis/hooks.py` signs what it sends. `./test` installs it; without it this test fails, since a check that didn't happen is
//! not one that passed.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::harness::{Connection, Loket};

/// The same requests each time; a failure is repeated with it.
const SEED: &str = "20260531";
/// For each call, in each of its phases that has an end of its own; together some 20 seconds on two cores.
const MAX_EXAMPLES: &str = "250";
/// Why these, it says in `hooks.py`.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

#[expect(clippy::disallowed_methods, reason = "where ./test has put a program is no setting of the server's")]
fn program() -> Command {
    let path = std::env::var_os("LOKET_SCHEMATHESIS")
        .expect("LOKET_SCHEMATHESIS doesn't say where schemathesis is: run `./test schemathesis`, which installs it");
    Command::new(path)
}

fn run(loket: &Loket, keys: &Value, webhook: &str) {
    // It leaves files where it runs.
    let directory = tempfile::tempdir().unwrap();
    let hooks = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemathesis");
    let output = program()
        .args(["run", &format!("http://{}/openapi.json", loket.api()), "--no-color", "--generation-database", "none"])
        .args(["--checks", CHECKS, "--seed", SEED, "--max-examples", MAX_EXAMPLES, "--continue-on-failure"])
        // Its reader of Python's sources fails in a second thread.
        .args(["--workers", "1"])
        .envs([("SCHEMATHESIS_HOOKS", "hooks"), ("PYTHONDONTWRITEBYTECODE", "1"), ("NO_PROXY", "127.0.0.1")])
        .env("PYTHONPATH", hooks)
        .env("LOKET_API_ID", keys["api_id"].as_str().unwrap())
        .env("LOKET_API_KEY", keys["api_key"].as_str().unwrap())
        .env("LOKET_SECRET_KEY", keys["secret_key"].as_str().unwrap())
        .env("LOKET_WEBHOOK", webhook)
        .current_dir(directory.path())
        .stdin(Stdio::null())
        .output()
        .expect("LOKET_SCHEMATHESIS names a program that can't be run: run `./test schemathesis`, which installs it");
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "schemathesis with seed {SEED}: {}\n{said}\n{}", output.status, loket.log());
}

#[test]
fn schemathesis_finds_nothing_in_what_the_openapi_document_describes() {
    // It comes from one address, and half of what it sends is not signed on purpose.
    let loket = Loket::start_with(&[
        ("stranger_rate_per_second", "100000"),
        ("rate_per_second", "100000"),
        ("allow_private_webhooks", "true"),
    ]);
    let keys = loket.json(&["merchant", "add", "--name", "Schemathesis"]);
    loket.expect(&["deposit", "1", "10000000", "--note", "for a test"]);
    let add = json!({ "cmd": "webhook-add", "url": "http://127.0.0.1:9/" });
    let added = loket.merchant_with_keys(&keys).call("/v1/webhooks", add).unwrap().expect_code("SUCCESS");
    run(&loket, &keys, added.data()["id"].as_str().unwrap());

    // It can only find nothing where it was let in.
    let metrics = Connection::open(loket.console()).unwrap().get("/metrics").unwrap().text;
    for (call, code) in [
        ("inquiry", "BILL_INQUIRY_SUCCESS"),
        ("pay-pasca", "BILL_PAYMENT_SUCCESS"),
        ("prepaid", "ORDER_SUCCESS"),
        ("game", "ORDER_SUCCESS"),
        ("balance", "SUCCESS"),
        ("products", "SUCCESS"),
        ("mutations", "SUCCESS"),
        ("status", "BILL_PAYMENT_SUCCESS"),
        ("webhooks", "SUCCESS"),
        ("events", "SUCCESS"),
    ] {
        let counted = format!("loket_requests_total{{call=\"{call}\",code=\"{code}\"}}");
        assert!(metrics.contains(&counted), "no {call} ended with {code}:\n{metrics}");
    }
    assert!(!metrics.contains("INTERNAL_ERROR"), "{metrics}");
    loket.verify();
}
