//! The times and limits that an operator may set.

use std::time::Duration;

/// How long things may take, and how many may be under way.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// How far a request's timestamp may be from the server's clock, either way.
    pub timestamp_window: Duration,
    /// How long an answer to a merchant waits for the supplier before it says *pending*.
    pub answer_within: Duration,
    /// How long an accepted attempt may wait before its bytes leave.
    pub send_within: Duration,
    /// How long one call to a supplier may take.
    pub supplier_limit: Duration,
    /// How much longer than that until an attempt whose sender is gone may be asked about.
    pub lost_margin: Duration,
    /// How long after it was accepted an order that is still pending is left to a person.
    pub ask_for: Duration,
    /// How long the pauses between questions about one order are, in per cent of what its supplier asks for.
    pub pace_percent: u32,
    /// How often the status worker looks for attempts that are due.
    pub check_every: Duration,
    /// How often suppliers' price lists are taken over; `None`: never.
    pub sync_every: Option<Duration>,
    /// How many deliveries to merchants may be under way at once.
    pub webhooks_in_flight: usize,
    /// How long the pauses between tries of a delivery are, in per cent of the contract's.
    pub webhook_pace_percent: u32,
    /// How many days events, and the log of their delivery, are kept.
    pub webhook_days: u32,
    /// Of several nodes on one database: for how long a node counts on the work that it holds after it was last able to say that it is there.
    pub lease_time: Duration,
    /// How many commands may wait for the engine; beyond that, requests are `OVERLOADED`.
    pub queue_limit: usize,
    /// How many commands one batch takes at most.
    pub batch_limit: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            timestamp_window: Duration::from_mins(5),
            answer_within: Duration::from_secs(25),
            send_within: Duration::from_secs(10),
            supplier_limit: Duration::from_mins(1),
            lost_margin: Duration::from_mins(1),
            ask_for: Duration::from_hours(48),
            pace_percent: 100,
            check_every: Duration::from_millis(500),
            sync_every: Some(Duration::from_hours(1)),
            webhooks_in_flight: 2_048,
            webhook_pace_percent: 100,
            webhook_days: 30,
            lease_time: Duration::from_secs(10),
            queue_limit: 10_000,
            batch_limit: 512,
        }
    }
}
