//! A shop that runs one of the published receivers, as two copies on one database.

use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use serde_json::Value;
use tempfile::TempDir;

use super::delivery::{Delivery, Signer};
use super::tools;
use crate::harness::{Connection, rows};

/// Which receiver.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Example {
    /// `php/webhook-receiver.php`
    Php,
    /// `php/laravel`
    Laravel,
    /// `javascript/webhook-receiver.mjs`
    Express,
    /// `python/webhook_receiver.py`
    Python,
}

/// The copies end with it, and the database is removed.
pub struct Shop {
    example: Example,
    directory: TempDir,
    copies: Vec<Receiver>,
    turn: AtomicUsize,
}

/// A receiver that listens.
struct Receiver {
    process: Child,
    address: SocketAddr,
    log: Arc<Mutex<String>>,
    /// Reads on until the end, since a full pipe would make the receiver wait for ever.
    reader: Option<JoinHandle<()>>,
}

impl Shop {
    /// Opens with the signer's secrets, both of them.
    pub fn open(example: Example, signer: &Signer) -> Self {
        let mut shop = Self::closed(example);
        shop.reopen(&signer.secret_key, &signer.endpoint_secret());
        shop
    }

    /// An empty database, and nobody listens.
    pub fn closed(example: Example) -> Self {
        let directory = tempfile::Builder::new().prefix("loket-shop-").tempdir().unwrap();
        let shop = Self { example, directory, copies: Vec::new(), turn: AtomicUsize::new(0) };
        if example == Example::Laravel {
            let migrated = shop.set_up(Command::new("php").arg(laravel()), "", "").status().unwrap();
            assert!(migrated.success());
        }
        shop
    }

    /// Kills both copies as a power cut would, and starts them again with these secrets.
    pub fn reopen(&mut self, secret_key: &str, endpoint_secret: &str) {
        self.copies.clear();
        for _ in 0..2 {
            let copy = self.start(secret_key, endpoint_secret);
            self.copies.push(copy.unwrap_or_else(|log| panic!("{:?} did not start:\n{log}", self.example)));
        }
    }

    /// Kills both copies as a power cut would.
    pub fn close(&mut self) {
        self.copies.clear();
    }

    /// Where the copies listen.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.copies.iter().map(|copy| copy.address).collect()
    }

    /// Starts without a key, and gives what it complains of; if it listens all the same, what it says to this webhook.
    pub fn complaint_without_key(&self, delivery: &Delivery) -> (Option<u16>, String) {
        match self.start("", "") {
            Err(log) => (None, log),
            Ok(copy) => {
                let status = copy.post(self.example.path(), delivery);
                let log = Arc::clone(&copy.log);
                drop(copy);
                (Some(status), read(&log))
            }
        }
    }

    /// Posts a webhook to the copy whose turn it is, and gives the HTTP status.
    pub fn post(&self, delivery: &Delivery) -> u16 {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        self.copies[turn % self.copies.len()].post(self.example.path(), delivery)
    }

    /// Posts a webhook that must be acknowledged.
    #[track_caller]
    pub fn accepts(&self, delivery: &Delivery) {
        let status = self.post(delivery);
        assert_eq!(status, 200, "{:?}: {delivery:?}\n{}", self.example, self.log());
    }

    /// What a query answers, straight from the database.
    #[track_caller]
    pub fn rows(&self, query: &str) -> Vec<Value> {
        rows(&self.database(), query)
    }

    /// Changes the database beside the receivers.
    #[track_caller]
    pub fn change(&self, statement: &str) {
        let changed = Command::new("sqlite3").arg(self.database()).arg(statement).status().unwrap();
        assert!(changed.success(), "{statement}");
    }

    fn start(&self, secret_key: &str, endpoint_secret: &str) -> Result<Receiver, String> {
        let mut command = self.example.command(self.directory.path());
        Receiver::start(self.set_up(&mut command, secret_key, endpoint_secret))
    }

    fn set_up<'a>(&self, command: &'a mut Command, secret_key: &str, endpoint_secret: &str) -> &'a mut Command {
        command
            .env("LOKET_SECRET_KEY", secret_key)
            .env("LOKET_WEBHOOK_SECRET", endpoint_secret)
            .env("LOKET_WEBHOOK_DATABASE", self.database())
            .env("LOKET_WEBHOOK_PORT", "0")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::null())
    }

    fn database(&self) -> PathBuf {
        self.directory.path().join("webhooks.db")
    }

    fn log(&self) -> String {
        self.copies.iter().map(|copy| read(&copy.log)).collect()
    }
}

impl Example {
    /// The receiver on a port that the system chooses. Both its outputs are one, since PHP announces its port on stderr.
    fn command(self, directory: &Path) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" \"$@\" 2>&1"]);
        // An error that PHP displays is a 200 if the receiver doesn't see to it.
        let php = ["php", "-d", "display_errors=1", "-S", "127.0.0.1:0"];
        match self {
            Self::Php => command.args(php).arg(examples().join("php/webhook-receiver.php")),
            Self::Laravel => command.args(php).arg(laravel()),
            Self::Express => {
                let program = examples().join("javascript/webhook-receiver.mjs");
                command.arg("node").arg(tools::beside_its_packages(&program, directory))
            }
            Self::Python => command.arg("python3").arg(examples().join("python/webhook_receiver.py")),
        };
        command
    }

    /// Where it takes webhooks.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Laravel => "/api/loket/webhook",
            Self::Php | Self::Express | Self::Python => "/webhook",
        }
    }
}

impl Receiver {
    /// Returns once it listens; if it ends before, what it said.
    fn start(command: &mut Command) -> Result<Self, String> {
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut said = String::new();
        for line in lines.by_ref() {
            writeln!(said, "{line}").unwrap();
            let Some((_, rest)) = line.split_once("http://") else { continue };
            let address = rest.split(['/', ')']).next().unwrap().parse().unwrap();
            let log = Arc::new(Mutex::new(said));
            let kept = Arc::clone(&log);
            let reader =
                thread::spawn(move || lines.for_each(|line| writeln!(kept.lock().unwrap(), "{line}").unwrap()));
            return Ok(Self { process, address, log, reader: Some(reader) });
        }
        process.wait().unwrap();
        Err(said)
    }

    fn post(&self, path: &str, delivery: &Delivery) -> u16 {
        let mut request = format!("POST {path} HTTP/1.1\r\nHost: shop\r\nContent-Length: {}\r\n", delivery.body.len());
        for (name, value) in &delivery.headers {
            write!(request, "{name}: {value}\r\n").unwrap();
        }
        let mut connection = Connection::open(self.address).unwrap();
        connection.send(format!("{request}\r\n{}", delivery.body)).unwrap();
        connection.answer().unwrap().status
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        // Its log is whole then.
        let _ = self.reader.take().map(JoinHandle::join);
    }
}

fn read(log: &Mutex<String>) -> String {
    log.lock().unwrap().clone()
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../clients/examples")
}

fn laravel() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/laravel/index.php")
}
