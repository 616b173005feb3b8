//! A server's process.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Stdio};

use tempfile::TempDir;

use crate::programs::Programs;

/// Runs the server until nobody holds the other end of its standard input any more, which is when the process that started it is gone, or
/// until a line comes: then all its processes die at once, and only the first of them may still let go of what is the machine's.
const KEEPER: &str = r#"
    programs=$0 directory=$1
    shift
    "$programs/postgres" -D "$directory/data" "$@" >/dev/null &
    exec 2>/dev/null
    if read -r _; then
        kill -STOP $!
        kill -KILL $(cat "/proc/$!/task/$!/children")
    fi
    kill -QUIT $!
    kill -CONT $!
    wait $!
    rm -rf "$directory"
"#;
/// Small, and not for keeps. It says when it is ready.
const SETTINGS: [&str; 9] = [
    "fsync=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_connections=200",
    "autovacuum=off",
    "log_min_messages=log",
    "log_checkpoints=off",
    "logging_collector=off",
    "max_wal_size=512MB",
];

/// Where a server listens.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The address.
    pub address: Ipv4Addr,
    /// The port.
    pub port: u16,
}

/// A server that runs, with its files. Both are gone when it is dropped.
#[derive(Debug)]
pub struct Server {
    keeper: Child,
}

impl Place {
    /// One that is free at this moment.
    pub fn free_at(address: Ipv4Addr) -> Self {
        let port = TcpListener::bind((address, 0)).unwrap().local_addr().unwrap().port();
        Self { address, port }
    }
}

impl Server {
    /// A directory for its files, in which `data` is to be made.
    pub fn directory(programs: &Programs) -> TempDir {
        let directory = tempfile::Builder::new().prefix("loket-postgres-").tempdir().unwrap();
        programs.give(directory.path());
        directory
    }

    /// Makes an empty database system in such a directory.
    pub fn initialize(programs: &Programs, directory: &Path) {
        let made = programs
            .command("initdb")
            .arg("--pgdata")
            .arg(directory.join("data"))
            .args([
                "--username=loket",
                "--auth=trust",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync",
                "--no-instructions",
            ])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
    }

    /// Runs on what such a directory has, with settings of its own (`name=value`); nothing where it doesn't come to listen.
    pub fn run(programs: &Programs, directory: &Path, place: Place, settings: &[&str]) -> Option<Self> {
        let mut command = programs.command("sh");
        command.arg("-c").arg(KEEPER).arg(programs.directory()).arg(directory);
        command.args(["-p", &place.port.to_string(), "-h", &place.address.to_string(), "-k", ""]);
        command.args(SETTINGS.iter().chain(settings).flat_map(|setting| ["-c", setting]));
        let mut keeper = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(keeper.stderr.take().unwrap()).lines().map_while(Result::ok);
        // A standby says "read-only connections".
        let is_ready = said.any(|line| line.contains("ready to accept"));
        let server = Self { keeper };
        // Whatever it says from now on is read, so that it never waits for a reader.
        is_ready.then(|| std::thread::spawn(move || said.for_each(drop))).map(|_| server)
    }

    /// Ends it as a power cut would: all its processes at once. What it had on its disk is lost with it.
    pub fn kill(mut self) {
        writeln!(self.keeper.stdin.take().unwrap()).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its standard input ends, as it does with the process.
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}
