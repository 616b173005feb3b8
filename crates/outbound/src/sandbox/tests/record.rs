//! Payments happen once, and survive restarts, torn lines and a file that can't be written.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use domain::answer::Answer;
use tempfile::TempDir;

use super::{Bench, Hands, bill, pulsa};
use crate::sandbox::{RecordEvent, Sandbox, SandboxRecord};

const WAIT: Duration = Duration::from_secs(10);

/// A directory for a record, and a sandbox that keeps it.
fn recorded() -> (TempDir, std::path::PathBuf, Bench) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("sandbox-record.tsv");
    let bench = Bench::with_record(Some(&path));
    (directory, path, bench)
}

fn events(path: &Path) -> Vec<RecordEvent> {
    SandboxRecord::read(path).unwrap().lines().map(|line| line.unwrap().event).collect()
}

fn is_paid(answer: &Answer) -> bool {
    matches!(answer, Answer::Confirmed { .. })
}

#[test]
fn a_repeat_pays_nothing_and_says_the_same() {
    let (_directory, path, bench) = recorded();
    let task = bill("1234567890");
    let first = bench.send(&task);
    assert!(is_paid(&first));
    assert_eq!(bench.send(&task), first);
    assert_eq!(bench.check(&task), first);
    assert_eq!(events(&path), [RecordEvent::Paid]);
}

#[test]
fn a_line_tells_what_was_paid() {
    let (_directory, path, bench) = recorded();
    bench.send(&bill("1234567890"));
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, "2026-05-31 10:40:02.000000\tpaid\tMPBPJSx1234567890\tpostpaid\tMPBPJS\t1234567890\t24000\n");
}

#[test]
fn what_was_never_sent_was_not_received() {
    let (_directory, path, bench) = recorded();
    assert_eq!(bench.check(&bill("1234567890")), Answer::NotReceived);
    bench.quote("MPBPJS", "1234567890");
    assert_eq!(bench.check(&bill("1234567890")), Answer::NotReceived);
    assert_eq!(events(&path), []);
}

#[test]
fn each_row_leaves_its_events_once() {
    use RecordEvent::{Paid, Pending, Refunded, Refused};
    for (row, expected) in [
        ("9005", &[Refused][..]),
        ("9006", &[Pending, Paid]),
        ("9007", &[Pending, Refused]),
        ("9008", &[Pending]),
        ("9009", &[Paid]),
        ("9010", &[Paid]),
        ("9011", &[Paid, Refunded]),
        ("9012", &[Paid]),
    ] {
        let (_directory, path, bench) = recorded();
        let task = pulsa(&format!("0812345{row}"));
        bench.send(&task);
        assert_eq!(events(&path), expected[..1], "{row}");
        bench.wait(WAIT);
        for _ in 0..3 {
            bench.check(&task);
            bench.send(&task);
        }
        assert_eq!(events(&path), expected, "{row}");
    }
}

#[test]
fn a_restart_forgets_nothing() {
    let (_directory, path, bench) = recorded();
    let tasks = ["1234567890", "1234569005", "1234569006", "1234569009", "1234569010", "1234569011"].map(bill);
    for task in &tasks {
        bench.send(task);
    }
    let before = tasks.each_ref().map(|task| bench.check(task));
    let bench = bench.restart(&path);
    assert_eq!(tasks.each_ref().map(|task| bench.check(task)), before);

    bench.wait(WAIT);
    let later = tasks.each_ref().map(|task| bench.check(task));
    assert_ne!(later, before);
    let written = events(&path);
    let bench = bench.restart(&path);
    assert_eq!(tasks.each_ref().map(|task| bench.send(task)), later);
    assert_eq!(events(&path), written);
}

#[test]
fn an_unfinished_last_line_never_happened() {
    let (_directory, path, bench) = recorded();
    bench.send(&bill("1234567890"));
    bench.send(&bill("1234567891"));
    let whole = fs::read(&path).unwrap();
    let first_line = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut bench = bench;
    for length in first_line..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        assert_eq!(events(&path), [RecordEvent::Paid], "{length}");
        bench = bench.restart(&path);
        assert!(is_paid(&bench.check(&bill("1234567890"))));
        assert_eq!(bench.check(&bill("1234567891")), Answer::NotReceived);
        bench.send(&bill("1234567891"));
        assert_eq!(events(&path), [RecordEvent::Paid; 2], "{length}");
        assert_eq!(fs::read(&path).unwrap(), whole);
    }
}

#[test]
fn a_finished_line_that_is_none_stops_the_start() {
    let (_directory, path, bench) = recorded();
    bench.send(&bill("1234567890"));
    OpenOptions::new().append(true).open(&path).unwrap().write_all(b"what is this\n").unwrap();
    let error = Sandbox::open(Some(&path), Arc::new(Hands(AtomicI64::new(0)))).err().unwrap();
    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    assert!(error.to_string().contains("what is this"), "{error}");
    assert!(SandboxRecord::read(&path).unwrap().lines().any(|line| line.is_err()));
}

#[test]
fn what_cannot_be_written_is_not_paid() {
    // This device takes no byte, as a full disk.
    let bench = Bench::with_record(Some(Path::new("/dev/full")));
    let task = bill("1234567890");
    assert!(matches!(bench.send(&task), Answer::Unknown { .. }));
    assert_eq!(bench.check(&task), Answer::NotReceived);
}

#[test]
fn a_code_that_would_break_the_record_is_not_paid() {
    let (_directory, path, bench) = recorded();
    let mut task = bill("1234567890");
    task.sku = "MP\tBPJS".into();
    assert!(matches!(bench.send(&task), Answer::Unknown { .. }));
    assert_eq!(events(&path), []);
}

#[test]
fn without_a_record_payments_still_happen_once() {
    let bench = Bench::new();
    let task = bill("1234569006");
    bench.send(&task);
    bench.wait(WAIT);
    assert!(is_paid(&bench.check(&task)));
    assert!(is_paid(&bench.send(&task)));
}
