//! A connection, set up for what it is for.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::{poll_fn, select_ok};
use parking_lot::Mutex;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio_postgres::{AsyncMessage, Client, Connection as Driver};

use crate::StoreError;
use crate::postgres::address::{Address, CONNECT_WITHIN};
use crate::postgres::deadline::{answered, within};
use crate::postgres::failure::unreachable;

/// Every limit that the server itself can keep, and that what was committed is on disk.
const ANY: &str = "SET application_name = 'loket reader'; SET statement_timeout = '15s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'; \
                   SET synchronous_commit = on; SET client_min_messages = warning; SET jit = off";
/// Plans are made once, and never depend on what the server guesses about the data: rows are found by their keys. A writer is idle within a
/// transaction only while it decides, for milliseconds: one that stands still must not hold its locks for long, since others wait for them.
const WRITING: &str = "SET application_name = 'loket writer'; SET idle_in_transaction_session_timeout = '3s'; SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; \
                       SET enable_mergejoin = off; SET enable_bitmapscan = off";

/// The warnings that came since they were last looked at.
#[derive(Clone, Debug, Default)]
pub struct Warnings(Arc<Mutex<Vec<String>>>);

impl Warnings {
    /// Takes them.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock())
    }
}

/// A connection that is driven by a task of its own, until it is dropped.
#[derive(Debug)]
pub struct Connection {
    /// Asks.
    pub client: Client,
    /// What the server warned of.
    pub warnings: Warnings,
    driver: JoinHandle<()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Not only when the server has read all that was sent: it is to see that we are gone.
        self.driver.abort();
    }
}

impl Connection {
    /// To write through. Its task runs on this runtime.
    pub async fn for_writing(address: &Address, runtime: &Handle) -> Result<Self, StoreError> {
        let connection = Self::open(address, runtime).await?;
        answered(connection.client.batch_execute(WRITING)).await?;
        Ok(connection)
    }

    /// To do anything else with. Its task runs on this runtime.
    pub async fn open(address: &Address, runtime: &Handle) -> Result<Self, StoreError> {
        // The limit in the configuration is one for each address of each host; this one is for everything.
        let connecting = connect(address, runtime);
        match within(CONNECT_WITHIN.saturating_mul(3), connecting).await {
            Some(Ok((client, warnings, driver))) => Ok(Self { client, warnings, driver }),
            Some(Err(error)) => Err(unreachable(&error)),
            None => Err(StoreError::Unavailable(
                "the PostgreSQL server cannot be reached: it does not answer; see that it runs, and that the database's address names it"
                    .to_owned(),
            )),
        }
    }
}

/// Connects and sets the limits.
pub async fn connect(
    address: &Address,
    runtime: &Handle,
) -> Result<(Client, Warnings, JoinHandle<()>), tokio_postgres::Error> {
    // All at once: a machine that is gone doesn't answer at all, and would be waited for first.
    let hosts = address.hosts.iter().map(|host| host.connect(address.tls.connector()).boxed());
    let ((client, driver), _) = select_ok(hosts).await?;
    let warnings = Warnings::default();
    let driver = runtime.spawn(drive(driver, warnings.clone()));
    client.batch_execute(ANY).await?;
    Ok((client, warnings, driver))
}

async fn drive<S, T>(mut driver: Driver<S, T>, warnings: Warnings)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    loop {
        match poll_fn(|context| driver.poll_message(context)).await {
            Some(Ok(AsyncMessage::Notice(notice))) => {
                tracing::warn!(code = notice.code().code(), message = notice.message(), "PostgreSQL warns");
                warnings.0.lock().push(notice.message().to_owned());
            }
            Some(Ok(_)) => {}
            // Whoever asks next is told.
            Some(Err(_)) | None => return,
        }
    }
}
