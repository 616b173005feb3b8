//! A primary with a standby, and what becomes of them.

use std::net::Ipv4Addr;
use std::process::Stdio;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::programs::Programs;
use crate::query::query;
use crate::server::{Place, Server};

/// A primary, and a standby that has every commit on its disk before the primary tells of it. Either place may have either of them; each
/// stays where it is, whoever dies there.
///
/// Alone, the primary waits for nobody: that is what whoever watches over such a pair has to arrange, and here it is [`Self::promote`].
#[derive(Debug)]
pub struct Pair {
    programs: Programs,
    places: [Place; 2],
    servers: [Option<Server>; 2],
    /// The place of the primary.
    primary: usize,
}

impl Pair {
    /// Both, empty.
    pub fn start() -> Self {
        let programs = Programs::find();
        let directory = Server::directory(&programs);
        Server::initialize(&programs, directory.path());
        let places = [Place::free_at(own_address()), Place::free_at(own_address())];
        let first = Server::run(&programs, &directory.keep(), places[0], &[]).expect("the primary starts");
        let mut pair = Self { programs, places, servers: [Some(first), None], primary: 0 };
        pair.give_standby();
        pair
    }

    /// Where both are: whoever connects finds the primary.
    pub fn url(&self) -> String {
        let [first, second] = self.places.map(|place| format!("{}:{}", place.address, place.port));
        format!("postgres://loket@{first},{second}/postgres?target_session_attrs=read-write")
    }

    /// The primary dies, with its disk.
    pub fn kill_primary(&mut self) {
        self.servers[self.primary].take().expect("there is a primary").kill();
    }

    /// The standby becomes the primary, and waits for nobody.
    pub fn promote(&mut self) {
        assert!(self.servers[self.primary].is_none(), "two primaries would be two truths");
        self.primary = self.other();
        let promoted = query(&self.primary_url(), "SELECT pg_promote()");
        assert_eq!(promoted, [[Some("t".to_owned())]]);
    }

    /// The primary gets a new standby, and waits for it from now on.
    pub fn give_standby(&mut self) {
        let (primary, place) = (self.places[self.primary], self.other());
        assert!(self.servers[place].is_none(), "it has one");
        let directory = Server::directory(&self.programs);
        let copied = self
            .programs
            .command("pg_basebackup")
            .arg("--pgdata")
            .arg(directory.path().join("data"))
            .args(["--host", &primary.address.to_string(), "--port", &primary.port.to_string(), "--username=loket"])
            .args(["--write-recovery-conf", "--create-slot", "--slot=standby"])
            .args(["--wal-method=stream", "--checkpoint=fast", "--no-sync"])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(copied.status.success(), "pg_basebackup: {}", String::from_utf8_lossy(&copied.stderr));
        let standby = Server::run(&self.programs, &directory.keep(), self.places[place], &[]);
        self.servers[place] = Some(standby.expect("the standby starts"));
        let url = self.primary_url();
        query(&url, "ALTER SYSTEM SET synchronous_standby_names = '*'");
        query(&url, "SELECT pg_reload_conf()");
        while query(&url, "SELECT 1 FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'sync'")
            .is_empty()
        {
            std::thread::yield_now();
        }
    }

    const fn other(&self) -> usize {
        1 - self.primary
    }

    fn primary_url(&self) -> String {
        let Place { address, port } = self.places[self.primary];
        format!("postgres://loket@{address}:{port}/postgres")
    }
}

/// An address of this machine's own 16 million that nobody else uses, so that its port stays free while nobody listens there.
fn own_address() -> Ipv4Addr {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    let [.., high, low] = std::process::id().to_be_bytes();
    Ipv4Addr::new(127, high.max(1), low, NEXT.fetch_add(1, Ordering::Relaxed).wrapping_add(128))
}
