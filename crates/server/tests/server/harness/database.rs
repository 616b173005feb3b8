//! A look at a database from outside, with SQLite's own program.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What a query answers, an object for each row. Who writes there meanwhile is not disturbed.
#[track_caller]
pub fn rows(database: &Path, query: &str) -> Vec<Value> {
    let arguments = ["-batch", "-readonly", "-json", "-cmd", ".timeout 60000"];
    let output = Command::new("sqlite3").args(arguments).arg(database).arg(query).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    if output.stdout.is_empty() { Vec::new() } else { serde_json::from_slice(&output.stdout).unwrap() }
}
