//! The sandbox's own record of what it was paid, apart from Loket's database: a text file that is only ever added to.
//!
//! One line an event, in columns with a tab between: moment (WIB), event, supplier_ref, kind, sku, customer_no, cost.
//!
//! - A line is written by one `write` call before the answer is given, and is not synced.
//! - A line counts once its line feed is there. An unfinished last line, of a process that was killed within the call, says nothing: its
//!   payment never happened, and nobody was told that it did.
//! - What was sent has one first line, `pending`, `paid` or `refused`. `pending` is followed by one `paid` or `refused`, `paid` by one
//!   `refunded` at most. So there is exactly one `paid` line for each payment that was really made.
//! - What becomes so by the clock is written when somebody first asks for it after that. Until then it is not so.

mod event;
mod journal;
mod line;

use std::io;
use std::path::Path;

pub use event::RecordEvent;
pub use journal::Journal;
pub use line::RecordLine;

/// A record, read whole, so that it can be held against Loket's orders.
#[derive(Clone, Debug)]
pub struct SandboxRecord {
    text: String,
}

impl SandboxRecord {
    /// Reads the record's file; the sandbox may be writing to it.
    pub fn read(path: &Path) -> io::Result<Self> {
        let mut bytes = std::fs::read(path)?;
        let finished = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        bytes.truncate(finished);
        let text = String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        Ok(Self { text })
    }

    /// Its lines, oldest first. [`io::ErrorKind::InvalidData`] for a finished line that is none of ours.
    pub fn lines(&self) -> impl Iterator<Item = io::Result<RecordLine<'_>>> {
        self.text.lines().map(RecordLine::read)
    }
}
