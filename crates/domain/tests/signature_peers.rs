//! The signature, compared with the programs that merchants really write: PHP, JavaScript and Python.
//!
//! Each language's own program in `peers/` makes random parameters, signs them by the published algorithm and prints
//! what it would send. We must accept every one of them, and compute the very canonical body that it signed. A missing
//! interpreter fails the test: a comparison that didn't happen is not one that succeeded.

use std::{
    io::{self, ErrorKind},
    process::{Command, Output},
};

use domain::{
    json::LineSeparators,
    signature::{SignedRequest, SigningKey},
};

/// From it every program makes its parameters, so that what failed once fails again.
const SEED: u32 = 20_260_531;

/// How many sets of parameters each program makes.
const SETS: usize = 2_000;

/// The key that the programs in `peers/` sign with.
fn key() -> SigningKey {
    SigningKey::new("your_api_id", "your_api_key", "your_secret_key")
}

#[test]
fn what_php_signs_verifies() -> Result<(), String> {
    check_peer("php", "sign.php", "PHP 8.2 or newer (Debian: `apt-get install php-cli`)", LineSeparators::Escaped)
}

#[test]
fn what_javascript_signs_verifies() -> Result<(), String> {
    check_peer("node", "sign.js", "Node.js 20 or newer (Debian: `apt-get install nodejs`)", LineSeparators::Raw)
}

#[test]
fn what_python_signs_verifies() -> Result<(), String> {
    check_peer("python3", "sign.py", "Python 3.11 or newer (Debian: `apt-get install python3`)", LineSeparators::Raw)
}

/// Runs a program of `peers/` and checks all that it prints.
fn check_peer(interpreter: &str, script: &str, install: &str, separators: LineSeparators) -> Result<(), String> {
    let output = run(interpreter, script).map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("`{interpreter}` is not installed, and this test needs the real one: {install}"),
        _ => format!("`{interpreter}` can't be run: {error}"),
    })?;
    if !output.status.success() {
        return Err(format!("{script} failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    let printed = String::from_utf8(output.stdout).map_err(|error| format!("{script}: {error}"))?;
    let mut coverage = Coverage::default();
    for (number, line) in printed.split_terminator('\n').enumerate() {
        let told = |what: String| format!("{script}, seed {SEED}, set {number}: {what}: {line}");
        let [wire, canonical] = serde_json::from_str::<[String; 2]>(line).map_err(|error| told(error.to_string()))?;
        check_set(&wire, &canonical, separators).map_err(told)?;
        coverage.count(&canonical);
    }
    assert!(coverage.is_enough(), "{script}, seed {SEED}: {coverage:?}");
    Ok(())
}

fn run(interpreter: &str, script: &str) -> io::Result<Output> {
    let path = format!("{}/tests/peers/{script}", env!("CARGO_MANIFEST_DIR"));
    Command::new(interpreter).args([path, SEED.to_string(), SETS.to_string()]).output()
}

/// We read `wire`, compute `canonical` from it, and accept its signature, but not by another secret.
fn check_set(wire: &str, canonical: &str, separators: LineSeparators) -> Result<(), String> {
    let request = SignedRequest::read(wire.as_bytes()).map_err(|fault| fault.to_string())?;
    let ours = request.canonical_body(separators);
    if ours != canonical {
        return Err(format!("we compute {ours}, they sign {canonical}"));
    }
    if !key().verifies(&request) {
        return Err("refused".to_owned());
    }
    if SigningKey::new("your_api_id", "your_api_key", "another_secret_key").verifies(&request) {
        return Err("accepted with another secret".to_owned());
    }
    Ok(())
}

/// How many sets had what is easily got wrong; without them the comparison would say nothing.
#[derive(Debug, Default)]
struct Coverage {
    sets: usize,
    empty: usize,
    line_separators: usize,
    slashes: usize,
    beyond_ascii: usize,
    nested: usize,
    empty_strings: usize,
}

impl Coverage {
    fn count(&mut self, canonical: &str) {
        self.sets += 1;
        self.empty += usize::from(canonical.is_empty());
        self.line_separators += usize::from(["\u{2028}", "\\u2028"].iter().any(|form| canonical.contains(form)));
        self.slashes += usize::from(canonical.contains('/'));
        self.beyond_ascii += usize::from(canonical.contains('é') && canonical.contains('😀'));
        self.nested += usize::from(canonical.contains(":{\"") && canonical.contains('['));
        self.empty_strings += usize::from(canonical.contains("\"ref_id\":\"\""));
    }

    fn is_enough(&self) -> bool {
        let rarest =
            [self.empty, self.line_separators, self.slashes, self.beyond_ascii, self.nested, self.empty_strings];
        self.sets == SETS && rarest.iter().all(|count| *count >= 20)
    }
}
