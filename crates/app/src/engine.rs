//! The only door to money: commands go in, are applied in batches, and are answered once their batch is on disk.
//!
//! One thread owns the store's writer. It takes one command and all that wait behind it, up to a limit, and runs them as one transaction:
//! the disk's sync is shared, and a batch's size follows the sync time by itself, without a timer. A refused command disturbs no
//! neighbour; neither does one that panics, whose batch is repeated one by one.

mod batch;
mod figures;
mod health;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use domain::command::{Ask, Command, Outcome};
use domain::refusal::Refusal;
use domain::time::Timestamp;
use parking_lot::Mutex;
use store::{StoreError, Writer};
use thiserror::Error;
use tokio::sync::oneshot;

pub use crate::engine::figures::EngineFigures;
use crate::engine::health::Health;
use crate::policy::Policy;
use crate::time::Time;

/// How often the thread looks up while nobody asks it for anything: a writer that failed is tried again then.
const TICK: Duration = Duration::from_secs(1);
/// How often an idle thread writes down what time it is.
const NOTE_TIME_EVERY: Duration = Duration::from_mins(1);

/// Why a command was not decided in the caller's favour.
#[derive(Clone, Debug, Error)]
pub enum AskError {
    /// The domain refused it; nothing was changed.
    #[error(transparent)]
    Refused(Refusal),
    /// Too much is waiting; nothing was even looked at.
    #[error("too many commands are waiting")]
    Overloaded,
    /// The store failed. Unless it says otherwise, nothing was changed.
    #[error("{0}")]
    Store(Arc<StoreError>),
    /// The engine has stopped; nothing was changed.
    #[error("the server is stopping")]
    Stopped,
}

type Verdict = Result<Outcome, AskError>;

/// A command, and who waits for it.
struct Waiting {
    command: Command,
    reply: Box<dyn FnOnce(Verdict) + Send>,
}

/// What the thread does between two batches, on the writer itself: what isn't a decision.
type Chore = Box<dyn FnOnce(&mut dyn Writer) + Send>;

/// What goes through the queue.
enum Errand {
    Command(Waiting),
    Chore(Chore),
}

/// The queue in front of the engine's thread.
pub struct Engine {
    queue: Mutex<Option<Sender<Errand>>>,
    waiting: Arc<AtomicUsize>,
    queue_limit: usize,
    health: Arc<Health>,
    time: Time,
    figures: Arc<EngineFigures>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Engine {
    /// Starts the thread that owns `writer`.
    pub fn start(writer: Box<dyn Writer>, time: Time, policy: &Policy) -> std::io::Result<Self> {
        let (queue, commands) = mpsc::channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let health = Arc::new(Health::default());
        let figures = Arc::new(EngineFigures::default());
        let mut worker = Worker {
            writer,
            time: time.clone(),
            batch_limit: policy.batch_limit.max(1),
            waiting: Arc::clone(&waiting),
            health: Arc::clone(&health),
            figures: Arc::clone(&figures),
        };
        let thread = std::thread::Builder::new().name("engine".into()).spawn(move || worker.run(&commands))?;
        Ok(Self {
            queue: Mutex::new(Some(queue)),
            waiting,
            queue_limit: policy.queue_limit,
            health,
            time,
            figures,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Asks for a command to be applied, and waits until its batch is on disk. Dropping the future does not take the command back.
    pub async fn ask<C: Ask>(&self, command: C) -> Result<C::Decision, AskError> {
        self.ask_noting(command, |_| {}).await
    }

    /// As [`Engine::ask`]; `note` sees the outcome before anybody whose command came later is answered.
    pub async fn ask_noting<C: Ask>(
        &self,
        command: C,
        note: impl FnOnce(&Outcome) + Send + 'static,
    ) -> Result<C::Decision, AskError> {
        if self.waiting.load(Ordering::Relaxed) >= self.queue_limit {
            self.figures.count_overload();
            return Err(AskError::Overloaded);
        }
        self.submit(command, note).await
    }

    /// As [`Engine::ask`], for what must not be lost because others are waiting: the answer to an attempt that was sent.
    pub async fn tell<C: Ask>(&self, command: C) -> Result<C::Decision, AskError> {
        self.submit(command, |_| {}).await
    }

    async fn submit<C: Ask>(
        &self,
        command: C,
        note: impl FnOnce(&Outcome) + Send + 'static,
    ) -> Result<C::Decision, AskError> {
        let (answer, answered) = oneshot::channel();
        let reply = Box::new(move |verdict: Verdict| {
            if let Ok(outcome) = &verdict {
                note(outcome);
            }
            // Whoever asked may be gone; what was decided stands all the same.
            let _ = answer.send(verdict);
        });
        self.enqueue(Errand::Command(Waiting { command: command.into(), reply }))?;
        let outcome = answered.await.map_err(|_| AskError::Stopped)??;
        C::read(outcome).ok_or(AskError::Stopped)
    }

    /// Forgets the oldest events that happened before a moment, at most so many; gives how many. It waits its turn among the batches.
    pub async fn forget_events(&self, before: Timestamp, limit: u32) -> Result<u32, AskError> {
        let (answer, answered) = oneshot::channel();
        let chore = move |writer: &mut dyn Writer| {
            // Whoever asked may be gone.
            let _ = answer.send(writer.forget_events(before, limit));
        };
        self.enqueue(Errand::Chore(Box::new(chore)))?;
        let forgotten = answered.await.map_err(|_| AskError::Stopped)?;
        forgotten.map_err(|error| AskError::Store(Arc::new(error)))
    }

    fn enqueue(&self, errand: Errand) -> Result<(), AskError> {
        let queue = self.queue.lock();
        let queue = queue.as_ref().ok_or(AskError::Stopped)?;
        self.waiting.fetch_add(usize::from(matches!(errand, Errand::Command(_))), Ordering::Relaxed);
        queue.send(errand).map_err(|_| AskError::Stopped)
    }

    /// Whether the last batch could be written; otherwise, why not.
    pub fn health(&self) -> Result<(), String> {
        self.health.check()
    }

    /// As [`Engine::health`], and whether the write that is under way is answered in time.
    pub fn check_answers(&self) -> Result<(), String> {
        self.health()?;
        self.health.check_answers(self.time.monotonic())
    }

    /// What the engine has done so far.
    pub fn figures(&self) -> &EngineFigures {
        &self.figures
    }

    /// How many commands wait.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Takes no more commands, finishes those that wait, and ends the thread. Blocks until then.
    pub fn stop(&self) {
        drop(self.queue.lock().take());
        if let Some(thread) = self.thread.lock().take() {
            // The thread catches panics of commands; if it panicked itself, that was logged, and there is nothing left to finish.
            let _ = thread.join();
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What the engine's thread owns.
struct Worker {
    writer: Box<dyn Writer>,
    time: Time,
    batch_limit: usize,
    waiting: Arc<AtomicUsize>,
    health: Arc<Health>,
    figures: Arc<EngineFigures>,
}

impl Worker {
    fn run(&mut self, commands: &Receiver<Errand>) {
        let mut noted_at = self.time.monotonic();
        loop {
            match commands.recv_timeout(TICK) {
                Ok(Errand::Command(first)) => self.run_batch(first, commands),
                Ok(Errand::Chore(chore)) => self.run_chore(chore),
                Err(RecvTimeoutError::Timeout) => {
                    let is_old = self.time.monotonic().saturating_sub(noted_at) >= NOTE_TIME_EVERY;
                    if is_old || self.health.check().is_err() {
                        self.note_time();
                        noted_at = self.time.monotonic();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return self.note_time(),
            }
        }
    }

    /// Writes down what time it is, so that it goes on from here after a restart: what lapsed stays lapsed, whatever the wall's clock shows.
    fn note_time(&mut self) {
        let noted = self.writer.note_time(self.time.now());
        self.health.note(&noted);
    }

    fn run_chore(&mut self, chore: Chore) {
        if catch_unwind(AssertUnwindSafe(|| chore(self.writer.as_mut()))).is_err() {
            tracing::error!("a chore between two batches panicked");
        }
    }

    fn run_batch(&mut self, first: Waiting, commands: &Receiver<Errand>) {
        let (mut batch, mut replies) = (vec![first.command], vec![first.reply]);
        let mut chore = None;
        while batch.len() < self.batch_limit {
            match commands.try_recv() {
                Ok(Errand::Command(next)) => {
                    batch.push(next.command);
                    replies.push(next.reply);
                }
                Ok(Errand::Chore(next)) => {
                    chore = Some(next);
                    break;
                }
                Err(_) => break,
            }
        }
        self.waiting.fetch_sub(batch.len(), Ordering::Relaxed);
        self.figures.count_batch(batch.len());
        self.health.note_writing(Some(self.time.monotonic()));
        let verdicts = batch::run(self.writer.as_mut(), &self.time, &self.health, &batch);
        self.health.note_writing(None);
        for (reply, verdict) in replies.into_iter().zip(verdicts) {
            reply(verdict);
        }
        if let Some(chore) = chore {
            self.run_chore(chore);
        }
    }
}
