//! Backups of the database: made beside a running server, verified, restored.
//!
//! A backup is one file: the database at one moment, then a line of JSON that says what it is (the [`Manifest`]), then a line with the hash
//! of everything before it. SQLite reads such a file as if it ended where the database does; we believe in it only if the hash is right.
//!
//! Guarantees: a file under its final name is whole and on disk; nothing is ever overwritten; the running server waits for nothing.
//!
//! Deliberately absent: the master key. Whoever had both could read every merchant's keys.

mod error;
mod inspect;
mod make;
mod manifest;
mod new_file;
mod pace;
mod restore;
mod sealed_file;

pub use error::BackupError;
pub use inspect::{Inspection, inspect};
pub use make::{Made, make_backup};
pub use manifest::Manifest;
pub use pace::Pace;
pub use restore::{KeyState, Restored, restore};
