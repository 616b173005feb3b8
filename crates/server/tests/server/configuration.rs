//! The settings, as an operator meets them.

use serde_json::{Value, json};

use crate::harness::Loket;

/// What `config show` says of a key: value and origin.
fn shown(loket: &Loket, key: &str) -> (Value, Value) {
    let all = loket.json(&["config", "show"]);
    let entry = all.as_array().unwrap().iter().find(|entry| entry["key"] == *key).unwrap();
    (entry["value"].clone(), entry["origin"].clone())
}

#[test]
fn the_file_is_written_once_and_read_back() {
    let loket = Loket::closed();
    loket.expect(&["config", "init"]);
    assert_eq!(loket.json(&["config", "check"]), json!({ "ok": true, "set": 0 }));
    let path = loket.data().join("loket.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("#batch_limit = 512", "batch_limit = 8")).unwrap();
    assert_eq!(shown(&loket, "batch_limit"), (json!("8"), json!("loket.toml")));
    let complaint = loket.expect_failure(1, &["config", "init"]);
    assert!(complaint.contains("never overwritten"), "{complaint}");
}

#[test]
fn a_slip_of_the_hand_is_named() {
    let loket = Loket::closed();
    loket.expect(&["config", "init"]);
    std::fs::write(loket.data().join("loket.toml"), "answer_within = 5\n").unwrap();
    for command in [&["config", "check"][..], &["serve"], &["merchant", "list"]] {
        let complaint = loket.expect_failure(1, command);
        assert_eq!(complaint, "loket: loket.toml: there is no key `answer_within`; did you mean `answer_within_ms`?\n");
    }
}

#[test]
fn the_environment_wins_over_the_file_and_is_checked_too() {
    let loket = Loket::closed_with(&[("batch_limit", "7")]);
    loket.expect(&["config", "init"]);
    std::fs::write(loket.data().join("loket.toml"), "batch_limit = 8\nqueue_limit = 9\n").unwrap();
    assert_eq!(shown(&loket, "batch_limit"), (json!("7"), json!("environment")));
    assert_eq!(shown(&loket, "queue_limit"), (json!("9"), json!("loket.toml")));
    let wrong = Loket::closed_with(&[("batch_limit", "none")]);
    let complaint = wrong.expect_failure(1, &["config", "check"]);
    assert_eq!(complaint, "loket: environment: `batch_limit` must be a whole number, 1 or more, not `none`\n");
}

#[test]
fn a_database_that_is_not_there_is_named_without_its_password() {
    let url = "postgres://loket:rahasia@127.0.0.1:1/loket";
    let loket = Loket::closed();
    for command in [&["serve"][..], &["merchant", "add", "--name", "Toko"]] {
        let complaint = loket.expect_failure(1, &[command, &["--database", url]].concat());
        assert!(complaint.contains("cannot be reached") && !complaint.contains("rahasia"), "{complaint}");
    }
    let shown = loket.expect(&["config", "show", "--database", url]);
    assert!(shown.contains("postgres://***@127.0.0.1:1/loket") && !shown.contains("rahasia"), "{shown}");
    let complaint = loket.expect_failure(1, &["config", "check", "--database", "mysql://rahasia"]);
    assert!(!complaint.contains("rahasia"), "{complaint}");
}
