//! A disk that is full, that can't be written, or that holds what somebody else put there.

#[path = "disk/nobody.rs"]
mod nobody;

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::harness::{Connection, Loket, Merchant, eventually};

use self::nobody::Nobody;

/// So that nobody waits long for what can't come.
const HASTY: [(&str, &str); 5] = [
    ("answer_within_ms", "300"),
    ("send_within_ms", "500"),
    ("supplier_limit_ms", "300"),
    ("lost_margin_ms", "100"),
    ("check_every_ms", "50"),
];

/// Lets the running server's files grow to this size and no further.
pub fn limit_files(loket: &Loket, limit: &str) {
    let arguments = ["--pid", &loket.process_id().to_string(), &format!("--fsize={limit}:")];
    assert!(Command::new("prlimit").args(arguments).status().unwrap().success());
}

/// How long the database's log is.
pub fn log_length(loket: &Loket) -> u64 {
    fs::metadata(loket.data().join("loket.db-wal")).unwrap().len()
}

/// What both doors say to whoever asks if it is ready.
pub fn readiness(loket: &Loket) -> [u16; 2] {
    [loket.api(), loket.console()].map(|address| Connection::open(address).unwrap().get("/readyz").unwrap().status)
}

/// There is no room: what changes something is refused, what reads is answered, and whoever asks is told that it isn't ready.
fn expect_to_be_full(loket: &Loket, toko: &Merchant) {
    eventually("there is no room", || {
        (toko.inquire("INQ-NONE", "MPBPJS", "1234567899").code() == "INTERNAL_ERROR").then_some(())
    });
    for (answer, what) in [
        (toko.inquire("INQ-NONE", "MPBPJS", "1234567899"), "an inquiry"),
        (toko.buy("TRX-NONE", "TSEL21", "08123456789"), "an order"),
        (toko.pay("INQ-1", "MPBPJS", "1234567891"), "a payment"),
    ] {
        assert_eq!((answer.status, answer.code()), (500, "INTERNAL_ERROR"), "{what}: {}", answer.text);
    }
    assert_eq!(readiness(loket), [503, 503]);
    for (path, parameters) in [
        ("/v1/balance", json!({})),
        ("/v1/status", json!({ "cmd": "status", "ref_id": "INQ-0" })),
        ("/v1/products", json!({ "cmd": "products" })),
        ("/v1/mutations", json!({ "cmd": "mutations" })),
    ] {
        assert_eq!(toko.call(path, parameters).unwrap().status, 200, "{path} only reads");
    }
    toko.pay("INQ-0", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    assert_eq!(readiness(loket), [503, 503], "a request that writes nothing proves nothing");
    assert_eq!(loket.connect().get("/livez").unwrap().status, 200);
    assert_eq!(loket.json(&["order", "list"]).as_array().unwrap().len(), 1);
    let complaint = loket.expect_failure(1, &["deposit", "toko", "1000", "--note", "x", "--reference", "late"]);
    assert!(complaint.starts_with("loket: "), "{complaint}");
}

/// There is room again: it goes on by itself, and all is well.
fn expect_to_go_on(loket: &mut Loket, toko: &Merchant) {
    eventually("it goes on by itself", || (readiness(loket) == [200, 200]).then_some(()));
    toko.inquire_and_pay("INQ-2", "MPBPJS", "1234567892").expect_code("BILL_PAYMENT_SUCCESS");
    loket.verify();
    let before = loket.reckon();
    let balance = toko.balance();
    loket.crash();
    loket.verify();
    assert_eq!(loket.reckon().orders.len(), before.orders.len());
    assert_eq!(toko.balance(), balance);
    assert_eq!(balance + before.spent_by(1), 1_000_000);
}

/// A server with one paid bill, and an inquiry that may be paid.
fn shop() -> (Loket, Merchant) {
    let loket = Loket::start_with(&HASTY);
    let toko = prepare(&loket);
    (loket, toko)
}

fn prepare(loket: &Loket) -> Merchant {
    let toko = loket.merchant("toko");
    toko.inquire_and_pay("INQ-0", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    toko.inquire("INQ-1", "MPBPJS", "1234567891").expect_code("BILL_INQUIRY_SUCCESS");
    toko
}

/// Gives room page by page, until a payment is accepted; there is none left then for what became of it.
fn pay_with_the_last_room(loket: &Loket, toko: &Merchant) {
    const PAGE: u64 = 4_096;
    let mut limit = log_length(loket);
    let answer = eventually("a payment is accepted", || {
        limit += PAGE;
        limit_files(loket, &limit.to_string());
        let answer = toko.pay("INQ-1", "MPBPJS", "1234567891");
        (answer.code() != "INTERNAL_ERROR").then_some(answer)
    });
    answer.expect_code("BILL_PAYMENT_PENDING");
    assert_eq!(loket.paid_at_sandbox().len(), 2, "it was paid, but that could not be written");
    toko.pay("INQ-1", "MPBPJS", "1234567891").expect_code("BILL_PAYMENT_PENDING");
    assert_eq!(loket.reckon().count("pending"), 1);
}

fn expect_paid_once(loket: &Loket, toko: &Merchant) {
    eventually("the payment is found", || (toko.status("INQ-1").code() == "BILL_PAYMENT_SUCCESS").then_some(()));
    assert_eq!(loket.paid_at_sandbox().len(), 2);
    assert_eq!(toko.balance(), 1_000_000 - 2 * 25_200);
}

#[test]
fn files_that_may_not_grow_are_outlived() {
    let (mut loket, toko) = shop();
    limit_files(&loket, &log_length(&loket).to_string());
    expect_to_be_full(&loket, &toko);
    limit_files(&loket, "unlimited");
    expect_to_go_on(&mut loket, &toko);
}

#[test]
fn what_the_supplier_said_is_written_once_there_is_room() {
    let (mut loket, toko) = shop();
    pay_with_the_last_room(&loket, &toko);
    limit_files(&loket, "unlimited");
    expect_paid_once(&loket, &toko);
    expect_to_go_on(&mut loket, &toko);
}

#[test]
fn what_the_supplier_said_is_asked_again_after_a_death_on_a_full_disk() {
    let (mut loket, toko) = shop();
    pay_with_the_last_room(&loket, &toko);
    loket.crash();
    expect_paid_once(&loket, &toko);
    expect_to_go_on(&mut loket, &toko);
}

/// A small disk of its own; unmounted when dropped.
pub struct SmallDisk {
    path: PathBuf,
}

impl SmallDisk {
    /// Nothing, if this user may not mount.
    pub fn mount(path: &Path) -> Option<Self> {
        fs::create_dir(path).unwrap();
        let options = ["-t", "tmpfs", "-o", "size=8m,mode=700", "loket-test"];
        let mounted = Command::new("mount").args(options).arg(path).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| Self { path: path.to_owned() })
    }

    /// Until nothing more fits.
    pub fn fill(&self) {
        let mut ballast = fs::File::create(self.path.join("ballast")).unwrap();
        while ballast.write_all(&[0; 512]).is_ok() {}
    }

    /// Of what it was filled with.
    pub fn make_room(&self) {
        fs::remove_file(self.path.join("ballast")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, since the server may still run.
        let _ = Command::new("umount").arg("--lazy").arg(&self.path).status();
    }
}

#[test]
fn a_full_disk_is_outlived() {
    let mut loket = Loket::closed_with(&HASTY);
    let Some(disk) = SmallDisk::mount(&loket.data()) else {
        println!("this user may not mount a disk; a limit on the size of files does the same in another test");
        return;
    };
    loket.open();
    loket.expect(&["product", "seed"]);
    let toko = prepare(&loket);
    disk.fill();
    expect_to_be_full(&loket, &toko);
    disk.make_room();
    expect_to_go_on(&mut loket, &toko);

    // A start on a full disk needs no room: it serves what only reads, and goes on like the other.
    loket.kill();
    disk.fill();
    loket.open();
    eventually("there is no room", || {
        (toko.inquire("INQ-3", "MPBPJS", "1234567893").code() == "INTERNAL_ERROR").then_some(())
    });
    toko.status("INQ-0").expect_code("BILL_PAYMENT_SUCCESS");
    disk.make_room();
    eventually("it goes on by itself", || (readiness(&loket) == [200, 200]).then_some(()));
    loket.verify();
    toko.pay("INQ-0", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    assert_eq!(loket.reckon().count("success"), 2);
}

#[test]
fn a_new_directory_on_a_full_disk_is_told() {
    let loket = Loket::closed();
    let Some(disk) = SmallDisk::mount(&loket.data()) else { return };
    disk.fill();
    let complaint = loket.expect_failure(1, &["serve"]);
    assert!(complaint.contains("free some disk space"), "{complaint}");
    disk.make_room();
    loket.poor_merchant("toko");
    loket.verify();
}

#[test]
fn a_directory_that_may_only_be_read_is_told_and_left_alone() {
    let nobody = Nobody::new();
    nobody.expect(&["product", "seed"]);
    nobody.expect(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    let serve = ["serve", "--listen", "127.0.0.1:0", "--console-listen", "127.0.0.1:0"];
    for (place, mode) in [("", 0o500), ("loket.db", 0o400), ("loket.lock", 0o400), ("sandbox-record.tsv", 0o400)] {
        let path = nobody.data().join(place);
        let usual = fs::metadata(&path).unwrap().permissions();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        let complaint = nobody.expect_refusal(&serve);
        fs::set_permissions(&path, usual).unwrap();
        let advice = ["give this user the right to write", "repair it, or move it away"];
        assert!(advice.iter().any(|advice| complaint.contains(advice)), "{place:?}: {complaint}");
        nobody.expect(&["verify"]);
    }
}

#[test]
fn a_directory_that_cannot_be_made_or_entered_is_told() {
    let nobody = Nobody::new();
    let usual = fs::metadata(nobody.home()).unwrap().permissions();
    fs::set_permissions(nobody.home(), Permissions::from_mode(0o555)).unwrap();
    let complaint = nobody.expect_refusal(&["serve"]);
    fs::set_permissions(nobody.home(), usual).unwrap();
    assert!(complaint.contains("cannot be used: Permission denied"), "{complaint}");

    nobody.make_data(0o500);
    let complaint = nobody.expect_refusal(&["serve"]);
    assert!(complaint.contains("give this user the right to write"), "{complaint}");
    assert!(nobody.files().is_empty());
}

/// A directory with a merchant, on which nothing runs.
fn closed_shop() -> Loket {
    let loket = Loket::closed();
    loket.poor_merchant("toko");
    loket
}

fn change_database(loket: &Loket, change: &str) {
    assert!(Command::new("sqlite3").arg(loket.data().join("loket.db")).arg(change).status().unwrap().success());
}

#[test]
fn a_database_that_is_newer_is_left_alone() {
    let loket = closed_shop();
    change_database(&loket, "INSERT INTO refinery_schema_history VALUES (4711, 'later', '2036-01-01T00:00:00Z', '0')");
    for command in [&["serve"][..], &["verify"], &["merchant", "add", "--name", "Warung"]] {
        let complaint = loket.expect_failure(1, command);
        assert!(complaint.contains("schema version 4711"), "{complaint}");
        assert!(complaint.contains("start the newer program"), "{complaint}");
    }
    change_database(&loket, "DELETE FROM refinery_schema_history WHERE version = 4711");
    loket.verify();
    assert_eq!(loket.json(&["merchant", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let loket = closed_shop();
    let database = loket.data().join("loket.db");
    let strange = "Dear diary, ".repeat(1_000);
    fs::write(&database, &strange).unwrap();
    // What is in the log would be read from there.
    let _ = fs::remove_file(loket.data().join("loket.db-wal"));
    let complaint = loket.expect_failure(1, &["serve"]);
    assert!(complaint.contains("loket.db") && complaint.contains("restore a backup"), "{complaint}");
    assert_eq!(fs::read_to_string(&database).unwrap(), strange);
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let loket = closed_shop();
    let key = loket.data().join("master.key");
    for mode in [0o644, 0o640, 0o660] {
        fs::set_permissions(&key, Permissions::from_mode(mode)).unwrap();
        let complaint = loket.expect_failure(1, &["serve"]);
        assert!(complaint.contains(&format!("run: chmod 600 {}", key.display())), "{complaint}");
    }
    fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
    loket.verify();
}

#[test]
fn a_missing_key_is_not_replaced_by_a_new_one() {
    let mut loket = Loket::start();
    let toko = loket.merchant("toko");
    loket.stop();
    let key = loket.data().join("master.key");
    let kept = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    for command in [&["serve"][..], &["merchant", "add", "--name", "Warung"]] {
        let complaint = loket.expect_failure(1, command);
        assert!(complaint.contains("master.key is missing"), "{complaint}");
        assert!(complaint.contains("backup"), "{complaint}");
        assert!(!key.exists(), "a new key would only hide the loss");
    }
    fs::write(&key, kept).unwrap();
    fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
    loket.open();
    assert_eq!(toko.balance(), 1_000_000);
}

#[test]
fn anothers_key_is_refused() {
    let (loket, other) = (closed_shop(), closed_shop());
    let key = loket.data().join("master.key");
    let kept = fs::read(&key).unwrap();
    fs::write(&key, fs::read(other.data().join("master.key")).unwrap()).unwrap();
    let complaint = loket.expect_failure(1, &["serve"]);
    assert!(complaint.contains("the master key is not the one"), "{complaint}");
    assert!(complaint.contains("backup"), "it says what to do: {complaint}");
    fs::write(&key, "0123").unwrap();
    let complaint = loket.expect_failure(1, &["serve"]);
    assert!(complaint.contains("is damaged") && complaint.contains("put the copy back"), "{complaint}");
    fs::write(&key, kept).unwrap();
    loket.verify();
}

#[test]
fn a_spoilt_record_of_the_sandbox_is_told_and_half_a_line_is_not() {
    let mut loket = Loket::start();
    let toko = loket.merchant("toko");
    toko.inquire_and_pay("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    loket.kill();
    let record = loket.data().join("sandbox-record.tsv");
    let good = fs::read_to_string(&record).unwrap();
    fs::write(&record, format!("{good}nonsense\n")).unwrap();
    let complaint = loket.expect_failure(1, &["serve"]);
    assert!(complaint.contains("repair it, or move it away"), "{complaint}");
    fs::write(&record, format!("{good}{}", &good[..20])).unwrap();
    loket.open();
    loket.reckon();
    assert_eq!(fs::read_to_string(&record).unwrap(), good);
}
