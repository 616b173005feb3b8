//! One connection's work: unit after unit, at the run's pace.

use std::sync::Arc;
use std::time::Duration;

use app::seams::{Clock, Random, SeededRandom};
use parking_lot::Mutex;

use super::asked::Asked;
use super::beginning::Beginning;
use super::connection::Connection;
use super::numbers::{Numbers, Order};
use super::pace::Pace;
use super::plan::Plan;
use super::recorder::Recorder;
use super::request::RequestWriter;

/// Between two attempts to connect, so that a server that is gone costs nothing.
const RECONNECT_PAUSE: Duration = Duration::from_millis(100);

/// What all connections of a run share.
pub struct Run {
    /// What is to be done.
    pub plan: Plan,
    /// When.
    pub pace: Pace,
    /// With which numbers.
    pub numbers: Numbers,
    /// What came of it. One thread does everything, so nobody ever waits for this lock.
    pub recorder: Mutex<Recorder>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// Works on one connection.
pub struct Worker {
    run: Arc<Run>,
    connection: Option<Connection>,
    writer: RequestWriter,
    random: SeededRandom,
    order: Order,
}

impl Worker {
    /// A worker with its connection, or one that makes it. Workers with different seeds draw differently.
    pub fn new(run: Arc<Run>, connection: Option<Connection>, seed: u64) -> Self {
        let writer = RequestWriter::new(run.plan.address.clone(), run.plan.is_testing);
        let random = SeededRandom::new(seed);
        Self { run, connection, writer, random, order: Order::default() }
    }

    /// Works until nothing is to begin any more.
    pub async fn work(mut self) {
        let mut free_since = self.run.clock.monotonic();
        while let Some(planned) = self.run.pace.next().await {
            self.do_unit(planned, free_since).await;
            free_since = self.run.clock.monotonic();
        }
    }

    /// Does one unit, up to the first request that isn't done. Returns how long the whole of it took, if all were.
    pub async fn do_unit(&mut self, planned: Duration, free_since: Duration) -> Option<Duration> {
        let run = Arc::clone(&self.run);
        let steps = run.plan.scenario.steps(self.draw());
        let merchant = run.plan.merchants.draw(self.draw());
        run.numbers.next_into(&mut self.order);
        let beginning = Beginning { planned, free_since, now: run.clock.monotonic() };
        run.recorder.lock().unit_began(beginning);
        let mut connection = self.connected().await?;

        let (mut began, mut sent) = (planned, beginning.now);
        for &step in steps {
            let asked = Asked { step, merchant: merchant.number, began, sent };
            run.recorder.lock().asked(asked);
            let request = self.writer.write(step, &self.order, merchant, run.clock.wall().seconds());
            let answer = connection.exchange(request).await;
            let ended = run.clock.monotonic();
            let mut recorder = run.recorder.lock();
            let Ok(answer) = answer else {
                recorder.broken(ended);
                return None;
            };
            if !recorder.answered(asked, answer, ended) {
                self.connection = Some(connection);
                return None;
            }
            (began, sent) = (ended, ended);
        }
        run.recorder.lock().unit_done(planned, began);
        self.connection = Some(connection);
        Some(began.saturating_sub(planned))
    }

    /// The run's clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.run.clock
    }

    /// Takes the connection, or makes one where the last one broke. Whoever still has it afterwards puts it back.
    async fn connected(&mut self) -> Option<Connection> {
        if let Some(connection) = self.connection.take() {
            return Some(connection);
        }
        let opened = Connection::open(&self.run.plan.address.socket()).await.ok();
        if opened.is_none() {
            self.run.recorder.lock().broken(self.run.clock.monotonic());
            self.run.clock.sleep(RECONNECT_PAUSE).await;
        }
        opened
    }

    fn draw(&self) -> u64 {
        let mut bytes = [0; 8];
        self.random.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }
}
