//! Remembers: the rows of the domain in SQLite, in PostgreSQL or in memory. The only SQL of the house is here.
//!
//! A store does two things. Its [`Writer`] runs one batch as one transaction: load the named rows, let the domain change them, save what
//! changed, commit; after that, and not before, it is on disk. Its [`Snapshot`] answers questions about one consistent moment.
//!
//! Deliberately absent: rules about money or state, arithmetic on amounts, clocks, identities. Rows that do not decode are
//! [`StoreError::Corrupt`], never defaulted.

mod codes;
mod directory;
mod error;
mod event_snapshot;
mod fields;
mod memory;
mod moving;
mod mutation_pages;
mod postgres;
mod rows;
mod snapshot;
mod sqlite;
mod writer;

pub use directory::Directory;
pub use error::StoreError;
pub use event_snapshot::{DueDelivery, EventSnapshot};
pub use memory::MemoryStore;
pub use moving::MovedTable;
pub use postgres::PostgresStore;
pub use snapshot::{MutationEntry, MutationPage, OrderFilter, OrderWithAttempt, Snapshot};
pub use sqlite::{Look, Schema, SchemaState, SchemaStep, SqliteFile, SqliteStore, Tally, UnopenedStore};
pub use writer::Writer;

/// A place that remembers.
pub trait Store: Send + Sync {
    /// The writer. A store that allows only one gives it once, and then [`StoreError::WriterTaken`].
    fn writer(&self) -> Result<Box<dyn Writer>, StoreError>;

    /// Whether other nodes may write to it at the same time.
    fn is_shared(&self) -> bool {
        false
    }

    /// A view of one consistent moment. It may block for as long as a read from disk takes; hold it briefly.
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError>;
}
