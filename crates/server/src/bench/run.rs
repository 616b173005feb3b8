//! One run, from the first connection to the report.

use std::sync::Arc;
use std::time::Duration;

use app::Tasks;
use app::seams::{Clock, Random, SystemRandom};
use parking_lot::Mutex;

use super::BenchError;
use super::balances::{Balances, Reckoning};
use super::connection::Connection;
use super::machine::{LoadAverage, processor_name, processors};
use super::meters::Meters;
use super::numbers::Numbers;
use super::pace::Pace;
use super::plan::{Extent, Plan};
use super::progress::Progress;
use super::receivers::{Arrivals, Receivers, WebhookReport, register};
use super::recorder::Recorder;
use super::recovery::{Recovery, watch_recovery};
use super::report::{Machine, Report, Setup, Use, micros, per_second};
use super::request::RequestWriter;
use super::window::Window;
use super::worker::{Run, Worker};
use crate::disk::measure_sync;

/// How often the progress is shown.
const LOOK_PAUSE: Duration = Duration::from_millis(200);
/// How long answers may take that are still awaited when the window ends.
const DRAIN_TIME: Duration = Duration::from_mins(1);

/// Makes a run, on one thread: the generator is to leave the processors to the server.
pub fn run(plan: Plan, clock: Arc<dyn Clock>) -> Result<Report, BenchError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(plan, clock))
}

async fn measure(plan: Plan, clock: Arc<dyn Clock>) -> Result<Report, BenchError> {
    let measured_at = clock.wall().wib().to_string();
    let load_before = LoadAverage::read();
    let sync = measure_sync(&plan.sync_directory, &*clock)
        .map_err(|error| BenchError::NoSync { directory: plan.sync_directory.clone(), error })?;
    let connections = connect(&plan).await?;
    let balances_before = if plan.is_testing { None } else { Some(Balances::read(&plan, &*clock).await?) };
    let receivers = receive(&plan, &clock).await?;
    let in_flight = Tasks::default();
    let run = start(plan, clock, connections, &in_flight);
    let arrivals = receivers.as_ref().map(|receivers| &*receivers.arrivals);
    let (window, meters) = watch(&run, &in_flight, arrivals).await?;
    let webhooks = arrivals.map(|arrivals| webhook_report(&run.plan, arrivals, window));
    let (unanswered, recovery) = tokio::join!(drain(&run, &in_flight), recover(&run));
    let balances = match balances_before {
        Some(before) => Some(reckon(&run, &before).await),
        None => None,
    };

    let machine = Machine {
        measured_at,
        processor: processor_name(),
        processors: processors(),
        load_before,
        load_after: LoadAverage::read(),
        sync_directory: run.plan.sync_directory.clone(),
        sync_us: micros(sync),
    };
    Ok(Report { recovery, webhooks, balances, ..report(&run, window, meters, unanswered, machine) })
}

/// All connections, open before anything is measured.
async fn connect(plan: &Plan) -> Result<Vec<Connection>, BenchError> {
    let mut connections = Vec::with_capacity(plan.connections);
    for _ in 0..plan.connections {
        let opened = Connection::open(&plan.address.socket()).await;
        connections.push(opened.map_err(|error| BenchError::unconnected(&plan.address, error))?);
    }
    Ok(connections)
}

/// The receivers of the run, entered as its merchants' endpoints.
async fn receive(plan: &Plan, clock: &Arc<dyn Clock>) -> Result<Option<Receivers>, BenchError> {
    let count = plan.receivers.min(plan.merchants.count());
    if count == 0 {
        return Ok(None);
    }
    let receivers = Receivers::open(count, plan.dead_receivers, Arc::clone(clock)).await?;
    let mut requests = RequestWriter::new(plan.address.clone(), false);
    let mut connection = Connection::open(&plan.address.socket()).await?;
    let merchants = plan.merchants.iter();
    register(merchants, &receivers.addresses, &mut requests, &mut connection, || clock.wall()).await?;
    Ok(Some(receivers))
}

fn webhook_report(plan: &Plan, arrivals: &Arrivals, window: Duration) -> WebhookReport {
    let delay = arrivals.summary();
    let receivers = plan.receivers.min(plan.merchants.count());
    WebhookReport {
        receivers,
        dead: plan.dead_receivers.min(receivers),
        received_per_second: per_second(delay.map_or(0, |delay| delay.count), window),
        delay,
    }
}

/// Sets all workers, and what paces them, to work.
fn start(plan: Plan, clock: Arc<dyn Clock>, connections: Vec<Connection>, in_flight: &Tasks) -> Arc<Run> {
    let begins = clock.monotonic() + plan.warmup;
    let (ends, count) = match plan.extent {
        Extent::Time(span) => (begins + span, u64::MAX),
        Extent::Count(count) => (Duration::MAX, count),
    };
    let window = Window { begins, ends };
    let run = Arc::new(Run {
        pace: Pace::new(Arc::clone(&clock), window, count, plan.rate),
        numbers: Numbers::new(&SystemRandom),
        recorder: Mutex::new(Recorder::new(window)),
        plan,
        clock,
    });
    for connection in connections {
        in_flight.spawn(Worker::new(Arc::clone(&run), Some(connection), seed()).work());
    }
    if run.plan.rate.is_some() {
        let run = Arc::clone(&run);
        // It ends with the run, and is not waited for: it has nothing to say.
        drop(std::thread::spawn(move || run.pace.let_arrive()));
    }
    run
}

fn seed() -> u64 {
    let mut seed = [0; 8];
    SystemRandom.fill(&mut seed);
    u64::from_le_bytes(seed)
}

/// Waits until the window is over, and meters it. Returns how long it really was.
async fn watch(run: &Run, in_flight: &Tasks, arrivals: Option<&Arrivals>) -> Result<(Duration, Meters), BenchError> {
    let progress = Progress::new(run.plan.extent);
    run.clock.sleep(run.plan.warmup).await;
    if let Some(arrivals) = arrivals {
        arrivals.begin();
    }
    let before = Meters::read(run.plan.server_pid)?;
    let window = run.recorder.lock().window();
    loop {
        let now = run.clock.monotonic();
        let elapsed = now.saturating_sub(window.begins);
        progress.show(run.recorder.lock().done, elapsed, run.plan.scenario.units());
        let pause = window.ends.saturating_sub(now).min(LOOK_PAUSE);
        tokio::select! {
            () = in_flight.finished() => break,
            () = run.clock.sleep(pause) => if pause.is_zero() { break },
        }
    }
    progress.finish();
    let used = Meters::read(run.plan.server_pid)?.since(&before);
    let end = window.ends.min(run.clock.monotonic());
    run.recorder.lock().end(end);
    Ok((end.saturating_sub(window.begins), used))
}

/// Lets what is under way end. Returns how much doesn't.
async fn drain(run: &Run, in_flight: &Tasks) -> u64 {
    run.pace.stop();
    tokio::select! {
        () = in_flight.finished() => 0,
        () = run.clock.sleep(DRAIN_TIME) => run.recorder.lock().under_way,
    }
}

/// What the merchants were told, against their balances. What was measured is worth telling even where these can't be read.
async fn reckon(run: &Run, before: &Balances) -> Reckoning {
    match Balances::read(&run.plan, &*run.clock).await {
        Ok(after) => after.compare(before, &run.plan.merchants, &run.recorder.lock().spending),
        Err(error) => Reckoning { unread: Some(error.to_string()), ..Reckoning::default() },
    }
}

/// Waits, if that is asked for, until the server is as it was before the load.
async fn recover(run: &Arc<Run>) -> Option<Recovery> {
    let normal_within = run.plan.normal_within?;
    Some(watch_recovery(Worker::new(Arc::clone(run), None, seed()), normal_within).await)
}

fn report(run: &Run, window: Duration, meters: Meters, unanswered: u64, machine: Machine) -> Report {
    let recorder = run.recorder.lock();
    let plan = &run.plan;
    let used = |reading| Use::new(reading, recorder.done, recorder.answered);
    let steps = recorder.steps.iter();
    Report {
        setup: Setup {
            url: plan.address.to_string(),
            scenario: plan.scenario,
            connections: plan.connections,
            rate: plan.rate,
            merchants: plan.merchants.count(),
            spread: plan.spread,
            testing: plan.is_testing,
            warmup_ms: micros(plan.warmup) / 1_000,
        },
        window_ms: micros(window) / 1_000,
        done: recorder.done,
        done_per_second: per_second(recorder.done, window),
        answered: recorder.answered,
        answered_per_second: per_second(recorder.answered, window),
        unit_latency: recorder.units.summary(),
        step_latency: steps.filter_map(|(step, latencies)| Some((*step, latencies.summary()?))).collect(),
        refusal_latency: recorder.refusals.summary(),
        sent_success_latency: recorder.sent_successes.summary(),
        sent_refusal_latency: recorder.sent_refusals.summary(),
        delay: plan.rate.and_then(|_| recorder.delays.summary()),
        lateness: plan.rate.and_then(|_| recorder.lateness.summary()),
        codes: recorder.codes.clone(),
        broken: recorder.broken,
        unanswered,
        given_up: run.pace.given_up(),
        recovery: None,
        webhooks: None,
        balances: None,
        books: None,
        done_in_all: recorder.done_in_all,
        generator: used(meters.generator),
        server: meters.server.map(used),
        machine,
    }
}
