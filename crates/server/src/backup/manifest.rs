//! What a backup says of itself.

use std::collections::{BTreeMap, BTreeSet};

use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use store::Tally;

/// Written behind the database. Amounts are whole rupiah, times are WIB.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was begun: nothing that happened later is in it.
    pub made_at: String,
    /// The version of the program that made it.
    pub loket: String,
    /// The schema's version.
    pub schema: u32,
    /// How long the database is.
    pub database_bytes: u64,
    /// What the key is called that the secrets in it were encrypted with; `None` if there was none that could be read.
    pub master_key: Option<String>,
    /// How many rows each table has.
    pub rows: BTreeMap<String, u64>,
    /// How many orders were pending.
    pub pending_orders: u64,
    /// What all merchants together could spend.
    pub available: i64,
    /// What was held of all merchants together.
    pub held: i64,
}

impl Manifest {
    /// That of a copy which was made `made_at`.
    pub fn of(tally: Tally, made_at: Timestamp, schema: u32, database_bytes: u64, master_key: Option<String>) -> Self {
        Self {
            made_at: made_at.wib().to_string(),
            loket: env!("CARGO_PKG_VERSION").to_owned(),
            schema,
            database_bytes,
            master_key,
            rows: tally.rows,
            pending_orders: tally.pending_orders,
            available: tally.available.get(),
            held: tally.held.get(),
        }
    }

    /// Where this copy holds something else than it says.
    pub fn differences(&self, tally: &Tally) -> Vec<String> {
        let rows = |counted: &BTreeMap<String, u64>, table: &str| counted.get(table).copied().unwrap_or(0);
        let tables: BTreeSet<&String> = self.rows.keys().chain(tally.rows.keys()).collect();
        let counts =
            tables.into_iter().map(|table| (table.as_str(), rows(&self.rows, table), rows(&tally.rows, table)));
        let counts = counts.chain([("pending orders", self.pending_orders, tally.pending_orders)]);
        let counts = counts.map(|(what, said, found)| (what, i128::from(said), i128::from(found)));
        let sums = [("available", self.available, tally.available.get()), ("held", self.held, tally.held.get())];
        let sums = sums.map(|(what, said, found)| (what, i128::from(said), i128::from(found)));
        let differing = counts.chain(sums).filter(|(_, said, found)| said != found);
        differing.map(|(what, said, found)| format!("{what}: it says {said}, and there are {found}")).collect()
    }
}
