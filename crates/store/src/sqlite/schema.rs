//! The schema: brought up to date when the database is opened, refused when it is newer than the program.

use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;

mod embedded {
    refinery::embed_migrations!("migrations/sqlite");
}

/// Applies the migrations that are missing, each in a transaction of its own.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let runner = embedded::migrations::runner();
    let known = runner.get_migrations().iter().filter_map(|migration| u32::try_from(migration.version()).ok()).max();
    let known = known.unwrap_or(0);
    let found = version(connection)?;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    if found < known {
        tracing::info!(found, known, "migrating the database");
    }
    runner.run(connection).map_err(|error| explain(&error))?;
    Ok(())
}

/// The newest migration that was applied; 0 for a new database.
fn version(connection: &Connection) -> Result<u32, StoreError> {
    let history = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'refinery_schema_history'";
    if connection.query_row(history, [], |_| Ok(())).optional()?.is_none() {
        return Ok(0);
    }
    let newest = "SELECT coalesce(max(version), 0) FROM refinery_schema_history";
    Ok(connection.query_row(newest, [], |row| row.get(0))?)
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
