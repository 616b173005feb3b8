//! A supplier's stand-in as a process of its own, so that it can die like one.
//!
//! The process is this test program again, told by a variable to be `fake-suppliers` instead: so it is never missing and never older than
//! the tests, whatever was built before.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};

use fake_suppliers::{Journal, Plan};
use tempfile::TempDir;

use super::Connection;

/// Signs Digiflazz's webhooks.
pub const WEBHOOK_SECRET: &str = "chaos";

/// Its arguments, one a line, for the process that is to be it.
const ARGUMENTS: &str = "STAND_IN_ARGUMENTS";
/// The one test that such a process runs.
const TEST: &str = "harness::stand_in::a_stand_in_is_a_program_that_can_be_killed";

/// A stand-in that listens at the same address in every one of its lives.
pub struct StandIn {
    kind: &'static str,
    directory: TempDir,
    address: SocketAddr,
    webhook: Option<String>,
    process: Option<Child>,
}

impl StandIn {
    /// `digiflazz` or `iak`, with a journal and without a plan. It takes every call at any time, and settles what is pending at once.
    pub fn start(kind: &'static str) -> Self {
        let directory = tempfile::Builder::new().prefix("loket-stand-in-").tempdir().unwrap();
        let address = SocketAddr::new(own_address().into(), 0);
        let mut stand_in = Self { kind, directory, address, webhook: None, process: None };
        stand_in.set_plan(&Plan::none());
        stand_in.open();
        stand_in
    }

    /// Starts it again where it was, and returns once it listens.
    pub fn open(&mut self) {
        assert!(self.process.is_none(), "it runs already");
        let listen = self.address.to_string();
        let (journal, plan) = (self.journal_path(), self.plan_path());
        let mut arguments = vec![self.kind, "--listen", &listen, "--no-limits", "--settle-after", "150ms"];
        arguments.extend(["--journal", journal.to_str().unwrap(), "--plan", plan.to_str().unwrap()]);
        if let Some(webhook) = &self.webhook {
            arguments.extend(["--webhook-url", webhook, "--webhook-secret", WEBHOOK_SECRET]);
        }
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args([TEST, "--exact", "--nocapture", "--test-threads", "1"])
            .env(ARGUMENTS, arguments.join("\n"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        // The test's own name may stand before it.
        let url = lines.find_map(|line| Some(line.split_once("http://")?.1.to_owned())).expect("it listens");
        self.address = url.split('/').next().unwrap().parse().unwrap();
        self.process = Some(process);
    }

    /// Ends it as a power cut would: SIGKILL.
    pub fn kill(&mut self) {
        let mut process = self.process.take().expect("it runs");
        process.kill().unwrap();
        process.wait().unwrap();
    }

    /// Its base address, for a client.
    pub fn url(&self) -> String {
        let path = if self.kind == "digiflazz" { "/v1" } else { "" };
        format!("http://{}{path}", self.address)
    }

    /// From now on this goes wrong, in this life and later ones.
    pub fn set_plan(&mut self, plan: &Plan) {
        let plan = serde_json::to_string(plan).unwrap();
        std::fs::write(self.plan_path(), &plan).unwrap();
        if self.process.is_some() {
            self.put("plan", &plan);
        }
    }

    /// Sends its callbacks there from now on, in this life and later ones.
    pub fn set_webhook(&mut self, url: String) {
        let webhook = serde_json::json!({ "url": url, "secret": WEBHOOK_SECRET });
        self.webhook = Some(url);
        if self.process.is_some() {
            self.put("webhook", &webhook.to_string());
        }
    }

    /// What it was asked and what it really did, in all its lives.
    pub fn journal(&self) -> Journal {
        Journal::read(&self.journal_path()).unwrap()
    }

    fn put(&self, what: &str, body: &str) {
        let mut connection = Connection::open(self.address).unwrap();
        let length = body.len();
        let request = format!("PUT /_fake/{what} HTTP/1.1\r\nHost: fake\r\nContent-Length: {length}\r\n\r\n{body}");
        connection.send(request).unwrap();
        let answer = connection.answer().unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    fn journal_path(&self) -> PathBuf {
        self.directory.path().join("journal")
    }

    fn plan_path(&self) -> PathBuf {
        self.directory.path().join("plan.json")
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        if self.process.is_some() {
            self.kill();
        }
    }
}

/// An address of this machine's own 16 million that nobody else uses, so that its port stays free while the stand-in is dead.
fn own_address() -> Ipv4Addr {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    let [.., high, low] = std::process::id().to_be_bytes();
    Ipv4Addr::new(127, high.max(1), low, NEXT.fetch_add(1, Ordering::Relaxed))
}

#[test]
fn a_stand_in_is_a_program_that_can_be_killed() {
    #[expect(clippy::disallowed_methods, reason = "it concerns this test program alone, which starts itself with it")]
    let arguments = std::env::var(ARGUMENTS);
    if let Ok(arguments) = arguments {
        fake_suppliers::cli::main_with(["fake-suppliers"].into_iter().chain(arguments.lines()));
        return;
    }
    let mut stand_in = StandIn::start("iak");
    let url = stand_in.url();
    stand_in.kill();
    stand_in.open();
    assert_eq!(stand_in.url(), url);
    assert!(stand_in.journal().entries.is_empty());
}
