//! The command line: everything an operator does, with a server and without one.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::harness::Loket;

/// What an operator does on a first day; each step's answer.
fn first_day(loket: &Loket) -> Vec<Value> {
    let deposit = ["deposit", "toko", "250000", "--note", "transfer BCA", "--reference", "BCA-1"];
    let mut answers = vec![loket.json(&["merchant", "add", "--name", "Toko Maju", "--api-id", "toko"])];
    answers[0]["api_key"] = Value::Null;
    answers[0]["secret_key"] = Value::Null;
    answers.extend([
        loket.json(&deposit),
        loket.json(&deposit),
        loket.json(&["adjust", "1", "-50000", "--note", "salah ketik", "--reference", "FIX-1"]),
        loket.json(&[
            "merchant",
            "set",
            "toko",
            "--credit-limit",
            "10000",
            "--tier",
            "gold",
            "--allow-ip",
            "10.0.0.0/8",
        ]),
        loket.json(&["merchant", "suspend", "toko"]),
        loket.json(&["merchant", "resume", "1"]),
        loket.json(&["merchant", "list"]),
        loket.json(&["merchant", "show", "toko"]),
        loket.json(&["product", "seed"]),
        loket.json(&[
            "product",
            "set",
            "TSEL21",
            "--price",
            "21500",
            "--tiers",
            "gold=21450",
            "--cut-off",
            "23:45-00:15",
        ]),
        loket.json(&["product", "list", "--code", "TSEL21"]),
        loket.json(&["product", "add", "XL5", "--type", "prepaid", "--name", "XL 5.000", "--price", "5600"]),
        loket.json(&["order", "list"]),
        loket.json(&["verify"]),
    ]);
    answers
}

/// An answer without its moments, which differ from run to run.
fn without_times(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            members.retain(|name, _| !name.ends_with("_at"));
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

#[test]
fn commands_say_the_same_with_a_server_and_without_one() {
    let alone = Loket::closed();
    let mut served = Loket::closed();
    served.open();
    let (alone, served) = (first_day(&alone), first_day(&served));
    assert_eq!(alone.len(), served.len());
    for (alone, served) in alone.into_iter().zip(served) {
        assert_eq!(without_times(alone), without_times(served));
    }
}

#[test]
fn a_merchants_keys_have_the_contracts_shape() {
    let loket = Loket::closed();
    let keys = loket.json(&["merchant", "add", "--name", "Toko"]);
    let members: Vec<&str> = keys.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["merchant_id", "name", "api_id", "api_key", "secret_key"]);
    assert_eq!((&keys["merchant_id"], &keys["name"]), (&json!("1"), &json!("Toko")));
    let shown = loket.expect(&["merchant", "show", "1"]);
    for secret in ["api_key", "secret_key"] {
        assert!(!shown.contains(keys[secret].as_str().unwrap()), "{shown}");
    }
}

#[test]
fn the_same_deposit_twice_is_one() {
    let loket = Loket::closed();
    loket.expect(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    let deposit = |amount: &'static str| ["deposit", "toko", amount, "--note", "x", "--reference", "BCA-1"];
    assert_eq!(loket.json(&deposit("10.000.000"))["repeated"], json!(false));
    let again = loket.json(&deposit("10000000"));
    assert_eq!((&again["repeated"], &again["balance"]), (&json!(true), &json!(10_000_000)));
    let complaint = loket.expect_failure(1, &deposit("5"));
    assert!(complaint.contains("already stands for another amount"), "{complaint}");
    let words = loket.expect(&["merchant", "list"]);
    assert!(words.contains("Rp 10.000.000"), "{words}");
}

#[test]
fn an_adjustment_may_take_money_away_but_not_below_the_limit() {
    let loket = Loket::closed();
    loket.expect(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    assert_eq!(loket.json(&["adjust", "toko", "+700", "--note", "x"])["balance"], json!(700));
    assert_eq!(loket.json(&["adjust", "toko", "-300", "--note", "x"])["balance"], json!(400));
    loket.expect_failure(2, &["deposit", "toko", "-300", "--note", "x"]);
    loket.expect_failure(2, &["deposit", "toko", "10.5", "--note", "x"]);
    loket.expect_failure(1, &["adjust", "nobody", "1", "--note", "x"]);
}

#[test]
fn rotated_keys_hold_and_the_old_ones_for_their_overlap() {
    let loket = Loket::start();
    let old = loket.merchant("toko");
    let new = loket.merchant_with_keys(&loket.json(&["merchant", "rotate-keys", "toko", "--overlap", "1h"]));
    assert_eq!(old.balance(), new.balance());
    let newest = loket.merchant_with_keys(&loket.json(&["merchant", "rotate-keys", "toko", "--overlap", "0"]));
    assert_eq!(newest.balance(), 1_000_000);
    let refused = new.call("/v1/balance", json!({})).unwrap();
    assert_eq!((refused.status, refused.code()), (401, "SIGNATURE_INVALID"));
}

#[test]
fn products_go_out_and_in_again_unchanged() {
    for kind in ["csv", "xlsx"] {
        let (one, mut other) = (Loket::closed(), Loket::closed());
        one.expect(&["product", "seed"]);
        one.expect(&["product", "set", "TSEL21", "--tiers", "gold=21000 silver=21200", "--cut-off", "23:45-00:15"]);
        one.expect(&["product", "add", "XL5", "--type", "prepaid", "--name", "=XL", "--price", "5600", "--sku", "005"]);
        let file = one.data().join(format!("products.{kind}"));
        let file = file.to_str().unwrap();
        one.expect(&["product", "export", file]);
        one.expect_failure(1, &["product", "export", file]);
        let imported = other.json(&["product", "import", file]);
        assert_eq!(imported["changed"], imported["of"]);
        assert_eq!(other.json(&["product", "list"]), one.json(&["product", "list"]));
        assert_eq!(other.json(&["product", "import", file])["changed"], json!(0));
        assert_eq!(other.json(&["product", "seed"])["changed"], json!(0));

        // The same through a server.
        other.open();
        other.expect(&["product", "set", "TSEL21", "--price", "1", "--status", "disturbed"]);
        let again = other.data().join(format!("again.{kind}"));
        other.expect(&["product", "export", again.to_str().unwrap()]);
        assert_eq!(other.json(&["product", "import", file])["changed"], json!(1));
        assert_eq!(other.json(&["product", "list"]), one.json(&["product", "list"]));
        assert_eq!(one.json(&["product", "import", again.to_str().unwrap()])["changed"], json!(1));
    }
}

#[test]
fn a_file_with_one_bad_product_changes_nothing() {
    let loket = Loket::closed();
    loket.expect(&["product", "seed"]);
    let file = loket.data().join("products.csv");
    std::fs::write(&file, "code,price\nTSEL21,1\nTSEL5,-5\n").unwrap();
    let before = loket.json(&["product", "list"]);
    let complaint = loket.expect_failure(1, &["product", "import", file.to_str().unwrap()]);
    assert!(complaint.starts_with("loket: "), "{complaint}");
    assert_eq!(loket.json(&["product", "list"]), before);
    std::fs::write(&file, "code,price\nTSEL21,1\nTSEL5,x\n").unwrap();
    let complaint = loket.expect_failure(1, &["product", "import", file.to_str().unwrap()]);
    assert!(complaint.contains("products.csv: row 3, column price: `x`"), "{complaint}");
    let complaint = loket.expect_failure(1, &["product", "import", "products.ods"]);
    assert!(complaint.contains("save it as one of them"), "{complaint}");
}

#[test]
fn an_order_is_shown_listed_and_resolved() {
    let loket = Loket::start();
    let toko = loket.merchant("toko");
    toko.inquire_and_pay("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    toko.inquire_and_pay("INQ-2", "MPBPJS", "1234569008").expect_code("BILL_PAYMENT_PENDING");

    let order = loket.json(&["order", "show", "INQ-1"]);
    assert_eq!((&order["status"], &order["sn"]), (&json!("success"), &json!("S1234554321N")));
    assert_eq!(order["attempts"][0]["state"], json!("succeeded"));
    assert_eq!(loket.json(&["order", "show", &order["order_id"].to_string()]), order);

    let pending = loket.json(&["order", "list", "--status", "pending", "--merchant", "toko"]);
    assert_eq!(pending.as_array().unwrap().len(), 1);
    let resolved = loket.json(&["order", "resolve", "INQ-2", "--success", "SN-FROM-THE-DESK"]);
    assert_eq!((&resolved["status"], &resolved["sn"]), (&json!("success"), &json!("SN-FROM-THE-DESK")));
    assert_eq!(toko.status("INQ-2")["sn"], json!("SN-FROM-THE-DESK"));
    loket.expect_failure(1, &["order", "resolve", "INQ-2", "--failed", "too late"]);
    loket.expect_failure(2, &["order", "resolve", "INQ-2"]);
    loket.expect_failure(1, &["order", "show", "INQ-3"]);
    loket.verify();
}

#[test]
fn a_reference_of_several_merchants_must_be_told_apart() {
    let loket = Loket::start();
    for api_id in ["toko", "warung"] {
        let merchant = loket.merchant(api_id);
        merchant.buy("TRX-1", "TSEL21", "08123456789").expect_code("ORDER_SUCCESS");
        merchant.testing().buy("TRX-1", "TSEL21", "08123456789").expect_code("ORDER_SUCCESS");
    }
    let complaint = loket.expect_failure(1, &["order", "show", "TRX-1"]);
    assert!(complaint.contains("--merchant"), "{complaint}");
    let order = loket.json(&["order", "show", "TRX-1", "--merchant", "warung"]);
    assert_eq!((&order["merchant_id"], &order["mode"]), (&json!("2"), &json!("production")));
    let order = loket.json(&["order", "show", "TRX-1", "--merchant", "warung", "--testing"]);
    assert_eq!(order["mode"], json!("testing"));
}

#[test]
fn commands_at_the_same_time_take_turns() {
    let loket = Loket::closed();
    loket.expect(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    let deposit = ["deposit", "toko", "1000", "--note", "x"];
    let commands: Vec<_> = (0..4).map(|_| loket.command(&deposit).stdout(Stdio::null()).spawn().unwrap()).collect();
    for mut command in commands {
        assert!(command.wait().unwrap().success());
    }
    assert_eq!(loket.json(&["merchant", "show", "toko"])["balance"], json!(4_000));
}

#[test]
fn broken_books_are_found_out() {
    let loket = Loket::closed();
    loket.expect(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    loket.expect(&["deposit", "toko", "1000", "--note", "x"]);
    assert_eq!(loket.json(&["verify"])["findings"], json!([]));
    let spoil = "UPDATE books SET available = available + 1";
    assert!(Command::new("sqlite3").arg(loket.data().join("loket.db")).arg(spoil).status().unwrap().success());
    let found = loket.run(&["verify", "--json"]);
    assert_eq!(found.status.code(), Some(3));
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(found["findings"][0]["rule"], json!("`available` equals its transfers"));
}

#[test]
fn reading_makes_no_directory() {
    let loket = Loket::closed();
    for command in
        [&["verify"][..], &["merchant", "list"], &["order", "list"], &["deposit", "toko", "1", "--note", "x"]]
    {
        let complaint = loket.expect_failure(1, command);
        assert!(complaint.contains("there is no data directory"), "{complaint}");
        assert!(!loket.data().exists());
    }
}

#[test]
fn completions_and_the_version_need_no_directory() {
    let loket = Loket::closed();
    assert!(loket.expect(&["completions", "bash"]).contains("rotate-keys"));
    assert_eq!(loket.json(&["version"])["name"], json!("loket"));
    assert!(loket.expect(&["version"]).starts_with("loket 0."));
    loket.expect_failure(2, &["no-such-command"]);
    assert!(!loket.data().exists());
}
