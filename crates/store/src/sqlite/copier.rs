//! A thread that copies from the log into the file while the writer goes on.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

use rusqlite::Connection;

use crate::StoreError;
use crate::sqlite::checkpoint;
use crate::sqlite::statements::Statements;

/// Copies when it is told to, one time after the other.
#[derive(Debug)]
pub struct Copier {
    /// `None` only while this is dropped.
    begin: Option<Sender<()>>,
    ends: Receiver<Result<(), StoreError>>,
    is_copying: bool,
    /// What came of the last time, if nobody has asked yet.
    ended: Option<Result<(), StoreError>>,
    thread: Option<JoinHandle<()>>,
}

impl Copier {
    /// Starts the thread, which copies through a connection of its own.
    pub fn start(connection: Connection) -> Result<Self, StoreError> {
        let (begin, begins) = channel();
        let (end, ends) = channel();
        let copy = move || {
            while begins.recv().is_ok() {
                let copied = checkpoint::copy(&Statements::of(&connection));
                if end.send(copied).is_err() {
                    return;
                }
            }
        };
        let thread = Builder::new()
            .name("checkpoints".into())
            .spawn(copy)
            .map_err(|error| StoreError::Engine(format!("no thread can be started: {error}")))?;
        Ok(Self { begin: Some(begin), ends, is_copying: false, ended: None, thread: Some(thread) })
    }

    /// Begins to copy all that is in the log now.
    pub fn begin(&mut self) {
        self.is_copying = self.begin.as_ref().is_some_and(|begin| begin.send(()).is_ok());
    }

    /// Whether it copies, as far as was heard.
    pub const fn is_copying(&self) -> bool {
        self.is_copying
    }

    /// What came of the last time, once after each.
    pub fn ended(&mut self) -> Option<Result<(), StoreError>> {
        if let Ok(copied) = self.ends.try_recv() {
            self.note(copied);
        }
        self.ended.take()
    }

    /// Waits until it has copied, if it does.
    pub fn wait(&mut self) {
        if self.is_copying {
            let gone = |_| Err(StoreError::Engine("the thread that copies the log has ended".to_owned()));
            let copied = self.ends.recv().unwrap_or_else(gone);
            self.note(copied);
        }
    }

    fn note(&mut self, copied: Result<(), StoreError>) {
        self.is_copying = false;
        self.ended = Some(copied);
    }
}

impl Drop for Copier {
    /// The writer's connection is the last to be closed: it empties the log.
    fn drop(&mut self) {
        self.begin = None;
        if let Some(thread) = self.thread.take() {
            // It doesn't panic.
            let _ = thread.join();
        }
    }
}
