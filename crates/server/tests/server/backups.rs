//! Backups: made while everybody buys, verified, restored, and whatever can go wrong with that.

#[path = "backups/resealed.rs"]
mod resealed;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::disk::SmallDisk;
use crate::harness::{Loket, eventually};

use self::resealed::resealed;

const PAYERS: usize = 16;

/// A place for backups, beside the data directories.
fn shelf() -> TempDir {
    tempfile::Builder::new().prefix("loket-test-").tempdir().unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Everything that lies in a directory.
fn files(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let Ok(entries) = fs::read_dir(directory) else { return BTreeMap::new() };
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    paths.map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
}

/// A closed house with one merchant and one order, and a backup of it on the shelf.
fn backed_up(shelf: &TempDir) -> (Loket, PathBuf) {
    let mut loket = Loket::start();
    let toko = loket.merchant("toko");
    toko.inquire_and_pay("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    loket.stop();
    let backup = shelf.path().join("loket.backup");
    loket.expect(&["backup", text(&backup)]);
    (loket, backup)
}

fn copy_key(from: &Loket, to: &Loket) {
    fs::copy(from.data().join("master.key"), to.data().join("master.key")).unwrap();
}

/// Pays bill after bill until it is told to stop; notes each that was acknowledged.
fn pay_on(loket: &Loket, keys: &Value, payer: usize, paid: &Mutex<Vec<String>>, is_over: &AtomicBool) {
    let merchant = loket.merchant_with_keys(keys);
    for number in 0.. {
        if is_over.load(Ordering::Relaxed) {
            return;
        }
        let (ref_id, customer) = (format!("P{payer}-{number}"), format!("1{payer:03}{number:06}0"));
        if merchant.inquire(&ref_id, "MPBPJS", &customer).code() == "BILL_INQUIRY_SUCCESS"
            && merchant.pay(&ref_id, "MPBPJS", &customer).code() == "BILL_PAYMENT_SUCCESS"
        {
            paid.lock().unwrap().push(ref_id);
        }
    }
}

#[test]
fn a_backup_under_load_has_everything_that_was_acknowledged_before_it_began() {
    let shelf = shelf();
    let loket = Loket::start_with(&[("rate_per_second", "1000000")]);
    let keys = loket.json(&["merchant", "add", "--name", "Toko", "--api-id", "toko"]);
    loket.expect(&["deposit", "toko", "900000000000", "--note", "x", "--reference", "first"]);
    let (paid, is_over) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    let backups: Vec<(PathBuf, Vec<String>)> = std::thread::scope(|scope| {
        for payer in 0..PAYERS {
            let (loket, keys, paid, is_over) = (&loket, &keys, &paid, &is_over);
            scope.spawn(move || pay_on(loket, keys, payer, paid, is_over));
        }
        let made = (1..=3).map(|round| {
            eventually("many have paid", || (paid.lock().unwrap().len() >= round * 100).then_some(()));
            let before = paid.lock().unwrap().clone();
            let backup = shelf.path().join(format!("{round}.backup"));
            let output = loket.run(&["backup", text(&backup)]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            (backup, before)
        });
        let made = made.collect();
        is_over.store(true, Ordering::Relaxed);
        made
    });
    loket.verify();
    for (backup, before) in &backups {
        let seen = loket.json(&["backup", "verify", text(backup)]);
        assert_eq!((&seen["faults"], &seen["books_verified"]), (&json!([]), &json!(true)));
        let mut restored = Loket::closed();
        restored.expect(&["restore", text(backup)]);
        copy_key(&loket, &restored);
        restored.verify();
        let orders = restored.rows("SELECT ref_id FROM orders WHERE status = 1");
        let orders: Vec<&str> = orders.iter().map(|row| row["ref_id"].as_str().unwrap()).collect();
        let lost: Vec<&String> = before.iter().filter(|ref_id| !orders.contains(&ref_id.as_str())).collect();
        assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), before.len());
        restored.open();
        let toko = restored.merchant_with_keys(&keys);
        toko.status(&before[0]).expect_code("BILL_PAYMENT_SUCCESS");
        toko.inquire_and_pay("NEW-1", "MPBPJS", "9876543210").expect_code("BILL_PAYMENT_SUCCESS");
        restored.verify();
    }
}

#[test]
fn a_backup_says_what_it_is_and_is_for_its_owner_only() {
    let shelf = shelf();
    let (loket, backup) = backed_up(&shelf);
    assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
    let seen = loket.json(&["backup", "verify", text(&backup)]);
    assert_eq!((&seen["rows"]["orders"], &seen["pending_orders"], &seen["held"]), (&json!(1), &json!(0), &json!(0)));
    assert_eq!(seen["available"], json!(1_000_000 - 25_200));
    assert_eq!(seen["master_key"].as_str().unwrap().len(), 16);
    let key = fs::read_to_string(loket.data().join("master.key")).unwrap();
    let bytes = fs::read(&backup).unwrap();
    assert!(!bytes.windows(64).any(|window| window == key.trim().as_bytes()), "the key is not in it");
    assert_eq!(files(shelf.path()).len(), 1, "nothing is left beside it");
}

#[test]
fn a_backup_never_overwrites() {
    let shelf = shelf();
    let (loket, backup) = backed_up(&shelf);
    let before = files(shelf.path());
    let complaint = loket.expect_failure(1, &["backup", text(&backup)]);
    assert!(complaint.contains("is there already, and is never overwritten"), "{complaint}");
    let complaint = loket.expect_failure(1, &["backup", text(&shelf.path().join("nowhere/x.backup"))]);
    assert!(complaint.contains("cannot be used"), "{complaint}");
    assert_eq!(files(shelf.path()), before);
    loket.expect_failure(2, &["backup"]);
    loket.expect_failure(1, &["backup", "x", "verify", text(&backup)]);
    loket.expect(&["backup", "--json", "verify", text(&backup)]);
    assert!(!Path::new("x").exists());
}

#[test]
fn a_killed_backup_leaves_nothing_under_its_name() {
    let shelf = shelf();
    let loket = Loket::start();
    let toko = loket.merchant("toko");
    for number in 0..20 {
        toko.inquire_and_pay(&format!("INQ-{number}"), "MPBPJS", &format!("12345678{number:02}"));
    }
    let is_begun = |path: &Path| path.extension().is_some_and(|extension| extension == "part");
    let mut caught = 0;
    for round in 0..20 {
        let backup = shelf.path().join(format!("{round}.backup"));
        let mut process =
            loket.command(&["backup", text(&backup)]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        eventually("it has begun", || {
            let has_begun = files(shelf.path()).keys().any(|path| is_begun(path));
            (has_begun || process.try_wait().unwrap().is_some()).then_some(())
        });
        process.kill().unwrap();
        process.wait().unwrap();
        if backup.exists() {
            loket.expect(&["backup", "verify", text(&backup)]);
        } else {
            caught += 1;
        }
        for left in files(shelf.path()).keys().filter(|path| is_begun(path)) {
            fs::remove_file(left).unwrap();
        }
    }
    assert!(caught > 0, "none was killed in its midst");
    loket.verify();
}

#[test]
fn a_backup_without_room_is_refused_and_leaves_nothing() {
    let shelf = shelf();
    let (loket, _) = backed_up(&shelf);
    // Files may not grow: whatever the program makes of that, no half of a file bears the name.
    let backup = shelf.path().join("limited.backup");
    let limited = "ulimit -f 16 && exec \"$0\" \"$@\"";
    let mut in_shell = std::process::Command::new("sh");
    let command = loket.command(&["backup", text(&backup)]);
    let output = in_shell.arg("-c").arg(limited).arg(command.get_program()).args(command.get_args()).output().unwrap();
    assert!(!output.status.success() && !backup.exists(), "{output:?}");

    let Some(disk) = SmallDisk::mount(&shelf.path().join("disk")) else {
        println!("this user may not mount a disk");
        return;
    };
    let backup = shelf.path().join("disk/loket.backup");
    let complaint = loket.expect_failure(1, &["backup", text(&backup)]);
    assert!(complaint.contains("MiB are needed") && complaint.contains("free some space"), "{complaint}");
    assert!(files(&shelf.path().join("disk")).is_empty());
    drop(disk);
}

#[test]
fn what_is_no_whole_backup_is_found_and_not_restored() {
    let shelf = shelf();
    let (loket, backup) = backed_up(&shelf);
    let good = fs::read(&backup).unwrap();
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let from_end = |back: usize| flipped(good.len() - back);
    for (what, bytes) in [
        ("something else", b"Dear diary, ".repeat(1_000)),
        ("nothing", Vec::new()),
        ("a bare database", fs::read(loket.data().join("loket.db")).unwrap()),
        ("half of it", good[..good.len() / 2].to_vec()),
        ("all but the last byte", good[..good.len() - 1].to_vec()),
        ("one byte too much", [&good[..], b"x"].concat()),
        ("another first byte", flipped(0)),
        ("another byte in the header", flipped(30)),
        ("another byte in a page", flipped(good.len() / 3)),
        ("another byte in its manifest", from_end(200)),
        ("another byte in its hash", from_end(10)),
        ("another byte in its mark", from_end(85)),
    ] {
        let spoilt = shelf.path().join("spoilt");
        fs::write(&spoilt, bytes).unwrap();
        let before = files(shelf.path());
        let seen = loket.run(&["backup", "verify", text(&spoilt), "--json"]);
        assert_eq!(seen.status.code(), Some(3), "{what}: {}", String::from_utf8_lossy(&seen.stdout));
        let restored = Loket::closed();
        let complaint = restored.expect_failure(1, &["restore", text(&spoilt)]);
        assert!(complaint.contains("cannot be restored") && complaint.contains("take another"), "{what}: {complaint}");
        assert!(!restored.data().exists(), "{what}");
        assert_eq!(files(shelf.path()), before, "{what}: looking changes nothing");
    }
    loket.expect_failure(1, &["backup", "verify", text(&shelf.path().join("nothing here"))]);
}

#[test]
fn what_was_already_wrong_when_it_was_written_is_found() {
    let shelf = shelf();
    let (loket, backup) = backed_up(&shelf);
    for (change, fault) in [
        ("UPDATE books SET available = available + 1", "broken rule: `available` equals its transfers"),
        ("DELETE FROM transfers WHERE slot = 1", "transfers: it says"),
        ("UPDATE orders SET status = 7", "unreadable in column status"),
        ("UPDATE refinery_schema_history SET checksum = '1'", "made by another program"),
        (
            "INSERT INTO refinery_schema_history VALUES (4711, 'later', '2036-01-01T00:00:00Z', '0')",
            "schema version 4711",
        ),
    ] {
        let changed = resealed(&backup, change);
        let seen = loket.run(&["backup", "verify", text(&changed)]);
        let told = String::from_utf8(seen.stdout).unwrap();
        assert!(seen.status.code() == Some(3) && told.contains(fault), "{change}: {told}");
        let restored = Loket::closed();
        restored.expect_failure(1, &["restore", text(&changed)]);
        assert!(!restored.data().exists(), "{change}");
        fs::remove_file(changed).unwrap();
    }
    // So that it shows that it was these changes.
    let same = resealed(&backup, "");
    loket.expect(&["backup", "verify", text(&same)]);
}

#[test]
fn a_database_is_never_overwritten_by_a_restore() {
    let shelf = shelf();
    let (loket, backup) = backed_up(&shelf);
    let before = files(&loket.data());
    let complaint = loket.expect_failure(1, &["restore", text(&backup)]);
    assert!(complaint.contains("is never overwritten") && complaint.contains("--data"), "{complaint}");
    assert_eq!(files(&loket.data()), before);

    // An old log alone would be read into the new database.
    let other = Loket::closed();
    other.expect(&["config", "init"]);
    fs::write(other.data().join("loket.db-wal"), "old").unwrap();
    other.expect_failure(1, &["restore", text(&backup)]);
    assert!(!other.data().join("loket.db").exists());
    fs::remove_file(other.data().join("loket.db-wal")).unwrap();
    other.expect(&["restore", text(&backup)]);
}

#[test]
fn a_restore_says_what_to_do_about_the_key() {
    let shelf = shelf();
    let (loket, backup) = backed_up(&shelf);
    let mut restored = Loket::closed();
    let answer = restored.json(&["restore", text(&backup)]);
    assert_eq!(answer["master_key_state"], "missing");
    let complaint = restored.expect_failure(1, &["serve"]);
    assert!(complaint.contains("master.key is missing"), "{complaint}");
    copy_key(&loket, &restored);
    restored.open();
    restored.verify();

    let beside = Loket::closed();
    beside.expect(&["config", "init"]);
    copy_key(&loket, &beside);
    assert_eq!(beside.json(&["restore", text(&backup)])["master_key_state"], "fits");

    let strange = Loket::closed();
    strange.poor_merchant("toko");
    for part in ["loket.db", "loket.db-wal", "loket.db-shm"] {
        let _ = fs::remove_file(strange.data().join(part));
    }
    let complaint = strange.expect_failure(1, &["restore", text(&backup)]);
    assert!(complaint.contains(answer["master_key"].as_str().unwrap()), "{complaint}");
    assert!(!strange.data().join("loket.db").exists());
}

#[test]
fn after_a_restore_no_number_is_given_a_second_time() {
    let shelf = shelf();
    let loket = Loket::start();
    let toko = loket.merchant("toko");
    toko.inquire_and_pay("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_PAYMENT_SUCCESS");
    let backup = shelf.path().join("loket.backup");
    loket.expect(&["backup", text(&backup)]);
    toko.inquire_and_pay("INQ-2", "MPBPJS", "1234567891").expect_code("BILL_PAYMENT_SUCCESS");
    let numbers = |loket: &Loket| {
        let rows =
            loket.rows("SELECT order_id, ref_id, supplier_ref FROM orders JOIN attempts USING (order_id) ORDER BY 1");
        let number =
            |row: &Value| (row["order_id"].as_i64().unwrap(), row["supplier_ref"].as_str().unwrap().to_owned());
        rows.iter().map(number).collect::<Vec<_>>()
    };
    let given = numbers(&loket);
    let mut restored = Loket::closed();
    restored.expect(&["restore", text(&backup)]);
    copy_key(&loket, &restored);
    restored.open();
    assert_eq!(numbers(&restored), given[..1]);
    let keys = restored.json(&["merchant", "rotate-keys", "toko", "--overlap", "0"]);
    let toko = restored.merchant_with_keys(&keys);
    toko.inquire_and_pay("INQ-2", "MPBPJS", "1234567891").expect_code("BILL_PAYMENT_SUCCESS");
    let again = numbers(&restored);
    assert!(again[1].0 > given[1].0 && again[1].1 != given[1].1, "{again:?} after {given:?}");
}

#[test]
fn a_schema_that_is_up_to_date_newer_or_another_is_told() {
    let loket = Loket::closed();
    loket.poor_merchant("toko");
    let change = |sql: &str| {
        let database = loket.data().join("loket.db");
        assert!(std::process::Command::new("sqlite3").arg(database).arg(sql).status().unwrap().success());
    };
    let up_to_date = loket.json(&["db", "migrate", "--dry-run"]);
    assert_eq!((&up_to_date["missing"], &up_to_date["version"]), (&json!([]), &up_to_date["known"]));
    let done = loket.json(&["db", "migrate"]);
    assert_eq!((&done["missing"], &done["backup"]), (&json!([]), &Value::Null));

    change("UPDATE refinery_schema_history SET checksum = checksum || '1'");
    for command in [&["db", "migrate"][..], &["db", "migrate", "--dry-run"], &["serve"], &["verify"]] {
        let complaint = loket.expect_failure(1, command);
        assert!(complaint.contains("its migration 1 (create_tables) is not the one"), "{complaint}");
    }
    change("INSERT INTO refinery_schema_history VALUES (4711, 'later', '2036-01-01T00:00:00Z', '0')");
    let complaint = loket.expect_failure(1, &["db", "migrate"]);
    assert!(complaint.contains("schema version 4711"), "{complaint}");
    let complaint = Loket::closed().expect_failure(1, &["db", "migrate"]);
    assert!(complaint.contains("there is no data directory"), "{complaint}");
}

#[test]
fn postgresql_is_refused_in_a_sentence() {
    let loket = Loket::closed();
    loket.poor_merchant("toko");
    for command in [&["backup", "/nowhere/x"][..], &["restore", "/nowhere/x"], &["db", "migrate"], &["doctor"]] {
        let complaint =
            loket.expect_failure(1, &[command, &["--database", "postgres://loket:rahasia@db/loket"]].concat());
        assert!(complaint.contains("inside the data directory only") && !complaint.contains("rahasia"), "{complaint}");
    }
}
