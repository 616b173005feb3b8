//! Connections to read with, and a transaction on one of them that sees one moment.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{
    Connect, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, TimeoutType,
};
use futures_util::future::BoxFuture;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Error, Row};

use crate::StoreError;
use crate::fields::Fields;
use crate::postgres::address::{Address, CONNECT_WITHIN};
use crate::postgres::background::Background;
use crate::postgres::connection;
use crate::postgres::deadline::{ANSWER_WITHIN, answered, answered_within};
use crate::postgres::failure::{Failure, unreachable};
use crate::postgres::queries::Query;
use crate::rows::Kept;

/// More would only wait for the same few cores.
const MOST_READERS: usize = 8;
/// Until one of them is free.
const WAIT_WITHIN: Duration = Duration::from_secs(20);
/// Until an audit's answer must have come: all orders of years are sorted for one.
const AUDIT_WITHIN: Duration = Duration::from_hours(6);
/// Every answer is about the moment of the first question.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1";
/// Questions are rare, and the best plan depends on what is asked for.
const READING: &str = "SET plan_cache_mode = force_custom_plan";

/// The connections.
#[derive(Debug)]
pub struct Readers {
    pool: Pool,
    background: Arc<Background>,
}

impl Readers {
    /// Reads the database at this address.
    pub fn new(address: Address, background: Arc<Background>) -> Result<Self, StoreError> {
        let config = address.hosts.first().cloned().unwrap_or_default();
        let connect = Connector { address, background: Arc::clone(&background) };
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let pool = Pool::builder(Manager::from_connect(config, connect, recycling))
            .max_size(MOST_READERS)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT_WITHIN))
            .create_timeout(Some(CONNECT_WITHIN.saturating_mul(3)))
            .recycle_timeout(Some(CONNECT_WITHIN))
            .build()
            .map_err(|error| StoreError::Engine(error.to_string()))?;
        Ok(Self { pool, background })
    }

    /// Begins to read.
    pub fn begin(&self) -> Result<Reading, StoreError> {
        // A connection that died unseen shows it here; its place is taken by the next one.
        for _ in 0..MOST_READERS {
            match self.begin_once() {
                Err(Failure::Lost(_)) => {}
                other => return Ok(other?),
            }
        }
        Ok(self.begin_once()?)
    }

    fn begin_once(&self) -> Result<Reading, Failure> {
        let object = self.background.wait(self.pool.get()).map_err(|error| unavailable(&error))?;
        let reading =
            Reading { object: Some(object), limit: Cell::new(ANSWER_WITHIN), background: Arc::clone(&self.background) };
        reading.background.wait(answered(reading.client()?.batch_execute(BEGIN)))?;
        Ok(reading)
    }
}

fn unavailable(error: &PoolError) -> StoreError {
    match error {
        PoolError::Backend(error) => unreachable(error),
        PoolError::Timeout(TimeoutType::Wait) => {
            StoreError::Unavailable("too much is read from the database at once; try again".to_owned())
        }
        other => StoreError::Unavailable(format!(
            "the PostgreSQL server cannot be reached: {other}; see that it runs, and that the database's address names it"
        )),
    }
}

struct Connector {
    address: Address,
    background: Arc<Background>,
}

impl Connect for Connector {
    fn connect(&self, _config: &Config) -> BoxFuture<'_, Result<(Client, JoinHandle<()>), Error>> {
        Box::pin(async {
            let runtime = self.background.handle().cloned().unwrap_or_else(Handle::current);
            let (client, _warnings, driver) = connection::connect(&self.address, &runtime).await?;
            client.batch_execute(READING).await?;
            Ok((client, driver))
        })
    }
}

/// A transaction that reads.
#[derive(Debug)]
pub struct Reading {
    object: Option<Object>,
    limit: Cell<Duration>,
    background: Arc<Background>,
}

impl Reading {
    /// Every row that a question finds.
    pub fn list<R: Kept>(&self, query: &Query, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<R>, StoreError> {
        self.rows(&query.sql(), params)
    }

    /// The one row that a question finds, if any.
    pub fn find<R: Kept>(&self, query: &Query, params: &[&(dyn ToSql + Sync)]) -> Result<Option<R>, StoreError> {
        Ok(self.list(query, params)?.into_iter().next())
    }

    /// Every row that a statement finds which gives whole rows of a table.
    pub fn rows<R: Kept>(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<R>, StoreError> {
        self.ask(sql, params)?.iter().map(|row| R::read(&mut Fields::of(&R::LAYOUT.table, row))).collect()
    }

    /// Whatever a statement finds.
    pub fn ask(&self, sql: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, StoreError> {
        let client = self.client()?;
        let question = async {
            let statement = client.prepare_cached(sql).await?;
            client.query(&statement, params).await
        };
        Ok(self.background.wait(answered_within(self.limit.get(), question))?)
    }

    /// Does something that gives nothing.
    pub fn run(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.background.wait(answered(self.client()?.batch_execute(sql)))?)
    }

    /// From now on, an answer may take very long: an audit's.
    pub fn be_patient(&self) -> Result<(), StoreError> {
        self.limit.set(AUDIT_WITHIN);
        self.run("SET LOCAL statement_timeout = 0")
    }

    fn client(&self) -> Result<&Object, StoreError> {
        self.object.as_ref().ok_or_else(|| StoreError::Engine("this snapshot has ended".to_owned()))
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        let (Some(object), Some(runtime)) = (self.object.take(), self.background.handle()) else { return };
        // Nobody waits for it. The connection goes back once it has ended; one that doesn't answer is given up.
        runtime.spawn(async move {
            if let Err(failure) = answered(object.batch_execute("ROLLBACK")).await {
                tracing::debug!(?failure, "a read transaction could not be ended");
                drop(Object::take(object));
            }
        });
    }
}
