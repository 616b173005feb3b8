//! Suppliers on the command line, with a server and without one.

use fake_suppliers::{Background, Options, Supplier};
use serde_json::{Value, json};

use crate::harness::Loket;

/// A stand-in for Digiflazz that takes every call at any time.
fn digiflazz() -> Background {
    Background::start(Options { limits: false, ..Options::new(Supplier::Digiflazz) }).unwrap()
}

/// An answer without its moments and measurements, which differ from run to run.
fn without_times(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            members.retain(|name, _| !(name.ends_with("_at") || name.ends_with("_ms")));
            for member in members.values_mut() {
                *member = without_times(member.take());
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = without_times(item.take());
            }
        }
        _ => {}
    }
    value
}

/// What an operator does with a first supplier; each step's answer.
fn first_supplier(loket: &Loket, url: &str) -> Vec<Value> {
    let mut answers = vec![loket.add_fake("digi", "digiflazz", url)];
    answers.extend([
        loket.json(&[
            "supplier",
            "set",
            "digi",
            "--max-in-flight",
            "7",
            "--allow-callback-from",
            "52.74.250.133",
            "--low-balance",
            "500.000",
            "--reroute-code",
            "55",
            "--state",
            "draining",
        ]),
        loket.json(&["supplier", "list"]),
        loket.json(&["supplier", "show", "digi"]),
        loket.json(&[
            "supplier",
            "set",
            "digi",
            "--allow-any-callback",
            "--no-low-balance",
            "--no-reroute-codes",
            "--state",
            "on",
        ]),
    ]);
    answers
}

#[test]
fn commands_about_suppliers_say_the_same_with_a_server_and_without_one() {
    let fake = digiflazz();
    let alone = Loket::closed();
    let mut served = Loket::closed();
    served.open();
    let (alone, served) = (first_supplier(&alone, fake.url()), first_supplier(&served, fake.url()));
    assert_eq!(alone.len(), served.len());
    for (alone, served) in alone.into_iter().zip(served) {
        assert_eq!(without_times(alone), without_times(served));
    }
}

#[test]
fn a_supplier_is_shown_as_it_was_set_but_for_its_secrets() {
    let mut loket = Loket::closed();
    let arguments = ["--kind", "iak", "--user", "0812", "--testing", "--max-in-flight", "5", "--allow-callback-from"];
    loket.add_supplier("iak", &[&arguments[..], &["10.0.0.0/8"]].concat(), "key-that-is-secret", "and-another");
    let shown = loket.json(&["supplier", "show", "iak"]);
    assert_eq!((&shown["kind"], &shown["user"], &shown["url"]), (&json!("iak"), &json!("0812"), &Value::Null));
    assert_eq!((&shown["testing"], &shown["state"]), (&json!(true), &json!("on")));
    assert_eq!((&shown["max_in_flight"], &shown["in_flight"]), (&json!(5), &json!(0)));
    assert_eq!(shown["callbacks_from"], json!(["10.0.0.0/8"]));
    assert_eq!((&shown["callback_path"], &shown["has_secret"]), (&json!("/callbacks/iak"), &json!(true)));
    assert_eq!(loket.json(&["supplier", "list"]), json!([shown]));

    loket.open();
    let words = [loket.expect(&["supplier", "show", "iak"]), loket.expect(&["supplier", "list"]), loket.log()].concat();
    loket.stop();
    let stored = std::fs::read(loket.data().join("loket.db")).unwrap();
    for secret in ["key-that-is-secret", "and-another"] {
        assert!(!words.contains(secret), "{words}");
        assert!(!stored.windows(secret.len()).any(|window| window == secret.as_bytes()));
    }
    // Its secrets are sealed with the master key, which must not be made anew then.
    std::fs::remove_file(loket.data().join("master.key")).unwrap();
    let complaint = loket.expect_failure(1, &["supplier", "list"]);
    assert!(complaint.contains("restore it from a backup"), "{complaint}");
}

#[test]
fn secrets_come_from_a_file_the_environment_or_stdin_and_never_from_the_command_line() {
    let loket = Loket::closed();
    let add = |name: &'static str| ["supplier", "add", name, "--kind", "digiflazz", "--user", "budi", "--json"];
    let complaint = loket.expect_failure(1, &add("none"));
    assert!(complaint.contains("no key was given") && complaint.contains("LOKET_SUPPLIER_KEY"), "{complaint}");

    let has_secret = |output: std::process::Output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["has_secret"].clone()
    };
    assert_eq!(has_secret(loket.run_with_input(&add("piped"), "the-key\n")), json!(false));
    assert_eq!(has_secret(loket.run_with_input(&add("both"), "the-key\nthe-secret\n")), json!(true));
    let file = loket.data().join("key");
    std::fs::write(&file, "the-key\n").unwrap();
    let from_file = [&add("file")[..], &["--key-file", file.to_str().unwrap()]].concat();
    assert_eq!(has_secret(loket.run(&from_file)), json!(false));
    loket.expect_failure(1, &[&add("lost")[..], &["--key-file", "no-such-file"]].concat());
    loket.expect_failure(2, &[&add("open")[..], &["--key", "the-key"]].concat());

    let changed = loket.run_with_input(&["supplier", "set", "both", "--new-key", "--json"], "another-key\n");
    assert_eq!(has_secret(changed), json!(true));
    assert_eq!(loket.json(&["supplier", "set", "both", "--no-secret"])["has_secret"], json!(false));
    loket.expect_failure(1, &["supplier", "set", "both"]);
}

#[test]
fn a_supplier_that_nobody_can_speak_to_is_refused_and_not_stored() {
    let loket = Loket::closed();
    let refused = |arguments: &[&str], sentence: &str| {
        let output = loket.run_with_input(&[&["supplier", "add"], arguments].concat(), "the-key\n");
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{complaint}");
        assert!(complaint.contains(sentence), "{complaint}");
    };
    let kind = |name, kind| [name, "--kind", kind, "--user", "budi"];
    refused(&kind("other", "isikuota"), "needs the address of its API");
    refused(&[&kind("other", "isikuota")[..], &["--url", "https://loket.example"]].concat(), "a secret_key");
    refused(&[&kind("other", "digiflazz")[..], &["--url", "http://192.0.2.1/v1"]].concat(), "write https://");
    refused(&[&kind("other", "iak")[..], &["--max-in-flight", "0"]].concat(), "at least one order");
    refused(&[&kind("other", "iak")[..], &["--allow-callback-from", "nowhere"]].concat(), "neither an address");
    refused(&kind("Other", "iak"), "1 to 32 of a-z");
    refused(&kind("sandbox", "iak"), "is built in");
    assert_eq!(loket.json(&["supplier", "list"]), json!([]));

    loket.add_supplier("iak", &["--kind", "iak", "--user", "budi"], "the-key", "");
    refused(&kind("iak", "iak"), "change it with `loket supplier set`");
    let before = loket.json(&["supplier", "show", "iak"]);
    loket.expect_failure(1, &["supplier", "set", "iak", "--url", "ftp://192.0.2.1"]);
    assert_eq!(loket.json(&["supplier", "show", "iak"]), before);
    let complaint = loket.expect_failure(1, &["supplier", "show", "nobody"]);
    assert!(complaint.contains("there is no supplier nobody"), "{complaint}");
}
