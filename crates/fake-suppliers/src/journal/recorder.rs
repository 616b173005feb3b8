//! The journal's writer.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use tokio::sync::watch;

use crate::journal::{Entry, Journal};

/// Adds lines to a journal: to its file, or, without one, to memory.
pub struct Recorder {
    kept: Kept,
    written: Arc<AtomicU64>,
    grown: watch::Sender<u64>,
}

enum Kept {
    Memory(Vec<Entry>),
    File { path: PathBuf, file: Arc<File> },
}

impl Recorder {
    /// Opens a journal, or begins it, and reads what stands in it. An unfinished last line is cut off.
    pub fn open(path: Option<&Path>) -> io::Result<(Self, Journal)> {
        let mut journal = Journal::default();
        let kept = match path {
            None => Kept::Memory(Vec::new()),
            Some(path) => {
                let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
                journal = Journal::read(path)?;
                file.set_len(whole_lines(path)?)?;
                Kept::File { path: path.to_owned(), file: Arc::new(file) }
            }
        };
        Ok((Self { kept, written: Arc::default(), grown: watch::Sender::new(0) }, journal))
    }

    /// Adds a line. It survives the end of this process now, and that of the machine after [`Syncer::sync`].
    pub fn append(&mut self, entry: &Entry) -> io::Result<()> {
        match &mut self.kept {
            Kept::Memory(entries) => entries.push(entry.clone()),
            Kept::File { file, .. } => {
                let mut line = serde_json::to_vec(entry)?;
                line.push(b'\n');
                file.as_ref().write_all(&line)?;
            }
        }
        let written = self.written.fetch_add(1, Ordering::SeqCst) + 1;
        self.grown.send_replace(written);
        Ok(())
    }

    /// All lines.
    pub fn journal(&self) -> io::Result<Journal> {
        match &self.kept {
            Kept::Memory(entries) => Ok(Journal { entries: entries.clone() }),
            Kept::File { path, .. } => Journal::read(path),
        }
    }

    /// Changes with every line.
    pub fn grown(&self) -> watch::Receiver<u64> {
        self.grown.subscribe()
    }

    /// What brings the lines to the disk.
    pub fn syncer(&self) -> Syncer {
        let file = match &self.kept {
            Kept::Memory(_) => None,
            Kept::File { file, .. } => Some(Arc::clone(file)),
        };
        Syncer { file, written: Arc::clone(&self.written), synced: Mutex::new(0) }
    }
}

fn whole_lines(path: &Path) -> io::Result<u64> {
    let bytes = std::fs::read(path)?;
    let end = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    Ok(u64::try_from(end).unwrap_or_default())
}

/// Brings the lines to the disk. Many who wait at once share one visit.
pub struct Syncer {
    file: Option<Arc<File>>,
    written: Arc<AtomicU64>,
    synced: Mutex<u64>,
}

impl Syncer {
    /// Without a file there is nothing to do.
    pub const fn has_file(&self) -> bool {
        self.file.is_some()
    }

    /// Returns when every line that was added before is on disk.
    pub fn sync(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let wanted = self.written.load(Ordering::SeqCst);
        let mut synced = self.synced.lock();
        if *synced < wanted {
            let reached = self.written.load(Ordering::SeqCst);
            file.sync_data()?;
            *synced = reached;
        }
        Ok(())
    }
}
