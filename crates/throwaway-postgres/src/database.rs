//! A place for one test.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio::runtime::Builder;
use tokio_postgres::{NoTls, SimpleQueryMessage};

use crate::Cluster;

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
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let schema = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let database = Self { server: cluster.url().to_owned(), schema };
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
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&self.server, NoTls).await.unwrap();
            let driver = runtime.spawn(connection);
            let messages = client.simple_query(sql).await.unwrap();
            drop(client);
            driver.await.unwrap().unwrap();
            let rows = messages.into_iter().filter_map(|message| match message {
                SimpleQueryMessage::Row(row) => Some(row),
                _ => None,
            });
            rows.map(|row| (0..row.len()).map(|index| row.get(index).map(str::to_owned)).collect()).collect()
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.administrate(&format!("DROP SCHEMA {} CASCADE", self.schema));
    }
}
