//! A store with an engine small enough to see through: one batch at a time, on a clock that stands still until it is moved.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::command::{Ask, Command, Outcome, apply};
use domain::refusal::Refusal;
use domain::time::Timestamp;
use domain::world::{Reads, World};
use rusqlite::Connection;
use store::{MemoryStore, PostgresStore, Snapshot, SqliteStore, Store, StoreError, Writer};
use tempfile::TempDir;
use throwaway_postgres::Database;

/// A store on the bench.
pub struct Bench {
    // Dropped in this order: what they live in last.
    writer: Box<dyn Writer>,
    store: Box<dyn Store>,
    directory: Option<TempDir>,
    database: Option<Database>,
    /// What the clock shows.
    pub now: Timestamp,
}

impl Bench {
    /// With a fresh store in memory.
    pub fn memory() -> Self {
        Self::on(MemoryStore::default(), None)
    }

    /// With a fresh SQLite file.
    pub fn sqlite() -> Self {
        Self::in_directory(tempfile::tempdir().unwrap())
    }

    /// With a fresh schema on PostgreSQL.
    pub fn postgres() -> Self {
        let (database, directory) = (Database::fresh(), tempfile::tempdir().unwrap());
        let store = PostgresStore::open(directory.path(), &database.url(), writer_id()).unwrap();
        Self { database: Some(database), ..Self::on(store, Some(directory)) }
    }

    /// With the SQLite file of a directory.
    pub fn in_directory(directory: TempDir) -> Self {
        Self::on(SqliteStore::open(directory.path()).unwrap(), Some(directory))
    }

    fn on(store: impl Store + 'static, directory: Option<TempDir>) -> Self {
        let now = Timestamp::parse_wib("2026-05-31 10:40:00").unwrap();
        Self { writer: store.writer().unwrap(), store: Box::new(store), directory, database: None, now }
    }

    /// Where the SQLite file is.
    pub fn directory(&self) -> &Path {
        self.directory.as_ref().unwrap().path()
    }

    /// Closes SQLite and opens it again.
    pub fn reopen(self) -> Self {
        let Self { writer, store, directory, now, .. } = self;
        drop((writer, store));
        Self { now, ..Self::in_directory(directory.unwrap()) }
    }

    /// Closes SQLite and gives its directory.
    pub fn close(self) -> TempDir {
        self.directory.unwrap()
    }

    /// From now on a database can't write to this table. Memory always can.
    pub fn close_table(&self, table: &str) {
        if self.is_sqlite() {
            for deed in ["INSERT", "UPDATE"] {
                self.run_on_sqlite(&format!(
                    "CREATE TRIGGER no_{deed} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, 'no room'); END"
                ));
            }
        }
        if let Some(database) = &self.database {
            database.run(&format!("ALTER TABLE {table} ADD CONSTRAINT no_room CHECK (false) NOT VALID"));
        }
    }

    /// It can again.
    pub fn open_table(&self, table: &str) {
        if self.is_sqlite() {
            self.run_on_sqlite("DROP TRIGGER no_INSERT; DROP TRIGGER no_UPDATE");
        }
        if let Some(database) = &self.database {
            database.run(&format!("ALTER TABLE {table} DROP CONSTRAINT no_room"));
        }
    }

    fn is_sqlite(&self) -> bool {
        self.directory.is_some() && self.database.is_none()
    }

    fn run_on_sqlite(&self, sql: &str) {
        Connection::open(self.directory().join("loket.db")).unwrap().execute_batch(sql).unwrap();
    }

    /// The store.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Takes the writer away, to write while a snapshot is held. The bench can only be read from then on.
    pub fn take_writer(&mut self) -> Box<dyn Writer> {
        std::mem::replace(&mut self.writer, MemoryStore::default().writer().unwrap())
    }

    /// A snapshot of now.
    pub fn snapshot(&self) -> Box<dyn Snapshot + '_> {
        self.store.snapshot().unwrap()
    }

    /// The clock goes on.
    pub fn advance(&mut self, span: Duration) {
        self.now = self.now.plus(span);
    }

    /// Runs a batch by hand.
    pub fn transact(&mut self, reads: &Reads, mut decide: impl FnMut(&mut World)) -> Result<(), StoreError> {
        self.writer.transact(reads, &mut decide)
    }

    /// Runs commands as one batch.
    pub fn batch(&mut self, commands: &[Command]) -> Result<Vec<Result<Outcome, Refusal>>, StoreError> {
        run_batch(&mut *self.writer, commands, self.now)
    }

    /// Runs one command as a batch of its own.
    pub fn ask<C: Ask>(&mut self, command: C) -> Result<C::Decision, Refusal> {
        let outcome = self.batch(&[command.into()]).unwrap().remove(0)?;
        Ok(C::read(outcome).expect("a command is answered in its own type"))
    }

    /// Forgets old events.
    pub fn forget_events(&mut self, before: Timestamp, limit: u32) -> u32 {
        self.writer.forget_events(before, limit).unwrap()
    }

    /// Notes what time it is.
    pub fn note_time(&mut self) -> Result<(), StoreError> {
        self.writer.note_time(self.now)
    }
}

/// A writer's name that no other has.
pub fn writer_id() -> [u8; 16] {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    u128::from(COUNT.fetch_add(1, Ordering::Relaxed)).to_be_bytes()
}

/// What the engine does with a batch.
pub fn run_batch(
    writer: &mut dyn Writer,
    commands: &[Command],
    now: Timestamp,
) -> Result<Vec<Result<Outcome, Refusal>>, StoreError> {
    let mut reads = Reads::default();
    for command in commands {
        command.name_rows(&mut reads);
    }
    let mut outcomes = Vec::new();
    writer.transact(&reads, &mut |world| {
        let now = now.max(world.newest());
        outcomes = commands.iter().map(|command| apply(world, command, now)).collect();
    })?;
    Ok(outcomes)
}
