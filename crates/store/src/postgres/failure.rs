//! What PostgreSQL's failures mean to us.

use std::io;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, Severity, SqlState};

use crate::StoreError;

/// What became of a transaction that failed.
#[derive(Debug)]
pub enum Failure {
    /// The connection is gone, and what was asked last may have been done.
    Lost(StoreError),
    /// Others were in the way, and nothing was done: once more, it may go well.
    InTheWay(StoreError),
    /// Nothing was done, and once more it would fail again.
    Refused(StoreError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let Some(reason) = error.as_db_error() else {
            return if error.is_closed() || io_error(&error).is_some() {
                Self::Lost(lost(&error))
            } else {
                Self::Refused(StoreError::Engine(in_full(&error)))
            };
        };
        if matches!(reason.parsed_severity(), Some(Severity::Fatal | Severity::Panic)) {
            // The server ends the connection after it said so. What it says has already become of the batch isn't known.
            return Self::Lost(meaning(reason));
        }
        match *reason.code() {
            SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED | SqlState::UNIQUE_VIOLATION => {
                Self::InTheWay(StoreError::Conflict)
            }
            // Whoever holds the rows stands still, and is given up soon; somebody else made the same table meanwhile.
            SqlState::LOCK_NOT_AVAILABLE | SqlState::DUPLICATE_OBJECT | SqlState::DUPLICATE_TABLE => {
                Self::InTheWay(meaning(reason))
            }
            SqlState::TRANSACTION_RESOLUTION_UNKNOWN | SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN => {
                Self::Lost(meaning(reason))
            }
            _ => Self::Refused(meaning(reason)),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Refused(error)
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Lost(error) | Failure::InTheWay(error) | Failure::Refused(error) => error,
        }
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        Failure::from(error).into()
    }
}

/// Why there is no connection.
pub fn unreachable(error: &Error) -> StoreError {
    if let Some(reason) = error.as_db_error() {
        return meaning(reason);
    }
    if error.to_string().contains("TLS") {
        return StoreError::Unavailable(format!(
            "the connection to PostgreSQL cannot be encrypted as sslmode asks: {}; check sslmode and sslrootcert in the database's address",
            in_full(error)
        ));
    }
    StoreError::Unavailable(if error.is_closed() || io_error(error).is_some() {
        format!(
            "the PostgreSQL server cannot be reached: {}; see that it runs, and that the database's address names it",
            in_full(error)
        )
    } else {
        format!("no connection to the PostgreSQL server comes about: {}; check the database's address", in_full(error))
    })
}

fn lost(error: &Error) -> StoreError {
    StoreError::Unavailable(format!(
        "the connection to the PostgreSQL server was lost: {}; see that the server runs, and it goes on by itself",
        in_full(error)
    ))
}

fn meaning(reason: &DbError) -> StoreError {
    let said = reason.message();
    let sentence = match *reason.code() {
        SqlState::DISK_FULL => return StoreError::Full,
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            format!(
                "PostgreSQL does not let us in: {said}; correct the user and the password in the database's address, or pg_hba.conf"
            )
        }
        SqlState::INVALID_CATALOG_NAME => {
            format!("PostgreSQL has no such database: {said}; make it with createdb, or correct the database's address")
        }
        SqlState::INSUFFICIENT_PRIVILEGE | SqlState::INVALID_SCHEMA_NAME => {
            format!("the database's user may not do that: {said}; make it the database's owner, or grant it the right")
        }
        SqlState::READ_ONLY_SQL_TRANSACTION => format!(
            "this PostgreSQL server only reads: {said}; it is a standby, so name the primary in the database's address, or all of \
             them and target_session_attrs=read-write"
        ),
        SqlState::TOO_MANY_CONNECTIONS => {
            format!("PostgreSQL takes no more connections: {said}; raise max_connections, or stop what holds them")
        }
        SqlState::QUERY_CANCELED => {
            format!(
                "PostgreSQL took too long: {said}; see how busy the server and its disk are, and it goes on by itself"
            )
        }
        SqlState::LOCK_NOT_AVAILABLE => {
            format!(
                "rows were locked by somebody else for too long: {said}; end what holds them, and it goes on by itself"
            )
        }
        SqlState::CANNOT_CONNECT_NOW
        | SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => {
            format!("the PostgreSQL server ended the connection: {said}; see that it runs, and it goes on by itself")
        }
        _ => return StoreError::Engine(said_of(reason)),
    };
    StoreError::Unavailable(sentence)
}

fn said_of(reason: &DbError) -> String {
    let constraint = reason.constraint().map(|name| format!(" ({name})")).unwrap_or_default();
    format!("PostgreSQL says {}: {}{constraint}", reason.code().code(), reason.message())
}

/// The sentence with what is behind it.
fn in_full(error: &Error) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

fn io_error(error: &Error) -> Option<&io::Error> {
    std::error::Error::source(error).and_then(|source| source.downcast_ref())
}
