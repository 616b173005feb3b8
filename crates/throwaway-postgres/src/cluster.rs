//! The server.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Stdio};
use std::sync::OnceLock;

use crate::programs::Programs;

/// Runs the server until nobody holds the other end of its standard input any more, which is when the process that started it is gone.
const KEEPER: &str = r#"
    programs=$0 directory=$1
    shift
    "$programs/postgres" -D "$directory/data" "$@" >/dev/null &
    cat >/dev/null
    kill -QUIT $!
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

/// A running server.
#[derive(Debug)]
pub struct Cluster {
    url: String,
    /// Nobody, where the server is another's.
    keeper: Option<Child>,
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(keeper) = &mut self.keeper {
            // Its standard input ends, as it does with the process.
            drop(keeper.stdin.take());
            let _ = keeper.wait();
        }
    }
}

impl Cluster {
    /// This process's own server, or the one that `LOKET_TEST_POSTGRES_URL` names.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| {
            #[expect(
                clippy::disallowed_methods,
                reason = "where tests find their database is the environment's to say"
            )]
            match std::env::var("LOKET_TEST_POSTGRES_URL") {
                Ok(url) if !url.is_empty() => Self { url, keeper: None },
                _ => Self::start(&[]),
            }
        })
    }

    /// One more server, with settings of its own (`name=value`).
    pub fn start(settings: &[&str]) -> Self {
        let programs = Programs::find();
        let directory = tempfile::Builder::new().prefix("loket-postgres-").tempdir().unwrap();
        programs.give(directory.path());
        let data = directory.path().join("data");
        let made = programs
            .command("initdb")
            .arg("--pgdata")
            .arg(&data)
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

        // Somebody may take the port in between; the next one is free, then.
        for _ in 0..10 {
            let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
            let mut command = programs.command("sh");
            command.arg("-c").arg(KEEPER).arg(programs.directory()).arg(directory.path());
            command.args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k", ""]);
            command.args(SETTINGS.iter().chain(settings).flat_map(|setting| ["-c", setting]));
            let mut keeper = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let mut said = BufReader::new(keeper.stderr.take().unwrap()).lines().map_while(Result::ok);
            if said.any(|line| line.contains("ready to accept connections")) {
                // Whatever it says from now on is read, so that it never waits for a reader.
                std::thread::spawn(move || said.for_each(drop));
                let _ = directory.keep();
                return Self { url: format!("postgres://loket@127.0.0.1:{port}/postgres"), keeper: Some(keeper) };
            }
            drop(keeper.stdin.take());
            let _ = keeper.wait();
        }
        panic!("PostgreSQL does not start");
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }
}
