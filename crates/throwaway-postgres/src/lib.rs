//! A PostgreSQL server for one test process: started when it is first needed, gone with the process, however that ends.
//!
//! `LOKET_TEST_POSTGRES_URL` names another server to use instead. Either way each test gets a schema of its own, so that none sees
//! another's tables.
//!
//! A [`Pair`] is a primary with a synchronous standby, of which the one may die and the other take its place.
//!
//! Its files are lost with it, and nothing is synced: it shows what is right, not what is durable or fast.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test without a database has failed"
)]

mod cluster;
mod database;
mod pair;
mod programs;
mod query;
mod server;

pub use cluster::Cluster;
pub use database::Database;
pub use pair::Pair;
