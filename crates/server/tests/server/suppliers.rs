//! Suppliers on the command line, with a server and without one.

use fake_suppliers::{Background, Options, Supplier};
use serde_json::{Value, json};

use crate::harness::{Connection, Loket};

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
    let said = |command: &str| {
        let arguments: Vec<&str> = command.split_whitespace().collect();
        loket.json(&arguments)
    };
    vec![
        loket.add_fake("digi", "digiflazz", url),
        said(
            "supplier set digi --max-in-flight 7 --allow-callback-from 52.74.250.133 --low-balance 500.000 --state off",
        ),
        said("supplier list"),
        said("supplier set digi --reroute-code 55 --allow-any-callback --no-low-balance --state on"),
        said("supplier show digi"),
        said("supplier test digi"),
        said("supplier balance digi"),
        said("product add XL10 --type prepaid --name XL --price 11000 --supplier digi --sku xld10"),
        said("product add MPPLN --type postpaid --name PLN --admin 2500 --supplier digi --sku pln"),
        said("supplier products digi"),
        said("supplier products digi --take --all"),
        said("supplier products digi"),
        said("route list"),
        said("route set MPPLN digi:pdam sandbox"),
        said("route set MPPLN digi --off --max-cost 3.000 --cut-off 23:00-01:00"),
        said("route list MPPLN"),
    ]
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
    assert!(complaint.contains("put the copy back"), "{complaint}");
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

#[test]
fn a_supplier_is_tested_with_a_harmless_call() {
    let loket = Loket::closed();
    let fake = digiflazz();
    fake.set_balance(1_250_000);
    loket.add_fake("digi", "digiflazz", fake.url());
    loket.expect(&["supplier", "set", "digi", "--low-balance", "2000000"]);
    let tested = loket.json(&["supplier", "test", "digi"]);
    assert_eq!((&tested["balance"], &tested["is_low"]), (&json!(1_250_000), &json!(true)));
    assert!(tested["took_ms"].is_u64(), "{tested}");
    let words = loket.expect(&["supplier", "test", "digi"]);
    assert!(words.starts_with("digi answered in ") && words.contains("Rp 1.250.000"), "{words}");
    assert!(fake.transactions().is_empty());

    let wrong = ["--kind", "digiflazz", "--user", "loket", "--url", fake.url()];
    loket.add_supplier("wrong", &wrong, "another-key", "");
    let complaint = loket.expect_failure(1, &["supplier", "test", "wrong"]);
    assert!(complaint.contains("wrong: the supplier refused with code 41"), "{complaint}");
    let gone = fake.url().to_owned();
    fake.stop();
    let complaint = loket.expect_failure(1, &["supplier", "balance", "digi"]);
    assert!(complaint.contains("can't be reached"), "{gone}: {complaint}");
    loket.expect_failure(1, &["supplier", "test", "nobody"]);
    loket.expect_failure(1, &["supplier", "test", "sandbox"]);
}

#[test]
fn a_running_server_remembers_the_balance_that_it_read() {
    let mut loket = Loket::closed();
    let fake = digiflazz();
    loket.add_fake("digi", "digiflazz", fake.url());
    loket.open();
    assert_eq!(loket.json(&["supplier", "show", "digi"])["balance"], Value::Null);
    loket.expect(&["supplier", "balance", "digi"]);
    let shown = loket.json(&["supplier", "show", "digi"]);
    assert_eq!((&shown["balance"], shown["balance_at"].is_string()), (&json!(1_000_000_000), true));
    let metrics = Connection::open(loket.console()).unwrap().get("/metrics").unwrap().text;
    assert!(metrics.contains("loket_supplier_balance_rupiah{supplier=\"digi\"} 1000000000"), "{metrics}");
    assert!(metrics.contains("loket_supplier_in_flight{supplier=\"digi\"} 0"), "{metrics}");
}

#[test]
fn prices_are_compared_with_the_list_and_taken_over() {
    let loket = Loket::closed();
    let fake = digiflazz();
    loket.add_fake("digi", "digiflazz", fake.url());
    let add = |code: &str, price: &str, sku: &str| {
        let arguments =
            ["product", "add", code, "--type", "prepaid", "--name", code, "--price", price, "--supplier", "digi"];
        loket.expect(&[&arguments[..], &["--sku", sku]].concat());
    };
    add("XL10", "11000", "xld10");
    add("TSEL10", "10000", "tsel10");
    add("PLN20", "21000", "pln20");
    add("GONE", "21000", "gone");
    add("THREE1", "2000", "three1");

    let compared = loket.json(&["supplier", "products", "digi"]);
    assert_eq!((&compared["listed"], &compared["routed"], &compared["taken"]), (&json!(22), &json!(5), &json!(false)));
    let differences = compared["differences"].as_array().unwrap();
    let codes: Vec<_> = differences.iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["GONE", "PLN20", "THREE1", "TSEL10", "XL10"]);
    assert_eq!(differences[0]["listed"], Value::Null);
    assert_eq!(differences[1]["listed"], json!({ "cost": 20_250, "available": true, "cut_off": "23:45-00:15" }));
    assert_eq!(differences[2]["listed"]["available"], json!(false));
    assert_eq!((&differences[3]["too_dear"], &differences[4]["too_dear"]), (&json!(true), &json!(false)));
    assert_eq!(loket.json(&["route", "list", "XL10"])[0]["cost"], json!(0), "comparing takes nothing over");

    let taken = loket.json(&["supplier", "products", "digi", "--take", "--all"]);
    assert_eq!((&taken["taken"], &taken["differences"]), (&json!(true), &compared["differences"]));
    let sold = taken["products"].as_array().unwrap();
    let xld10 = sold.iter().find(|product| product["sku"] == json!("xld10")).unwrap();
    assert_eq!((&xld10["cost"], &xld10["codes"]), (&json!(10_850), &json!(["XL10"])));
    assert_eq!(loket.json(&["supplier", "products", "digi"])["differences"], json!([]));
    let routes = loket.json(&["route", "list"]);
    let closed = |code: &str| {
        let route = routes.as_array().unwrap().iter().find(|route| route["code"] == json!(code)).unwrap();
        route["closed"].clone()
    };
    assert_eq!(closed("XL10"), Value::Null);
    assert_eq!(closed("GONE"), json!("the supplier does not sell it"));
    assert_eq!(closed("TSEL10"), json!("too dear: it may cost Rp 10.000"));
    loket.expect(&["supplier", "products", "digi", "--all"]);
}

#[test]
fn the_demo_catalogue_is_refused_beside_a_real_supplier() {
    let loket = Loket::closed();
    loket.add_supplier("iak", &["--kind", "iak", "--user", "budi"], "the-key", "");
    let complaint = loket.expect_failure(1, &["product", "seed"]);
    assert!(complaint.contains("the sandbox serves only testing orders"), "{complaint}");
    assert_eq!(loket.json(&["product", "list"]), json!([]));
}

#[test]
fn a_loket_is_a_supplier_too() {
    let other = Loket::start();
    let keys = other.json(&["merchant", "add", "--name", "Kita", "--api-id", "kita"]);
    other.expect(&["deposit", "kita", "75000", "--note", "x"]);
    let loket = Loket::closed();
    let url = format!("http://{}/", other.api());
    let arguments = ["--kind", "isikuota", "--user", "kita", "--url", &url];
    let text = |member: &str| keys[member].as_str().unwrap();
    loket.add_supplier("other", &arguments, text("api_key"), text("secret_key"));
    assert_eq!(loket.json(&["supplier", "test", "other"])["balance"], json!(75_000));

    loket.expect(&["product", "add", "TSEL21", "--type", "prepaid", "--name", "Telkomsel", "--price", "22000"]);
    loket.expect(&["route", "set", "TSEL21", "other"]);
    let taken = loket.json(&["supplier", "products", "other", "--take"]);
    assert_eq!(taken["differences"][0]["listed"]["cost"], json!(21_425));
    assert_eq!(loket.json(&["route", "list", "TSEL21"])[0]["closed"], Value::Null);
}
