//! The description of the API, from the shapes, codes and limits that the server really has.
//!
//! The committed copy is `docs/openapi.json`; a test compares it. To write it anew:
//! `LOKET_WRITE_OPENAPI=1 cargo test -p server openapi`.

mod answers;
mod calls;
mod requests;
mod webhooks;

use serde_json::{Map, Value, json};
use utoipa::PartialSchema;

use super::payloads::{
    BalanceData, BillPaymentData, DeliveryData, DeliveryTryData, EndpointData, EndpointSecretData, EventData,
    EventHistoryData, InquiryData, LoggedEventData, MutationData, ProductData, PurchaseData, RecoveryData, RemovedData,
    ResentData,
};
use calls::CALLS;

const ABOUT: &str = "Loket checks and pays bills, and sells prepaid products, for merchants' programs. \
Every call is a `POST` of one JSON object that carries its own authentication: `api_id`, `timestamp` and `signature`.\n\n\
**Signature.** Take all members but those three, sort them by key, and write them as compact JSON as PHP's \
`json_encode(…, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES)` does; without any, take the empty string. \
`body_hash` is its SHA-256 in lower-case hex. The signature is the HMAC-SHA256 of `api_id|api_key|timestamp|body_hash`, keyed with \
`secret_key`, in lower-case hex. With `\"testing\": true` a wrong signature is answered with the canonical body that the server saw.\n\n\
**HTTP status.** 2xx: the inquiry or order exists, and `data` is its state, whatever it is. 4xx: this request created nothing. \
5xx: not known; send the same parameters again, freshly signed, with the same `ref_id`, which is always safe.";

/// The description as it is served.
pub fn text() -> String {
    let description = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Loket API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
        },
        "tags": [{ "name": "Calls" }, { "name": "Health" }],
        "paths": paths(),
        "components": { "schemas": schemas(), "responses": answers::shared_responses() },
    });
    // Pretty, since people read it and its differences.
    serde_json::to_string_pretty(&description).unwrap_or_default() + "\n"
}

fn paths() -> Map<String, Value> {
    let mut paths = Map::new();
    for call in CALLS {
        let operation = json!({
            "tags": ["Calls"],
            "operationId": call.name,
            "summary": call.summary,
            "parameters": [{
                "name": "Accept-Language",
                "in": "header",
                "description": "`en` gives English messages; otherwise they are Indonesian.",
                "required": false,
                "schema": { "type": "string" },
                "example": "en",
            }],
            "requestBody": {
                "required": true,
                "content": { "application/json": { "schema": (call.request)(), "examples": (call.examples)() } },
            },
            "responses": answers::responses(call),
        });
        paths.insert(call.path.to_owned(), json!({ "post": operation }));
    }
    for (path, summary, statuses) in [
        ("/livez", "Whether the process runs", &["200"][..]),
        ("/readyz", "Whether requests can be served", &["200", "503"][..]),
    ] {
        let answers: Map<String, Value> =
            statuses.iter().map(|status| ((*status).to_owned(), answers::plain_text())).collect();
        paths.insert(
            path.to_owned(),
            json!({ "get": { "tags": ["Health"], "summary": summary, "responses": answers } }),
        );
    }
    paths
}

fn schemas() -> Map<String, Value> {
    let payloads = [
        ("Inquiry", InquiryData::schema()),
        ("BillPayment", BillPaymentData::schema()),
        ("Purchase", PurchaseData::schema()),
        ("Balance", BalanceData::schema()),
        ("Product", ProductData::schema()),
        ("Mutation", MutationData::schema()),
        ("Webhook", EndpointData::schema()),
        ("WebhookWithSecret", EndpointSecretData::schema()),
        ("RemovedWebhook", RemovedData::schema()),
        ("Event", EventData::schema()),
        ("LoggedEvent", LoggedEventData::schema()),
        ("EventHistory", EventHistoryData::schema()),
        ("Delivery", DeliveryData::schema()),
        ("DeliveryTry", DeliveryTryData::schema()),
        ("Resent", ResentData::schema()),
        ("Recovery", RecoveryData::schema()),
    ];
    let payloads = payloads.into_iter().map(|(name, schema)| (name.to_owned(), json!(schema)));
    payloads.chain(answers::schemas()).chain(requests::schemas()).chain(webhooks::schemas()).collect()
}

#[cfg(test)]
mod tests;
