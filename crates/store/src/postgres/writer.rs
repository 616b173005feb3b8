//! Runs batches on the one connection through which this node writes.
//!
//! A batch is two round trips: begin, lock and load; save and commit. What fails because others were in the way is repeated, and what a
//! lost connection leaves in doubt is looked up.

mod load;
mod named;
mod save;
mod session;
mod statements;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use domain::time::Timestamp;
use domain::world::{Reads, World};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::directory::Directory;
use crate::postgres::address::Address;
use crate::postgres::deadline::{pause, within};
use crate::postgres::failure::Failure;
use crate::postgres::writer::load::{Catalogue, Loaded, load};
use crate::postgres::writer::save::Changes;
use crate::postgres::writer::session::Session;
use crate::{StoreError, Writer};

/// How often a batch is repeated because others were in the way; then it is what it asks for that is in the way.
const MOST_REPEATS: u32 = 4;
/// How long a server is waited for while a batch is in doubt, and what lies between two tries: long enough for another to take its place,
/// for which pg_auto_failover takes nearly a minute.
const PATIENCE: Duration = Duration::from_mins(2);
const BETWEEN_CONNECTS: Duration = Duration::from_millis(200);

/// The writer of a [`crate::PostgresStore`].
#[derive(Debug)]
pub struct PostgresWriter {
    address: Address,
    writer_id: [u8; 16],
    /// None before the first batch, and after a connection was lost.
    session: Option<Session>,
    /// Made by the thread that runs the first batch, on which everything happens.
    runtime: Option<Runtime>,
    /// The directory stays ours while anything can write.
    _directory: Directory,
}

/// What is done where there is no connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Connecting {
    /// Nothing: what it was for is gone with it.
    Never,
    /// One is made, if that is possible.
    Once,
    /// One is made, and the server waited for.
    Patiently,
}

/// What is known of a batch while it is tried.
#[derive(Debug)]
struct Trial {
    catalogue: Catalogue,
    /// The number under which it was committed, if it was, before the connection was lost.
    in_doubt: Option<i64>,
}

impl PostgresWriter {
    /// Writes to the database at this address. It connects when it is first needed.
    pub const fn new(address: Address, writer_id: [u8; 16], directory: Directory) -> Self {
        Self { address, writer_id, session: None, runtime: None, _directory: directory }
    }

    /// Runs something on the connection, which is made if there is none.
    fn on_session<T>(
        &mut self,
        connecting: Connecting,
        work: impl AsyncFnOnce(&mut Session) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let runtime = match self.runtime.take() {
            Some(runtime) => runtime,
            None => Builder::new_current_thread().enable_all().build().map_err(|error| {
                StoreError::Unavailable(format!("what talks to PostgreSQL cannot be started: {error}"))
            })?,
        };
        let runtime = self.runtime.insert(runtime);
        let handle = runtime.handle().clone();
        runtime.block_on(async {
            let session = match self.session.take() {
                Some(session) if !session.connection.client.is_closed() => session,
                _ => connect(&self.address, &handle, self.writer_id, connecting).await?,
            };
            let session = self.session.insert(session);
            let result = work(session).await;
            if matches!(result, Err(Failure::Lost(_))) {
                self.session = None;
            }
            result
        })
    }

    /// Takes back what was begun. If even that isn't possible, the connection is given up, which does the same.
    fn roll_back(&mut self) {
        let rolled_back = self.on_session(Connecting::Never, async |session| session.roll_back().await);
        if rolled_back.is_err() {
            self.session = None;
        }
    }

    fn attempt(&mut self, reads: &Reads, decide: &mut dyn FnMut(&mut World), trial: &mut Trial) -> Result<(), Failure> {
        let catalogue = trial.catalogue;
        let connecting = if trial.in_doubt.is_some() { Connecting::Patiently } else { Connecting::Once };
        let loaded = self.on_session(connecting, async |session| load(session, reads, catalogue).await);
        let Loaded { last_batch, mut world } = loaded.inspect_err(|_| self.roll_back())?;
        if let Some(batch) = trial.in_doubt.take() {
            match last_batch {
                Some(last) if last == batch => return self.confirm(batch, trial),
                Some(last) if last < batch => {}
                _ => {
                    return Err(Failure::Refused(StoreError::Unknown(
                        "the connection to PostgreSQL was lost, and the server does not know this writer any more"
                            .to_owned(),
                    )));
                }
            }
        }
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| decide(&mut world))) {
            self.roll_back();
            resume_unwind(panic);
        }
        let writes_catalogue = !world.products.changes().is_empty()
            || !world.suppliers.changes().is_empty()
            || !world.revisions.changes().is_empty();
        if writes_catalogue && catalogue == Catalogue::Read {
            self.roll_back();
            trial.catalogue = Catalogue::Locked;
            return self.attempt(reads, decide, trial);
        }
        self.commit(last_batch, &world, trial)
    }

    /// Ends the transaction that has found a batch done with a commit of its own: a standby that has this one has all before it. Without
    /// it, a primary that died and came back by itself might show a batch that no standby has, and die again.
    fn confirm(&mut self, batch: i64, trial: &mut Trial) -> Result<(), Failure> {
        let confirmed = self.on_session(Connecting::Never, async |session| session.confirm(batch).await);
        confirmed.inspect_err(|_| {
            trial.in_doubt = Some(batch);
            self.roll_back();
        })
    }

    fn commit(&mut self, last_batch: Option<i64>, world: &World, trial: &mut Trial) -> Result<(), Failure> {
        let mut is_sent = false;
        let batch = last_batch.unwrap_or(0).saturating_add(1);
        let committed = self.on_session(Connecting::Never, async |session| {
            let changes = Changes::of(world, &session.statements)?;
            if changes.is_empty() {
                return session.roll_back().await;
            }
            if last_batch.is_none() {
                // Whoever tidied up took us for gone.
                session.make_known().await?;
            }
            session.connection.warnings.take();
            is_sent = true;
            changes.commit(session, batch, world).await?;
            session.check_warnings()
        });
        match committed {
            Ok(()) => Ok(()),
            Err(Failure::Lost(error)) => {
                trial.in_doubt = is_sent.then_some(batch);
                Err(Failure::Lost(error))
            }
            Err(failure) => {
                self.roll_back();
                Err(failure)
            }
        }
    }

    /// Does what can be done twice.
    fn persistently<T>(&mut self, work: &impl AsyncFn(&mut Session) -> Result<T, Failure>) -> Result<T, StoreError> {
        let mut repeats = 0;
        loop {
            let failure = match self.on_session(Connecting::Once, async |session| work(session).await) {
                Ok(value) => return Ok(value),
                Err(failure) => failure,
            };
            self.roll_back();
            if repeats == MOST_REPEATS || matches!(failure, Failure::Refused(_)) {
                return Err(failure.into());
            }
            repeats = repeats.saturating_add(1);
        }
    }
}

impl Writer for PostgresWriter {
    fn transact(&mut self, reads: &Reads, decide: &mut dyn FnMut(&mut World)) -> Result<(), StoreError> {
        let mut trial = Trial { catalogue: Catalogue::Read, in_doubt: None };
        let mut repeats = 0;
        loop {
            let failure = match self.attempt(reads, decide, &mut trial) {
                Ok(()) => return Ok(()),
                Err(failure) => failure,
            };
            if repeats == MOST_REPEATS || matches!(failure, Failure::Refused(_)) {
                let error = StoreError::from(failure);
                return Err(if trial.in_doubt.is_some() { StoreError::Unknown(error.to_string()) } else { error });
            }
            tracing::info!(?failure, in_doubt = trial.in_doubt.is_some(), "a batch is tried again");
            repeats = repeats.saturating_add(1);
        }
    }

    fn note_time(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.persistently(&async |session: &mut Session| session.note_time(now).await)
    }

    fn forget_events(&mut self, before: Timestamp, limit: u32) -> Result<u32, StoreError> {
        self.persistently(&async |session: &mut Session| session.forget_events(before, limit).await)
    }
}

impl Drop for PostgresWriter {
    fn drop(&mut self) {
        self.session = None;
        // It may be dropped where nobody may block.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Makes a connection.
async fn connect(
    address: &Address,
    runtime: &Handle,
    writer_id: [u8; 16],
    connecting: Connecting,
) -> Result<Session, Failure> {
    let opening = || Box::pin(Session::open(address, runtime, writer_id));
    match connecting {
        Connecting::Never => Err(Failure::Lost(StoreError::Unavailable(
            "the connection to the PostgreSQL server was lost; see that the server runs, and it goes on by itself"
                .to_owned(),
        ))),
        Connecting::Once => Ok(opening().await?),
        Connecting::Patiently => {
            let again_and_again = async {
                loop {
                    match opening().await {
                        Ok(session) => return session,
                        Err(error) => {
                            tracing::warn!(%error, "a batch is in doubt, and waits for the PostgreSQL server")
                        }
                    }
                    pause(BETWEEN_CONNECTS).await;
                }
            };
            within(PATIENCE, again_and_again).await.ok_or_else(|| {
                Failure::Refused(StoreError::Unavailable("the PostgreSQL server did not come back in time".to_owned()))
            })
        }
    }
}
