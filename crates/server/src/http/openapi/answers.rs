//! The answers of a call, by HTTP status: the envelope with each shape of data, and its refusals.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::calls::{Call, EVERYWHERE, Meta, Success};
use super::requests::reference;
use crate::http::codes::Code;
use crate::http::language::Language;

/// All answers of a call.
pub fn responses(call: &Call) -> Map<String, Value> {
    let mut responses = Map::new();
    let successes: Vec<Value> = call.successes.iter().map(success).collect();
    let mut codes: Vec<&Code> = call.successes.iter().flat_map(|success| success.codes).collect();
    codes.dedup();
    // Where no code tells them apart, one shape may be a part of another.
    let has_one_code = call.successes.iter().all(|success| success.codes == [Code::Success]);
    let choice = if has_one_code { "anyOf" } else { "oneOf" };
    responses.insert("200".to_owned(), response(codes, &any_of(successes, choice), false));
    let refusals = by_status(EVERYWHERE.iter().chain(call.refusals));
    for (status, codes) in refusals {
        let is_everywhere = codes.iter().all(|code| EVERYWHERE.contains(code));
        let answer = if is_everywhere {
            json!({ "$ref": format!("#/components/responses/{status}") })
        } else {
            response(&codes, &refusal(&codes), says_when(status))
        };
        responses.insert(status.to_string(), answer);
    }
    responses
}

/// The refusals that every call shares, by their status.
pub fn shared_responses() -> Map<String, Value> {
    let by_status = by_status(EVERYWHERE);
    let answer =
        |(status, codes): (u16, Vec<Code>)| (status.to_string(), response(&codes, &refusal(&codes), says_when(status)));
    by_status.into_iter().map(answer).collect()
}

fn by_status<'c>(codes: impl IntoIterator<Item = &'c Code>) -> BTreeMap<u16, Vec<Code>> {
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in codes {
        by_status.entry(code.status().as_u16()).or_default().push(*code);
    }
    by_status
}

const fn says_when(status: u16) -> bool {
    matches!(status, 429 | 503)
}

/// An answer for machines that look at the status alone.
pub fn plain_text() -> Value {
    json!({ "description": "Said in one line.", "content": { "text/plain": { "schema": { "type": "string" } } } })
}

fn response<'c>(codes: impl IntoIterator<Item = &'c Code>, schema: &Value, may_say_when: bool) -> Value {
    let lines: Vec<_> = codes
        .into_iter()
        .map(|code| format!("- `{}`: {}", code.as_str(), code.message().spoken(Language::English)))
        .collect();
    let mut headers = Map::new();
    headers.insert(
        "X-Request-Id".to_owned(),
        json!({ "required": true, "schema": { "type": "string", "pattern": "^[0-9a-f]{16}$" } }),
    );
    if may_say_when {
        let seconds = json!({ "type": "integer", "minimum": 1 });
        headers.insert("Retry-After".to_owned(), json!({ "description": "Seconds, where known.", "schema": seconds }));
    }
    json!({
        "description": lines.join("\n"),
        "headers": headers,
        "content": { "application/json": { "schema": schema } },
    })
}

fn success(success: &Success) -> Value {
    let is_success = success.codes.iter().all(|code| code.is_success());
    let entry = reference(success.data);
    let data = if success.is_list { json!({ "type": "array", "items": entry }) } else { entry };
    let meta = match (is_success, success.meta) {
        (true, Meta::Pages) => reference("ListMeta"),
        (true, Meta::Cursor) => reference("CursorMeta"),
        (true, Meta::Nothing) => json!({ "type": "null" }),
        (false, _) => reference("RequestMeta"),
    };
    envelope(is_success, success.codes, &data, &json!({ "type": "null" }), &meta)
}

fn refusal(codes: &[Code]) -> Value {
    envelope(false, codes, &json!({ "type": "null" }), &reference("Errors"), &reference("RequestMeta"))
}

fn envelope(is_success: bool, codes: &[Code], data: &Value, errors: &Value, meta: &Value) -> Value {
    let codes: Vec<_> = codes.iter().map(|code| code.as_str()).collect();
    json!({
        "type": "object",
        "required": ["success", "code", "message", "data", "errors", "meta"],
        "properties": {
            "success": { "type": "boolean", "const": is_success },
            "code": { "type": "string", "enum": codes },
            "message": { "type": "string" },
            "data": data,
            "errors": errors,
            "meta": meta,
        },
        "additionalProperties": false,
    })
}

/// The parts that answers are made of, by their names.
pub fn schemas() -> Vec<(String, Value)> {
    let number = json!({ "type": "integer", "minimum": 0 });
    let parts = [
        (
            "Errors",
            json!({
                "type": ["object", "null"],
                "description": "What is wrong with which field.",
                "additionalProperties": { "type": "array", "items": { "type": "string" } },
            }),
        ),
        (
            "RequestMeta",
            json!({
                "type": "object",
                "required": ["request_id"],
                "properties": { "request_id": { "type": "string", "pattern": "^[0-9a-f]{16}$" } },
            }),
        ),
        (
            "ListMeta",
            json!({
                "type": "object",
                "required": ["page", "per_page", "total", "total_pages"],
                "properties": { "page": number, "per_page": number, "total": number, "total_pages": number },
            }),
        ),
        (
            "CursorMeta",
            json!({
                "type": "object",
                "required": ["next", "has_more"],
                "properties": {
                    "next": { "type": "integer", "minimum": 0, "description": "What to send next time, as `after` or `before`." },
                    "has_more": { "type": "boolean", "description": "There was more already." },
                },
            }),
        ),
    ];
    parts.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

fn any_of(mut schemas: Vec<Value>, choice: &str) -> Value {
    match (schemas.len(), schemas.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            schemas.extend(last);
            json!({ choice: schemas })
        }
    }
}
