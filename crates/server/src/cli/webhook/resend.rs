//! `loket webhook resend`.

use clap::Args;

use super::super::{Outcome, shell::Shell};
use crate::control::webhook::{EndpointSwitch, ResendWebhook, Resent, WhichEndpoint};

/// Deliver an event once more, whether it ever arrived or not
#[derive(Args)]
pub struct ResendArgs {
    /// merchant_id or api_id
    merchant: String,
    /// The event's number, as the log shows it
    event: i64,
    /// The endpoint's number [default: the merchant's only one]
    #[arg(long, value_name = "ENDPOINT")]
    endpoint: Option<String>,
}

/// Delivers it.
pub fn run(shell: &Shell, args: ResendArgs) -> Outcome {
    let ResendArgs { merchant, event, endpoint } = args;
    let resent =
        shell.ask(ResendWebhook { endpoint: WhichEndpoint { merchant: merchant.clone(), endpoint }, event })?;
    shell.print(&resent, |resent| in_words(resent, &merchant))
}

fn in_words(resent: &Resent, merchant: &str) -> String {
    let Resent { event, endpoint_id, url, endpoint_state, next_at, .. } = resent;
    let when = match (endpoint_state, next_at) {
        (EndpointSwitch::On, Some(_)) => "goes once more now, or when a server runs".to_owned(),
        (EndpointSwitch::On, None) => "goes once more behind an earlier event of its order".to_owned(),
        (state, _) => {
            format!(
                "waits: the endpoint is {}; `loket webhook endpoints set {merchant} {endpoint_id} --on`",
                state.name()
            )
        }
    };
    format!("Event {event} to {url} {when}.\n`loket webhook log {merchant} --event {event}` shows what comes of it.\n")
}
