//! One event and what came of it, in words.

use std::fmt::Write;

use clap::ValueEnum;

use super::super::output;
use crate::control::webhook::{DeliveryProgress, DeliveryShown, EventShown, TryShown};

/// How much of an answer is shown: the whole is in the JSON.
const ANSWER_LINES: usize = 10;
const ANSWER_WIDTH: usize = 160;

/// What happened, by its name on the wire.
pub fn name(event: &EventShown) -> String {
    event.event.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// What came of a try; `None` if there was none.
pub fn came_of_it(status: Option<u16>, fault: Option<&str>) -> Option<String> {
    match (status, fault) {
        (Some(status), None) => Some(status.to_string()),
        (Some(status), Some(fault)) => Some(format!("{status}, {fault}")),
        (None, fault) => fault.map(ToOwned::to_owned),
    }
}

/// The event with its body, and every try at every endpoint.
pub fn one(event: &EventShown) -> String {
    let mut text = output::list(&[
        ("event", Some(event.number.to_string())),
        ("what", Some(name(event))),
        ("webhook-id", Some(event.webhook_id.clone())),
        ("order", event.order_id.map(|order_id| order_id.to_string())),
        ("ref_id", event.ref_id.clone()),
        ("time", Some(event.created_at.clone())),
    ]);
    if let Some(body) = &event.body {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\n{}", printable(body));
    }
    if event.deliveries.is_empty() {
        text.push_str("\nIt is meant for no endpoint.\n");
    }
    for delivery in &event.deliveries {
        text.push('\n');
        text.push_str(&one_delivery(delivery));
    }
    text
}

/// How far it has come to one endpoint, and every try.
pub fn one_delivery(delivery: &DeliveryShown) -> String {
    let state = match (delivery.state, &delivery.next_at) {
        (DeliveryProgress::Delivered, _) => "delivered".to_owned(),
        (DeliveryProgress::GivenUp, _) => "given up".to_owned(),
        (DeliveryProgress::Pending, Some(at)) => format!("pending, next try {at}"),
        (DeliveryProgress::Pending, None) => "pending, behind an earlier event of the same order".to_owned(),
    };
    let tries = delivery.log.iter().flatten().map(one_try);
    format!("endpoint {}: {state}\n{}", delivery.endpoint_id, tries.collect::<String>())
}

/// When it began, what came of it, and the first lines of the answer.
fn one_try(one: &TryShown) -> String {
    let result = came_of_it(one.status, one.fault.as_deref()).unwrap_or_default();
    let next = one.next_at.as_deref().map(|at| format!("; next try {at}")).unwrap_or_default();
    let mut text = format!("  {}  try {}, {} ms: {result}{next}\n", one.began_at, one.number, one.took_ms);
    let mut lines = one.answer.trim_end().lines();
    for line in lines.by_ref().take(ANSWER_LINES) {
        let is_cut = line.chars().nth(ANSWER_WIDTH).is_some();
        let shown: String = line.chars().take(ANSWER_WIDTH).collect();
        let _ = writeln!(text, "    < {}{}", printable(&shown), if is_cut { " …" } else { "" });
    }
    if lines.next().is_some() {
        text.push_str("    < …\n");
    }
    text
}

/// What a receiver answered may be meant for our terminal; nothing but letters gets there.
fn printable(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(answer: &str) -> String {
        one_try(&TryShown {
            number: 2,
            began_at: "2026-05-31 10:40:02".to_owned(),
            took_ms: 12,
            status: Some(500),
            answer: answer.to_owned(),
            fault: None,
            next_at: Some("2026-05-31 10:40:07".to_owned()),
        })
    }

    #[test]
    fn a_try_is_a_line_and_the_beginning_of_its_answer() {
        let head = "  2026-05-31 10:40:02  try 2, 12 ms: 500; next try 2026-05-31 10:40:07\n";
        assert_eq!(answered(""), head);
        assert_eq!(answered("Oops\n\u{1b}[2J\n"), format!("{head}    < Oops\n    < \u{fffd}[2J\n"));
        let long = answered(&"é".repeat(200));
        assert!(long.ends_with(&format!("    < {} …\n", "é".repeat(ANSWER_WIDTH))), "{long}");
        let many = answered(&"line\n".repeat(11));
        assert_eq!(many.matches("    < line\n").count(), ANSWER_LINES);
        assert!(many.ends_with("    < …\n"), "{many}");
    }
}
