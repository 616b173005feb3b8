//! A place for one test.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::query::query;
use crate::{Cluster, Pair};

/// A schema of one's own on a server, which is dropped with this.
#[derive(Debug)]
pub struct Database {
    server: String,
    schema: String,
}

impl Database {
    /// An empty one, on this process's server.
    pub fn fresh() -> Self {
        Self::on(Cluster::shared())
    }

    /// An empty one.
    pub fn on(cluster: &Cluster) -> Self {
        Self::at(cluster.url().to_owned())
    }

    /// An empty one, wherever the primary is.
    pub fn on_pair(pair: &Pair) -> Self {
        Self::at(pair.url())
    }

    fn at(server: String) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let schema = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let database = Self { server, schema };
        database.administrate(&format!("CREATE SCHEMA {}", database.schema));
        database
    }

    /// Where it is, for whoever is to work there.
    pub fn url(&self) -> String {
        self.url_at(&self.server)
    }

    /// Where it is on the way through another address (`host:port`).
    pub fn url_through(&self, place: &str) -> String {
        let (before, after) = self.server.split_once('@').unwrap();
        let (_, after) = after.split_once('/').unwrap();
        self.url_at(&format!("{before}@{place}/{after}"))
    }

    /// The server's own address (`host:port`).
    pub fn place(&self) -> &str {
        let (_, after) = self.server.split_once('@').unwrap();
        after.split_once('/').unwrap().0
    }

    /// Runs statements in it, and gives what the last rows say, column by column.
    pub fn run(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        self.administrate(&format!("SET search_path = {}; {sql}", self.schema))
    }

    /// Runs one statement that can't stand beside another.
    pub fn run_alone(&self, sql: &str) {
        self.administrate(sql);
    }

    fn url_at(&self, server: &str) -> String {
        let sign = if server.contains('?') { '&' } else { '?' };
        format!("{server}{sign}sslmode=disable&options=-c%20search_path%3D{}", self.schema)
    }

    fn administrate(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        query(&self.server, sql)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A test that has failed may have left no server behind.
        if !std::thread::panicking() {
            self.administrate(&format!("DROP SCHEMA {} CASCADE", self.schema));
        }
    }
}
