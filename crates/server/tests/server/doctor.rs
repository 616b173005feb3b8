//! `loket doctor`: every check, with what it is for really broken.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use fake_suppliers::{Background, Options, Supplier};
use serde_json::{Value, json};

use crate::disk::{SmallDisk, limit_files, log_length};
use crate::harness::{Loket, eventually};

/// So that the tests' own shell may open as many files as that.
const FEW: [(&str, &str); 2] = [("max_connections", "50"), ("webhooks_in_flight", "10")];

/// What each check says. The disk's speed is the machine's affair.
#[track_caller]
fn examine(loket: &Loket) -> BTreeMap<String, (String, String)> {
    let output = loket.run(&["doctor", "--json"]);
    let lines: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let text = |line: &Value, member: &str| line[member].as_str().unwrap_or_default().to_owned();
    let lines: Vec<&Value> = lines.as_array().unwrap().iter().collect();
    let is_well = lines.iter().all(|line| line["verdict"] == "OK");
    assert_eq!(output.status.code(), Some(if is_well { 0 } else { 3 }));
    for line in &lines {
        assert!(line["verdict"] == "OK" || !(text(line, "what") + &text(line, "advice")).is_empty(), "{line}");
    }
    let said = |line: &&Value| {
        let words = format!("{}; {}", text(line, "what"), text(line, "advice"));
        (text(line, "check"), (text(line, "verdict"), words))
    };
    lines.iter().map(said).collect()
}

/// This check alone finds something, and says this.
#[track_caller]
fn expect_alone(loket: &Loket, check: &str, verdict: &str, words: &str) {
    let mut found = examine(loket);
    let (found_verdict, said) = found.remove(check).unwrap_or_else(|| panic!("{check} says nothing"));
    assert!(found_verdict == verdict && said.contains(words), "{check}: {found_verdict} {said}");
    found.retain(|name, (verdict, _)| verdict != "OK" && name != "sync time");
    assert!(found.is_empty(), "{found:?} beside {check}");
}

/// Nothing is found.
#[track_caller]
fn expect_well(loket: &Loket) {
    let mut found = examine(loket);
    found.retain(|name, (verdict, _)| verdict != "OK" && name != "sync time");
    assert!(found.is_empty(), "{found:?}");
}

/// A house in which everything there can be is there, and nothing is wrong.
fn house() -> Loket {
    let loket = Loket::start_with(&FEW);
    let toko = loket.merchant("toko");
    toko.inquire_and_pay("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    toko.inquire_and_pay("INQ-2", "MPBPJS", "1234569008").expect_code("BILL_PAYMENT_PENDING");
    loket
}

fn change(loket: &Loket, sql: &str) {
    let database = loket.data().join("loket.db");
    assert!(Command::new("sqlite3").arg(database).arg(sql).status().unwrap().success());
}

#[test]
fn a_healthy_house_is_well_with_a_server_and_without_one_and_nothing_is_changed() {
    let mut loket = house();
    expect_well(&loket);
    assert!(examine(&loket)["server"].1.contains("runs, version"), "it sees the server");
    loket.stop();
    let tables = |loket: &Loket| loket.rows("SELECT * FROM orders, books, meta");
    let before = tables(&loket);
    expect_well(&loket);
    assert!(examine(&loket)["server"].1.contains("none runs"));
    assert_eq!(tables(&loket), before);
    let words = loket.run(&["doctor"]);
    assert!(String::from_utf8(words.stdout).unwrap().starts_with("OK    configuration"));
    assert!(Loket::closed_with(&FEW).run(&["doctor"]).status.code() == Some(3), "there is no data directory");
}

#[test]
fn what_is_wrong_around_the_database_is_told() {
    let mut loket = house();
    loket.stop();
    let data = loket.data();

    fs::write(data.join("loket.toml"), "lissten = 1\n").unwrap();
    expect_alone(&loket, "configuration", "FAIL", "did you mean `listen`?");
    fs::remove_file(data.join("loket.toml")).unwrap();

    fs::set_permissions(&data, Permissions::from_mode(0o755)).unwrap();
    let found = examine(&loket);
    assert!(found["data directory"].1.contains("chmod 700"), "{found:?}");
    assert!(!found.contains_key("books"), "what others can write is not believed");
    fs::set_permissions(&data, Permissions::from_mode(0o700)).unwrap();

    loket.set("max_connections", "100000000");
    expect_alone(&loket, "open files", "WARN", "LimitNOFILE=100000266");
    loket.set("max_connections", "50");

    let log = fs::File::options().append(true).create(true).open(data.join("loket.db-wal")).unwrap();
    let length = log.metadata().unwrap().len();
    log.set_len(300 * 1024 * 1024).unwrap();
    expect_alone(&loket, "log", "WARN", "300 MiB");
    log.set_len(length).unwrap();
    expect_well(&loket);
}

#[test]
fn what_is_wrong_with_the_key_is_told() {
    let (mut loket, other) = (house(), Loket::closed());
    other.poor_merchant("toko");
    loket.stop();
    let key = loket.data().join("master.key");
    let kept = fs::read(&key).unwrap();
    fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
    expect_alone(&loket, "master key", "FAIL", "chmod 600");
    fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
    fs::write(&key, fs::read(other.data().join("master.key")).unwrap()).unwrap();
    expect_alone(&loket, "master key", "FAIL", "the master key is not the one");
    fs::write(&key, "0123").unwrap();
    expect_alone(&loket, "master key", "FAIL", "is damaged");
    fs::remove_file(&key).unwrap();
    expect_alone(&loket, "master key", "FAIL", "is missing");
    assert!(!key.exists(), "it makes none");
    fs::write(&key, kept).unwrap();
    fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
    expect_well(&loket);
}

#[test]
fn what_is_wrong_in_the_database_is_told() {
    let mut loket = house();
    loket.expect(&["merchant", "add", "--name", "W", "--api-id", "warung", "--webhook", "https://example.com/"]);
    loket.stop();
    let hour = 3_600_000_000_i64;
    for (harm, cure, check, verdict, words) in [
        (
            "UPDATE meta SET newest_at = newest_at + 86400000000",
            "UPDATE meta SET newest_at = newest_at - 86400000000",
            "clock",
            "FAIL",
            "it was set back",
        ),
        (
            "UPDATE books SET available = available + 1",
            "UPDATE books SET available = available - 1",
            "books",
            "FAIL",
            "`available` equals its transfers",
        ),
        (
            &format!("UPDATE orders SET created_at = created_at - {hour} WHERE status = 0"),
            &format!("UPDATE orders SET created_at = created_at + {hour} WHERE status = 0"),
            "pending orders",
            "WARN",
            "the longest is INQ-2",
        ),
        (
            "UPDATE orders SET desk = 3 WHERE status = 0",
            "UPDATE orders SET desk = NULL",
            "desk",
            "WARN",
            "the oldest is INQ-2",
        ),
        (
            "UPDATE endpoints SET state = 3",
            "UPDATE endpoints SET state = 0",
            "endpoints",
            "WARN",
            "such as https://example.com/ of merchant 2",
        ),
    ] {
        change(&loket, harm);
        expect_alone(&loket, check, verdict, words);
        change(&loket, cure);
    }
    expect_well(&loket);

    change(&loket, "UPDATE refinery_schema_history SET checksum = checksum || '1'");
    let found = examine(&loket);
    assert!(found["schema"].0 == "FAIL" && found["schema"].1.contains("made by another program"), "{found:?}");
    assert!(!found.contains_key("books"), "nobody reads tables that nobody knows");
    change(&loket, "INSERT INTO refinery_schema_history VALUES (4711, 'later', '2036-01-01T00:00:00Z', '0')");
    assert!(examine(&loket)["schema"].1.contains("schema version 4711"));
}

#[test]
fn a_damaged_database_is_told() {
    let mut loket = house();
    loket.stop();
    change(&loket, "PRAGMA wal_checkpoint(TRUNCATE)");
    let database = loket.data().join("loket.db");
    let mut bytes = fs::read(&database).unwrap();
    for page in bytes.chunks_mut(4_096).skip(1).step_by(2) {
        page.fill(0xA5);
    }
    fs::write(&database, bytes).unwrap();
    let found = examine(&loket);
    let (verdict, said) = found.get("database").unwrap_or(&found["schema"]);
    assert!(verdict == "FAIL" && !said.is_empty(), "{found:?}");
}

#[test]
fn webhooks_that_nobody_brings_are_told() {
    let mut loket = Loket::closed_with(&[&FEW[..], &[("allow_private_webhooks", "true")]].concat());
    loket.open();
    loket.expect(&["product", "seed"]);
    let (toko, _) = loket.merchant_told_at("toko", 1_000_000, &["http://127.0.0.1:9/".to_owned()]);
    toko.buy_game("ORDER-1", "ML86", "12345678").expect_code("ORDER_SUCCESS");
    loket.kill();
    expect_well(&loket);
    change(&loket, "UPDATE deliveries SET next_at = next_at - 3600000000 WHERE next_at IS NOT NULL");
    expect_alone(&loket, "webhooks", "WARN", "start the server: nobody delivers meanwhile");
}

#[test]
fn suppliers_that_cannot_pay_are_told() {
    let loket = house();
    loket.add_fake("digi", "digiflazz", "http://127.0.0.1:9");
    expect_well(&loket);
    loket.expect(&["supplier", "set", "digi", "--state", "off"]);
    expect_alone(&loket, "suppliers", "WARN", "digi is switched off");

    let fake = Background::start(Options { limits: false, ..Options::new(Supplier::Digiflazz) }).unwrap();
    fake.set_balance(1_250_000);
    loket.expect(&["supplier", "set", "digi", "--state", "on", "--url", fake.url(), "--low-balance", "2000000"]);
    expect_well(&loket);
    loket.expect(&["supplier", "balance", "digi"]);
    expect_alone(&loket, "suppliers", "WARN", "our balance at digi is Rp 1.250.000, below Rp 2.000.000");
    fake.set_balance(3_000_000);
    loket.expect(&["supplier", "balance", "digi"]);
    expect_well(&loket);
}

#[test]
fn a_server_that_cannot_write_is_told() {
    let loket = house();
    let toko = loket.merchant("warung");
    limit_files(&loket, &log_length(&loket).to_string());
    eventually("there is no room", || {
        (toko.inquire("INQ-NONE", "MPBPJS", "1234567899").code() == "INTERNAL_ERROR").then_some(())
    });
    expect_alone(&loket, "server", "FAIL", "it cannot write: there is no room left");
    limit_files(&loket, "unlimited");
    eventually("it goes on", || (examine(&loket)["server"].0 == "OK").then_some(()));
}

#[test]
fn a_small_or_full_disk_is_told() {
    let loket = Loket::closed_with(&FEW);
    let Some(disk) = SmallDisk::mount(&loket.data()) else {
        println!("this user may not mount a disk");
        return;
    };
    loket.poor_merchant("toko");
    expect_alone(&loket, "disk space", "FAIL", "of 8 MiB are free");
    disk.fill();
    let found = examine(&loket);
    assert!(found["sync time"].0 == "FAIL" && found["sync time"].1.contains("nothing can be written"), "{found:?}");
    disk.make_room();
}

#[test]
fn a_new_directory_has_nothing_wrong() {
    let loket = Loket::closed_with(&FEW);
    loket.expect(&["config", "init"]);
    expect_well(&loket);
    assert_eq!(json!(fs::read_dir(loket.data()).unwrap().count()), json!(1), "nothing was made");
}
