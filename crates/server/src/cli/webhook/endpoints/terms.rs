//! What may be said of an endpoint, when it is added and later, as arguments.

use std::error::Error;

use clap::Args;
use domain::event::EventKinds;

use super::headers::HeaderArgs;
use crate::control::merchant::Clearable;
use crate::control::webhook::{EndpointSettings, EventName};

/// What isn't given stays as it was; for a new endpoint it is the default.
#[derive(Args)]
pub struct TermsArgs {
    /// The events that it wants to hear of, all of them; may be repeated [default: all of orders but order.pending]
    #[arg(long, value_name = "EVENT")]
    event: Vec<EventName>,
    /// It wants to hear of all that happens to orders; what --event names comes besides
    #[arg(long)]
    all_events: bool,
    /// What its owner calls it
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    #[command(flatten)]
    headers: HeaderArgs,
    /// How many deliveries may be under way at once [default: 8]
    #[arg(long, value_name = "N")]
    max_in_flight: Option<u32>,
    /// How many deliveries it gets a second [default: as many as it takes]
    #[arg(long, value_name = "N")]
    rate: Option<u32>,
}

impl TermsArgs {
    /// What was said.
    pub fn settings(self) -> Result<EndpointSettings, Box<dyn Error>> {
        let mut events = self.event;
        if self.all_events {
            events.extend(EventKinds::of_orders().iter().map(EventName::from));
        }
        Ok(EndpointSettings {
            description: self.description,
            events: (!events.is_empty()).then_some(events),
            headers: self.headers.read()?,
            max_in_flight: self.max_in_flight,
            rate_per_second: self.rate.map(Clearable::Set),
            ..EndpointSettings::default()
        })
    }
}
