//! Endpoints in words.

use clap::ValueEnum;

use super::super::super::output::{self, or_dash};
use crate::control::webhook::{EndpointShown, EndpointSwitch, EventName};

/// All of them, a line each.
pub fn table(endpoints: &[EndpointShown]) -> String {
    output::table(
        ["ENDPOINT", "URL", "STATE", "FAILS SINCE", "EVENTS", "DESCRIPTION"],
        endpoints.iter().map(|endpoint| {
            [
                endpoint.endpoint_id.clone(),
                endpoint.url.clone(),
                endpoint.state.name().to_owned(),
                or_dash(endpoint.failing_since.as_deref()),
                events(&endpoint.events, " "),
                endpoint.description.clone(),
            ]
        }),
    )
}

/// One, a line for each of its members.
pub fn one(endpoint: &EndpointShown) -> String {
    let headers = endpoint.headers.iter().map(|header| format!("{}: {}", header.name, header.value));
    let headers = headers.collect::<Vec<_>>().join(", ");
    output::list(&[
        ("endpoint", Some(endpoint.endpoint_id.clone())),
        ("merchant", Some(endpoint.merchant_id.clone())),
        ("url", Some(endpoint.url.clone())),
        ("description", Some(endpoint.description.clone()).filter(|text| !text.is_empty())),
        ("state", Some(state(endpoint))),
        ("events", Some(events(&endpoint.events, ", "))),
        ("headers", Some(if headers.is_empty() { "none of its own".to_owned() } else { headers })),
        ("under way at most", Some(endpoint.max_in_flight.to_string())),
        (
            "rate",
            Some(endpoint.rate_per_second.map_or("as many as it takes".to_owned(), |rate| format!("{rate} a second"))),
        ),
        ("secret", endpoint.secret.clone()),
        ("old secret until", endpoint.old_secret_until.clone()),
        ("added", Some(endpoint.created_at.clone())),
        ("changed", Some(endpoint.updated_at.clone())),
    ])
}

/// Whether it is delivered to; if not, why not.
fn state(endpoint: &EndpointShown) -> String {
    let state = endpoint.state.name();
    let since = endpoint.failing_since.as_deref();
    match (endpoint.state, since) {
        (EndpointSwitch::On, Some(since)) => format!("{state}, but every delivery since {since} failed"),
        (EndpointSwitch::Failing, Some(since)) => format!("{state}: disabled, since nothing arrived from {since} on"),
        (EndpointSwitch::Gone, _) => format!("{state}: disabled, since it answered 410"),
        (EndpointSwitch::On | EndpointSwitch::Off | EndpointSwitch::Failing, _) => state.to_owned(),
    }
}

fn events(events: &[EventName], between: &str) -> String {
    let names = events.iter().filter_map(|event| Some(event.to_possible_value()?.get_name().to_owned()));
    names.collect::<Vec<_>>().join(between)
}
