//! A real `loket`: its data directory, the server that may run on it, its command line.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};

use outbound::{RecordEvent, SandboxRecord};
use serde_json::Value;
use server::control::{Client, Progress, Request};
use server::house::{KEY_FILE, SANDBOX_RECORD_FILE};
use tempfile::TempDir;
use throwaway_postgres::Database;

use super::{Connection, Merchant};

/// What every merchant of a test begins with, in rupiah.
pub const DEPOSIT: i64 = 1_000_000;

/// A `loket` on a directory of its own. When it is dropped the server is killed and the directory removed.
pub struct Loket {
    directory: TempDir,
    environment: Vec<(String, String)>,
    server: Option<Server>,
    /// PostgreSQL, if its rows are not in its directory.
    database: Option<Database>,
    /// Where the API listens now; merchants share it, since every start chooses another port.
    place: SharedPlace,
}

/// Where the API listens, and since which start.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The address.
    pub address: SocketAddr,
    start: u32,
}

/// Nothing before the first start.
pub type SharedPlace = Arc<Mutex<Option<Place>>>;

struct Server {
    process: Child,
    console: SocketAddr,
}

impl Loket {
    /// A server with the demo catalogue.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with settings, such as `("answer_within_ms", "200")`.
    pub fn start_with(settings: &[(&str, &str)]) -> Self {
        let mut loket = Self::closed_with(settings);
        loket.open();
        loket.expect(&["product", "seed"]);
        loket
    }

    /// The same with its rows in a schema of PostgreSQL's.
    pub fn start_on(database: Database, settings: &[(&str, &str)]) -> Self {
        let url = database.url();
        let mut loket = Self::start_with(&[settings, &[("database_url", &url)]].concat());
        loket.database = Some(database);
        loket
    }

    /// An empty directory, on which no server runs.
    pub fn closed() -> Self {
        Self::closed_with(&[])
    }

    /// The same with settings.
    pub fn closed_with(settings: &[(&str, &str)]) -> Self {
        let environment = settings
            .iter()
            .map(|(key, value)| (format!("LOKET_{}", key.to_uppercase()), (*value).to_owned()))
            .collect();
        let directory = tempfile::Builder::new().prefix("loket-test-").tempdir().unwrap();
        Self { directory, environment, server: None, database: None, place: Arc::default() }
    }

    /// An empty directory for one more node on the same PostgreSQL, with the same settings and the same key.
    pub fn one_more_node(&self) -> Self {
        let mut node = Self::closed();
        node.environment.clone_from(&self.environment);
        DirBuilder::new().mode(0o700).create(node.data()).unwrap();
        std::fs::copy(self.data().join(KEY_FILE), node.data().join(KEY_FILE)).unwrap();
        node
    }

    /// Starts the server, and returns once it listens.
    pub fn open(&mut self) {
        self.open_after("true");
    }

    /// The same from a shell that has run a command before, such as `ulimit -f 1024`.
    pub fn open_after(&mut self, preparation: &str) {
        assert!(self.server.is_none(), "it runs already");
        let log = OpenOptions::new().create(true).append(true).open(self.log_path()).unwrap();
        let arguments = ["serve", "--json", "--listen", "127.0.0.1:0", "--console-listen", "127.0.0.1:0"];
        let mut command = in_shell_after(preparation, &self.command(&arguments));
        let mut process = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("it did not start:\n{}", self.log()));
        let address = |member: &str| ready[member].as_str().unwrap().trim_start_matches("http://").parse().unwrap();
        let mut place = self.place.lock().unwrap();
        let start = place.map_or(1, |before| before.start + 1);
        *place = Some(Place { address: address("api"), start });
        drop(place);
        self.server = Some(Server { process, console: address("console") });
    }

    /// Changes a setting from the next start on.
    pub fn set(&mut self, key: &str, value: &str) {
        let name = format!("LOKET_{}", key.to_uppercase());
        self.environment.retain(|(known, _)| *known != name);
        self.environment.push((name, value.to_owned()));
    }

    /// The server's process.
    pub fn process_id(&self) -> u32 {
        self.server.as_ref().expect("it runs").process.id()
    }

    /// Tells the server to end, SIGTERM, without waiting for it.
    pub fn begin_to_stop(&self) {
        terminate(&self.server.as_ref().expect("it runs").process);
    }

    /// Makes the server stand still, as a machine does that is busy elsewhere: SIGSTOP.
    pub fn stand_still(&self) {
        signal(self.process_id(), "STOP");
    }

    /// Lets it go on.
    pub fn go_on(&self) {
        signal(self.process_id(), "CONT");
    }

    /// Ends the server as a power cut would: SIGKILL.
    pub fn kill(&mut self) {
        let mut server = self.server.take().expect("it runs");
        server.process.kill().unwrap();
        server.process.wait().unwrap();
    }

    /// Ends the server as an operator would, SIGTERM, and waits for its end.
    pub fn stop(&mut self) -> ExitStatus {
        let mut server = self.server.take().expect("it runs");
        terminate(&server.process);
        server.process.wait().unwrap()
    }

    /// Kills it and starts it again.
    pub fn crash(&mut self) {
        self.kill();
        self.open();
    }

    /// Where the API listens.
    pub fn api(&self) -> SocketAddr {
        self.place.lock().unwrap().expect("it was started").address
    }

    /// Where console, metrics and health listen.
    pub fn console(&self) -> SocketAddr {
        self.server.as_ref().expect("it runs").console
    }

    /// A bare connection to the API.
    pub fn connect(&self) -> Connection {
        Connection::open(self.api()).unwrap()
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// Where its rows are, if they are PostgreSQL's.
    pub fn database(&self) -> Option<&Database> {
        self.database.as_ref()
    }

    /// What all its servers have logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    /// The program with these arguments on this directory, not yet run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.args(arguments).arg("--data").arg(self.data()).envs(self.environment.iter().cloned());
        command
    }

    /// Runs a command to its end, whatever that is.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must succeed, and gives what it printed.
    #[track_caller]
    pub fn expect(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "loket {arguments:?}: {}\n{complaint}\n{}", output.status, self.log());
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command with `--json` that must succeed, and reads what it printed.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let arguments = [arguments, &["--json"]].concat();
        serde_json::from_str(&self.expect(&arguments)).unwrap()
    }

    /// Runs a command that must fail with this exit code, and gives its complaint.
    #[track_caller]
    pub fn expect_failure(&self, exit_code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(exit_code), "loket {arguments:?}: {complaint}");
        complaint
    }

    /// Adds a supplier whose key and secret, which may be empty, come from the environment.
    #[track_caller]
    pub fn add_supplier(&self, name: &str, arguments: &[&str], key: &str, secret: &str) -> Value {
        let arguments = [&["supplier", "add", name], arguments, &["--json"]].concat();
        let mut command = self.command(&arguments);
        let output = command.env("LOKET_SUPPLIER_KEY", key).env("LOKET_SUPPLIER_SECRET", secret).output().unwrap();
        assert!(output.status.success(), "loket {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Adds a stand-in that was started with its default credentials: `loket.add_fake("digiflazz", "digiflazz", fake.url())`.
    #[track_caller]
    pub fn add_fake(&self, name: &str, kind: &str, url: &str) -> Value {
        self.add_supplier(name, &["--kind", kind, "--user", "loket", "--url", url], "dev-key", "")
    }

    /// Runs a command to its end with these lines on stdin.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut process = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that doesn't read may be gone already.
        let _ = process.stdin.take().unwrap().write_all(input.as_bytes());
        process.wait_with_output().unwrap()
    }

    /// Asks the running server over its socket, which is quicker than a command.
    #[track_caller]
    pub fn ask<R: Request>(&self, request: R) -> R::Answer {
        let mut client = Client::connect(&self.data()).unwrap().expect("a server runs");
        client.ask(request, &Progress::ignored()).unwrap()
    }

    /// A new merchant with that `api_id` and [`DEPOSIT`].
    #[track_caller]
    pub fn merchant(&self, api_id: &str) -> Merchant {
        self.merchant_with(api_id, DEPOSIT)
    }

    /// A new merchant with that `api_id` and that deposit.
    #[track_caller]
    pub fn merchant_with(&self, api_id: &str, deposit: i64) -> Merchant {
        let merchant = self.poor_merchant(api_id);
        self.expect(&["deposit", api_id, &deposit.to_string(), "--note", "for a test", "--reference", "first"]);
        merchant
    }

    /// A new merchant without money.
    #[track_caller]
    pub fn poor_merchant(&self, api_id: &str) -> Merchant {
        let keys = self.json(&["merchant", "add", "--name", api_id, "--api-id", api_id]);
        Merchant::new(Arc::clone(&self.place), &keys)
    }

    /// A new merchant with that `api_id`, that deposit, and these addresses for its webhooks; and its keys.
    #[track_caller]
    pub fn merchant_told_at(&self, api_id: &str, deposit: i64, urls: &[String]) -> (Merchant, Value) {
        let mut arguments = vec!["merchant", "add", "--name", api_id, "--api-id", api_id];
        for url in urls {
            arguments.extend(["--webhook", url]);
        }
        let keys = self.json(&arguments);
        self.expect(&["deposit", api_id, &deposit.to_string(), "--note", "for a test", "--reference", "first"]);
        (self.merchant_with_keys(&keys), keys)
    }

    /// A merchant with these keys, as `merchant add` and `rotate-keys` print them.
    pub fn merchant_with_keys(&self, keys: &Value) -> Merchant {
        Merchant::new(Arc::clone(&self.place), keys)
    }

    /// The same merchant, served here.
    pub fn served(&self, merchant: &Merchant) -> Merchant {
        merchant.at(Arc::clone(&self.place))
    }

    /// The books hold every rule.
    #[track_caller]
    pub fn verify(&self) {
        self.expect(&["verify"]);
    }

    /// What the sandbox was really paid, by its own record: our reference of each payment, oldest first. One twice was paid twice.
    pub fn paid_at_sandbox(&self) -> Vec<String> {
        let record = SandboxRecord::read(&self.data().join(SANDBOX_RECORD_FILE)).unwrap();
        let lines = record.lines().map(Result::unwrap).filter(|line| line.event == RecordEvent::Paid);
        lines.map(|line| line.supplier_ref.to_owned()).collect()
    }

    fn log_path(&self) -> PathBuf {
        self.directory.path().join("server.log")
    }
}

impl Drop for Loket {
    fn drop(&mut self) {
        if self.server.is_some() {
            self.kill();
        }
    }
}

/// The program, with nothing of this environment's that it would heed.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loket"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("LOKET_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// The same command, in the same process, but from a shell that has run `preparation` before.
fn in_shell_after(preparation: &str, command: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{preparation} && exec \"$0\" \"$@\""));
    shell.arg(command.get_program()).args(command.get_args()).stdin(Stdio::null());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}

/// Sends SIGTERM; the standard library only kills.
pub fn terminate(process: &Child) {
    signal(process.id(), "TERM");
}

fn signal(process_id: u32, name: &str) {
    let sent = Command::new("sh").args(["-c", "kill -$0 $1", name, &process_id.to_string()]).status().unwrap();
    assert!(sent.success());
}
