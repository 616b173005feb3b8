//! `loket webhook log`.

use clap::{Args, ValueEnum};

use super::super::output::{self, or_dash};
use super::super::{Outcome, shell::Shell};
use super::event_words;
use crate::control::webhook::{DeliveryProgress, DeliveryShown, EventShown, ReadWebhookLog, ShowWebhookEvent};

/// Show what a merchant was told, newest first, or one event with every try to deliver it
#[derive(Args)]
pub struct LogArgs {
    /// merchant_id or api_id
    merchant: String,
    /// This event alone, with its body and every try
    #[arg(long, value_name = "N", conflicts_with_all = ["endpoint", "state", "limit", "before"])]
    event: Option<i64>,
    /// Only what is meant for this endpoint
    #[arg(long, value_name = "ENDPOINT")]
    endpoint: Option<String>,
    /// Only what has come so far
    #[arg(long)]
    state: Option<DeliveryProgress>,
    /// How many events at most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    limit: u32,
    /// Only events with numbers below this one: the page that follows
    #[arg(long, value_name = "N")]
    before: Option<i64>,
}

/// Shows it.
pub fn run(shell: &Shell, args: LogArgs) -> Outcome {
    let LogArgs { merchant, event, endpoint, state, limit, before } = args;
    if let Some(event) = event {
        return shell.print(&shell.ask(ShowWebhookEvent { merchant, event })?, event_words::one);
    }
    let events = shell.ask(ReadWebhookLog { merchant, endpoint, state, before, limit })?;
    shell.print(&events, |events| table(events))
}

/// A line for each event and endpoint; an event that is meant for nobody has one too.
fn table(events: &[EventShown]) -> String {
    let header = ["TIME", "EVENT", "WHAT", "REF_ID", "ENDPOINT", "STATE", "TRIES", "LAST", "NEXT TRY"];
    let rows = events.iter().flat_map(|event| {
        let deliveries: Vec<Option<&DeliveryShown>> = match event.deliveries.as_slice() {
            [] => vec![None],
            deliveries => deliveries.iter().map(Some).collect(),
        };
        deliveries.into_iter().map(|delivery| row(event, delivery))
    });
    output::table(header, rows)
}

fn row(event: &EventShown, delivery: Option<&DeliveryShown>) -> [String; 9] {
    let about = |text: fn(&DeliveryShown) -> Option<String>| or_dash(delivery.and_then(text).as_deref());
    [
        event.created_at.clone(),
        event.number.to_string(),
        event_words::name(event),
        or_dash(event.ref_id.as_deref()),
        about(|delivery| Some(delivery.endpoint_id.clone())),
        delivery.map_or_else(|| "for nobody".to_owned(), |delivery| progress(delivery.state)),
        about(|delivery| Some(delivery.tries.to_string())),
        about(|delivery| event_words::came_of_it(delivery.last_status, delivery.last_fault.as_deref())),
        about(|delivery| delivery.next_at.clone()),
    ]
}

/// As it is written on the command line.
fn progress(progress: DeliveryProgress) -> String {
    progress.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
