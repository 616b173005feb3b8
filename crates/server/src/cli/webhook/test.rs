//! `loket webhook test`.

use std::process::ExitCode;

use clap::Args;

use super::super::{Outcome, shell::Shell};
use super::{Target, event_words};
use crate::control::webhook::{DeliveryProgress, EventName, TestEndpoint, Tested};

/// Send a made-up event to an endpoint, and print what it answers; exit code 0 if it arrived
#[derive(Args)]
pub struct TestArgs {
    #[command(flatten)]
    target: Target,
    /// What is said to have happened
    #[arg(long, value_name = "EVENT", default_value = "order.success")]
    event: EventName,
}

/// Sends it, and waits a little.
pub fn run(shell: &Shell, args: TestArgs) -> Outcome {
    let TestArgs { target, event } = args;
    let tested = shell.ask(TestEndpoint { endpoint: target.into(), event })?;
    shell.print(&tested, in_words)?;
    let has_arrived = tested.event.deliveries.iter().any(|delivery| delivery.state == DeliveryProgress::Delivered);
    Ok(if has_arrived { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn in_words(tested: &Tested) -> String {
    let event = &tested.event;
    let head = format!("{} as event {} to {}\n", event_words::name(event), event.number, tested.url);
    let deliveries: String = event.deliveries.iter().map(event_words::one_delivery).collect();
    let is_tried = event.deliveries.iter().any(|delivery| delivery.tries > 0);
    let wait = if is_tried {
        ""
    } else {
        "It was not its turn within 15 seconds: an endpoint that fails is left alone for up to ten minutes. The log shows what comes of it.\n"
    };
    format!("{head}{deliveries}{wait}")
}
