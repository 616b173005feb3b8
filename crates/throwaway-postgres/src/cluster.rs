//! One server.

use std::net::Ipv4Addr;
use std::sync::OnceLock;

use crate::programs::Programs;
use crate::server::{Place, Server};

/// A running server.
#[derive(Debug)]
pub struct Cluster {
    url: String,
    /// Nobody, where the server is another's.
    _server: Option<Server>,
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
                Ok(url) if !url.is_empty() => Self { url, _server: None },
                _ => Self::start(&[]),
            }
        })
    }

    /// One more server, with settings of its own (`name=value`).
    pub fn start(settings: &[&str]) -> Self {
        let programs = Programs::find();
        // Somebody may take the port in between; the next one is free, then.
        for _ in 0..10 {
            let directory = Server::directory(&programs);
            Server::initialize(&programs, directory.path());
            let place = Place::free_at(Ipv4Addr::LOCALHOST);
            if let Some(server) = Server::run(&programs, &directory.keep(), place, settings) {
                let url = format!("postgres://loket@127.0.0.1:{}/postgres", place.port);
                return Self { url, _server: Some(server) };
            }
        }
        panic!("PostgreSQL does not start");
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }
}
