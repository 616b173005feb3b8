//! The bodies of `/v1/webhooks` and `/v1/events`.

use domain::endpoint::limits::{HIGHEST_RATE, LONGEST_DESCRIPTION, MOST_HEADERS, MOST_IN_FLIGHT};
use domain::event::EventKind;
use serde_json::{Map, Value, json};

use super::requests::{boolean, moment, schema, signed, text};
use crate::http::parameters::{LIMIT_MAX, LOG_PER_PAGE_MAX};

/// The bodies of `/v1/webhooks`, by their names.
pub const REQUESTS: &[&str] = &[
    "WebhooksRequest",
    "WebhookAddRequest",
    "WebhookSetRequest",
    "WebhookSecretRequest",
    "WebhookRemoveRequest",
    "WebhookLogRequest",
    "WebhookEventRequest",
    "WebhookResendRequest",
    "WebhookRecoverRequest",
    "WebhookTestRequest",
];

/// An example for each `cmd` of `/v1/webhooks`.
pub fn examples() -> Value {
    let id = "7466381123584";
    let mut examples = Map::new();
    for parameters in [
        json!({ "cmd": "webhooks" }),
        json!({
            "cmd": "webhook-add", "url": "https://toko.example.com/webhook", "description": "Toko",
            "events": ["order.success", "order.failed"], "headers": { "X-Api-Key": "rahasia" }
        }),
        json!({ "cmd": "webhook-set", "id": id, "max_in_flight": 4, "status": "off" }),
        json!({ "cmd": "webhook-secret", "id": id, "rotate": true }),
        json!({ "cmd": "webhook-remove", "id": id }),
        json!({ "cmd": "webhook-log", "status": "pending", "per_page": 20 }),
        json!({ "cmd": "webhook-event", "number": 17 }),
        json!({ "cmd": "webhook-resend", "id": id, "number": 17 }),
        json!({ "cmd": "webhook-recover", "id": id, "since": "2026-05-31 10:00:00" }),
        json!({ "cmd": "webhook-test", "id": id, "event": "order.success" }),
    ] {
        let name = parameters.get("cmd").and_then(Value::as_str).unwrap_or_default().to_owned();
        examples.insert(name, json!({ "value": signed(parameters) }));
    }
    Value::Object(examples)
}

/// Every body's schema, by its name.
pub fn schemas() -> Vec<(String, Value)> {
    let cmd = |name: &str| ("cmd", json!({ "type": "string", "enum": [name] }));
    let mut add = vec![cmd("webhook-add")];
    add.extend(terms());
    let mut set = vec![cmd("webhook-set"), id()];
    set.extend(terms());
    set.push((
        "status",
        json!({ "type": "string", "enum": ["on", "off"], "description": "Whether it is delivered to." }),
    ));
    let states = json!({ "type": "string", "enum": ["pending", "delivered", "given_up"] });
    let rotate = boolean("Give it a new secret; the old one signs beside it for 24 hours.");
    let per_page = json!({ "type": "integer", "minimum": 1, "maximum": LOG_PER_PAGE_MAX, "default": 20 });
    let after =
        json!({ "type": "integer", "minimum": 0, "default": 0, "description": "`meta.next` of the call before." });
    let place = json!({
        "description": "Only events with greater numbers: `meta.next` of the call before. `newest`: nothing but where the newest stands.",
        "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "string", "enum": ["newest"] }],
        "default": 0,
    });
    let limit = json!({ "type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": 100 });
    vec![
        schema("WebhooksRequest", &["cmd"], vec![cmd("webhooks")]),
        schema("WebhookAddRequest", &["cmd", "url"], add),
        schema("WebhookSetRequest", &["cmd", "id"], set),
        schema("WebhookSecretRequest", &["cmd", "id"], vec![cmd("webhook-secret"), id(), ("rotate", rotate)]),
        schema("WebhookRemoveRequest", &["cmd", "id"], vec![cmd("webhook-remove"), id()]),
        schema(
            "WebhookLogRequest",
            &["cmd"],
            vec![
                cmd("webhook-log"),
                id(),
                ("status", states),
                ("before", number("Only events with smaller numbers: `meta.next` of the call before.")),
                ("per_page", per_page),
            ],
        ),
        schema("WebhookEventRequest", &["cmd", "number"], vec![cmd("webhook-event"), event_number()]),
        schema("WebhookResendRequest", &["cmd", "id", "number"], vec![cmd("webhook-resend"), id(), event_number()]),
        schema(
            "WebhookRecoverRequest",
            &["cmd", "id", "since"],
            vec![
                cmd("webhook-recover"),
                id(),
                ("since", moment("What happened from then on and never arrived.")),
                ("after", after),
            ],
        ),
        schema("WebhookTestRequest", &["cmd", "id"], vec![cmd("webhook-test"), id(), ("event", event_name())]),
        schema("EventsRequest", &["cmd"], vec![cmd("events"), ("after", place), ("limit", limit)]),
    ]
}

/// What an endpoint's owner says of it.
fn terms() -> Vec<(&'static str, Value)> {
    vec![
        ("url", text("Where: https, and a public address.")),
        (
            "description",
            json!({ "type": "string", "maxLength": LONGEST_DESCRIPTION, "pattern": r"^[^\u0000-\u001f\u007f-\u009f]*$" }),
        ),
        (
            "events",
            json!({
                "type": "array", "items": event_name(), "minItems": 1,
                "description": "What it is told of; all of orders but `order.pending` unless something is said.",
            }),
        ),
        (
            "headers",
            json!({
                "description": "Headers that are sent besides, all of them: names and values. An empty list is an empty object.",
                "anyOf": [
                    { "type": "object", "maxProperties": MOST_HEADERS, "additionalProperties": { "type": "string" } },
                    { "type": "array", "maxItems": 0 },
                ],
            }),
        ),
        (
            "max_in_flight",
            json!({
                "type": "integer", "minimum": 1, "maximum": MOST_IN_FLIGHT,
                "description": "How many deliveries may be under way at once; 8 unless something is said.",
            }),
        ),
        (
            "rate_per_second",
            json!({
                "type": "integer", "minimum": 0, "maximum": HIGHEST_RATE,
                "description": "Deliveries a second at most; 0: as many as it takes.",
            }),
        ),
    ]
}

fn id() -> (&'static str, Value) {
    (
        "id",
        json!({ "type": "string", "pattern": "^[0-9]{1,18}$", "description": "The webhook's.", "example": "7466381123584" }),
    )
}

fn event_number() -> (&'static str, Value) {
    ("number", number("The event's."))
}

fn number(description: &str) -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": i64::MAX, "description": description, "example": 17 })
}

fn event_name() -> Value {
    json!({ "type": "string", "enum": EventKind::ALL.map(EventKind::name) })
}
