//! The schema: every migration there is, in its order. It is brought up to date when the database is opened, and refused when it is newer
//! than the program, or not the one that the program knows.

use refinery::{Migration, Runner};
use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;

mod embedded {
    refinery::embed_migrations!("migrations/sqlite");
}

/// The migrations that a program knows.
#[derive(Clone, Debug)]
pub struct Schema {
    migrations: Vec<Migration>,
}

/// How far a database has come in them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SchemaState {
    /// What was done to it, oldest first.
    pub applied: Vec<SchemaStep>,
    /// What is still to be done, in this order.
    pub missing: Vec<SchemaStep>,
}

/// One migration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchemaStep {
    /// Its number.
    pub version: u32,
    /// Its name, such as `create_tables`.
    pub name: String,
    /// When it was done, in RFC 3339; `None` if it wasn't yet.
    pub applied_at: Option<String>,
}

impl SchemaState {
    /// The version that the database has; 0 for a new one.
    pub fn version(&self) -> u32 {
        self.applied.last().map_or(0, |step| step.version)
    }

    /// Whether there is a database that will be changed: what is in it is to be kept before.
    pub const fn changes_what_is_there(&self) -> bool {
        !self.applied.is_empty() && !self.missing.is_empty()
    }
}

impl Schema {
    /// That of this program.
    pub fn known() -> Self {
        Self { migrations: sorted(embedded::migrations::runner().get_migrations().clone()) }
    }

    /// The same with one more migration, such as `V2__add_colours`: what the next version of this program may do.
    pub fn with(mut self, name: &str, sql: &str) -> Result<Self, StoreError> {
        self.migrations.push(Migration::unapplied(name, sql).map_err(|error| explain(&error))?);
        Ok(Self { migrations: sorted(self.migrations) })
    }

    /// The newest version in it.
    pub fn version(&self) -> u32 {
        self.migrations.last().map_or(0, version_of)
    }

    /// How far a database has come. It is an error if it is newer, or if it was made by other migrations than these.
    pub fn state(&self, connection: &Connection) -> Result<SchemaState, StoreError> {
        let mut state = SchemaState { applied: Vec::new(), missing: Vec::new() };
        let applied = applied(connection)?;
        let (found, known) = (applied.last().map_or(0, |(step, _)| step.version), self.version());
        if found > known {
            return Err(StoreError::TooNew { found, known });
        }
        for (step, checksum) in applied {
            let ours = self.migrations.iter().find(|migration| version_of(migration) == step.version);
            if ours.is_none_or(|ours| ours.name() != step.name || ours.checksum().to_string() != checksum) {
                return Err(StoreError::OtherSchema { version: step.version, name: step.name });
            }
            state.applied.push(step);
        }
        let missing = self.migrations.iter().filter(|migration| version_of(migration) > found);
        state.missing.extend(missing.map(|migration| SchemaStep {
            version: version_of(migration),
            name: migration.name().to_owned(),
            applied_at: None,
        }));
        Ok(state)
    }

    /// Applies what is missing, in one transaction: if one migration fails, nothing was changed.
    pub fn migrate(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let state = self.state(connection)?;
        if state.missing.is_empty() {
            return Ok(());
        }
        // A new database is made, which is no news.
        if state.version() > 0 {
            tracing::info!(found = state.version(), known = self.version(), "migrating the database");
        }
        Runner::new(&self.migrations).set_grouped(true).run(connection).map_err(|error| explain(&error))?;
        Ok(())
    }
}

fn sorted(mut migrations: Vec<Migration>) -> Vec<Migration> {
    migrations.sort_by_key(Migration::version);
    migrations
}

fn version_of(migration: &Migration) -> u32 {
    u32::try_from(migration.version()).unwrap_or(0)
}

/// What was done to a database, oldest first, each with its checksum.
fn applied(connection: &Connection) -> Result<Vec<(SchemaStep, String)>, StoreError> {
    let history = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'refinery_schema_history'";
    if connection.query_row(history, [], |_| Ok(())).optional()?.is_none() {
        return Ok(Vec::new());
    }
    let mut steps = connection
        .prepare("SELECT version, name, applied_on, checksum FROM refinery_schema_history ORDER BY version")?;
    let steps = steps.query_map([], |row| {
        let step = SchemaStep { version: row.get(0)?, name: row.get(1)?, applied_at: Some(row.get(2)?) };
        Ok((step, row.get(3)?))
    })?;
    Ok(steps.collect::<Result<_, _>>()?)
}

/// Finds the engine's own error beneath the migration's, so that a full disk is called one.
fn explain(error: &refinery::Error) -> StoreError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(rusqlite::Error::SqliteFailure(failure, message)) = error.downcast_ref() {
            return rusqlite::Error::SqliteFailure(*failure, message.clone()).into();
        }
        cause = error.source();
    }
    StoreError::Engine(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        Schema::known().migrate(&mut connection).unwrap();
        connection
    }

    fn tables(connection: &Connection) -> i64 {
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_new_database_misses_everything_and_then_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        let state = Schema::known().state(&connection).unwrap();
        assert_eq!((state.version(), state.missing.len()), (0, Schema::known().migrations.len()));
        assert!(!state.changes_what_is_there());
        Schema::known().migrate(&mut connection).unwrap();
        let state = Schema::known().state(&connection).unwrap();
        assert_eq!((state.version(), state.missing.len()), (Schema::known().version(), 0));
    }

    #[test]
    fn later_migrations_are_applied_to_what_is_there() {
        let mut connection = database();
        let later = Schema::known().with("V900__b", "ALTER TABLE a ADD COLUMN y INTEGER").unwrap();
        let later = later.with("V800__a", "CREATE TABLE a (x INTEGER) STRICT").unwrap();
        let state = later.state(&connection).unwrap();
        assert_eq!(state.missing.iter().map(|step| step.version).collect::<Vec<_>>(), [800, 900]);
        assert!(state.changes_what_is_there());
        later.migrate(&mut connection).unwrap();
        connection.execute_batch("INSERT INTO a (x, y) VALUES (1, 2)").unwrap();
        assert_eq!(later.state(&connection).unwrap().version(), 900);
    }

    #[test]
    fn a_migration_that_fails_half_way_takes_all_others_back() {
        let mut connection = database();
        let before = tables(&connection);
        let later = Schema::known().with("V800__a", "CREATE TABLE a (x INTEGER) STRICT").unwrap();
        let later = later.with("V900__b", "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)").unwrap();
        later.migrate(&mut connection).unwrap_err();
        assert_eq!(tables(&connection), before);
        assert_eq!(Schema::known().state(&connection).unwrap().version(), Schema::known().version());
    }

    #[test]
    fn a_database_that_was_made_otherwise_is_refused() {
        let mut connection = database();
        let later = |sql| Schema::known().with("V900__later", sql).unwrap();
        later("CREATE TABLE a (x INTEGER) STRICT").migrate(&mut connection).unwrap();
        let edited = later("CREATE TABLE a (x INTEGER, y INTEGER) STRICT");
        for refused in [edited.state(&connection).map(drop), edited.migrate(&mut connection)] {
            assert!(matches!(&refused, Err(StoreError::OtherSchema { version: 900, .. })), "{refused:?}");
        }
        assert!(matches!(Schema::known().state(&connection), Err(StoreError::TooNew { found: 900, .. })));
    }
}
