//! The schema: brought up to date when the database is opened, refused when it is newer than the program.
//!
//! All migrations that are missing are one transaction, which holds the lock of a row: of several nodes that start at once, one migrates
//! and the others wait for it.

use tokio_postgres::Client;
use tokio_postgres::error::SqlState;

use crate::StoreError;
use crate::postgres::deadline::{answered, answered_within};
use crate::postgres::failure::Failure;

mod embedded {
    refinery::embed_migrations!("migrations/postgres");
}

/// Until all migrations must be done: a new index on a table of years takes its time.
const MIGRATE_WITHIN: std::time::Duration = std::time::Duration::from_hours(1);

/// Where it is written down which migrations were applied. Version 0 is the database before the first, and the row that is locked.
const HISTORY: &str = "CREATE TABLE IF NOT EXISTS schema_history \
                       (version bigint NOT NULL PRIMARY KEY, name text NOT NULL, checksum text NOT NULL); \
                       INSERT INTO schema_history (version, name, checksum) VALUES (0, 'empty', '') ON CONFLICT DO NOTHING";
const LOCK: &str = "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'; \
                    SELECT version FROM schema_history WHERE version = 0 FOR UPDATE";
const APPLIED: &str = "SELECT version, checksum FROM schema_history WHERE version > 0 ORDER BY version";
const APPLY: &str = "INSERT INTO schema_history (version, name, checksum) VALUES ($1, $2, $3)";

/// Applies the migrations that are missing.
pub async fn migrate(client: &Client) -> Result<(), StoreError> {
    check_encoding(client).await?;
    if check(&applied(client).await?)? == 0 {
        return Ok(());
    }
    make_history(client).await?;
    answered_within(MIGRATE_WITHIN, client.batch_execute(LOCK)).await?;
    let applying = async {
        let applied = applied(client).await?;
        check(&applied)?;
        for migration in embedded::migrations::runner().get_migrations().iter().skip(applied.len()) {
            tracing::info!(version = migration.version(), name = migration.name(), "migrating the database");
            answered_within(MIGRATE_WITHIN, client.batch_execute(migration.sql().unwrap_or_default())).await?;
            let (version, checksum) = (i64::from(migration.version()), migration.checksum().to_string());
            answered(client.execute(APPLY, &[&version, &migration.name(), &checksum])).await?;
        }
        Ok(())
    };
    let end = |result: &Result<(), StoreError>| if result.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let result = applying.await;
    answered(client.batch_execute(end(&result))).await.map_err(StoreError::from).and(result)
}

/// How many migrations are missing; an error if others were applied than we know.
fn check(applied: &[(i64, String)]) -> Result<usize, StoreError> {
    let runner = embedded::migrations::runner();
    let known = runner.get_migrations();
    if applied.len() > known.len() {
        let newest = |version: Option<i64>| version.and_then(|version| u32::try_from(version).ok()).unwrap_or(0);
        return Err(StoreError::TooNew {
            found: newest(applied.last().map(|(version, _)| *version)),
            known: newest(known.last().map(|migration| i64::from(migration.version()))),
        });
    }
    for ((version, checksum), migration) in applied.iter().zip(known) {
        if *version != i64::from(migration.version()) || *checksum != migration.checksum().to_string() {
            return Err(StoreError::Engine(format!(
                "migration {version} was applied in another form than this program knows; start the program that made the database"
            )));
        }
    }
    Ok(known.len().saturating_sub(applied.len()))
}

/// The versions that were applied, with their checksums; none of a new database.
async fn applied(client: &Client) -> Result<Vec<(i64, String)>, StoreError> {
    let found = client.query(APPLIED, &[]).await;
    match found {
        Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => Ok(Vec::new()),
        other => {
            let rows = answered(async { other }).await?;
            rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
        }
    }
}

/// Two that make the same table at once disturb each other; whoever comes second finds it there.
async fn make_history(client: &Client) -> Result<(), StoreError> {
    match answered(client.batch_execute(HISTORY)).await {
        Err(Failure::InTheWay(_)) => Ok(answered(client.batch_execute(HISTORY)).await?),
        other => Ok(other?),
    }
}

/// Every text of ours fits UTF-8, and no other encoding.
async fn check_encoding(client: &Client) -> Result<(), StoreError> {
    let row = answered(client.query_one("SHOW server_encoding", &[])).await?;
    let encoding: String = row.try_get(0)?;
    if encoding == "UTF8" {
        return Ok(());
    }
    Err(StoreError::Unavailable(format!(
        "the database's encoding is {encoding}, and Loket needs UTF8; make another: createdb --encoding=UTF8 --template=template0 loket"
    )))
}
