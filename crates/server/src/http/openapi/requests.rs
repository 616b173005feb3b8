//! The schemas of the calls' bodies: each its parameters and the three members that authenticate. Other members are allowed everywhere;
//! they are signed, and ignored.

use serde_json::{Map, Value, json};

use crate::http::parameters::{PAGE_MAX, PER_PAGE_MAX};

/// A body of any of these schemas.
pub fn one_of(names: &[&str]) -> Value {
    match names {
        [name] => reference(name),
        names => json!({ "oneOf": names.iter().map(|name| reference(name)).collect::<Vec<_>>() }),
    }
}

/// A schema by its name.
pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// One example: these parameters, signed.
pub fn example(parameters: Value) -> Value {
    json!({ "example": { "value": signed(parameters) } })
}

/// An example for each `cmd` of `/v1/order`, at the demo catalogue's sandbox.
pub fn order_examples() -> Value {
    let mut examples = Map::new();
    for parameters in [
        json!({ "cmd": "inquiry", "code": "MPBPJS", "customer_no": "1234567890", "ref_id": "INQ-001", "testing": true }),
        json!({ "cmd": "pay-pasca", "code": "MPBPJS", "customer_no": "1234567890", "ref_id": "INQ-001", "testing": true }),
        json!({ "cmd": "prepaid", "code": "TSEL21", "customer_no": "08123456789", "ref_id": "TRX12345asdxxx", "testing": true }),
        json!({ "cmd": "game", "code": "ML86", "customer_no": "123456781234", "max_price": 25000, "testing": true }),
    ] {
        let name = parameters.get("cmd").and_then(Value::as_str).unwrap_or_default().to_owned();
        examples.insert(name, json!({ "value": signed(parameters) }));
    }
    Value::Object(examples)
}

/// Every request's schema, by its name.
pub fn schemas() -> Vec<(String, Value)> {
    let order = |commands: &[&str]| {
        vec![
            ("cmd", json!({ "type": "string", "enum": commands })),
            ("code", product_code()),
            ("customer_no", customer_no()),
            ("ref_id", optional_ref_id()),
            ("testing", boolean("Testing mode: the sandbox answers, and no money moves.")),
        ]
    };
    let mut purchase = order(&["prepaid", "game"]);
    purchase.push(("max_price", amount("Refuse rather than pay more than this.")));
    purchase.push(("allow_duplicate", boolean("This order is meant, although a like one was just made.")));
    let mut payment = order(&["pay-pasca"]);
    payment.retain(|(name, _)| *name != "ref_id");
    payment.insert(3, ("ref_id", ref_id("The inquiry's reference.")));
    vec![
        schema("InquiryRequest", &["cmd", "code", "customer_no"], order(&["inquiry"])),
        schema("PaymentRequest", &["cmd", "code", "customer_no", "ref_id"], payment),
        schema("PurchaseRequest", &["cmd", "code", "customer_no"], purchase),
        schema("BalanceRequest", &[], Vec::new()),
        schema(
            "StatusRequest",
            &["cmd", "ref_id"],
            vec![
                ("cmd", json!({ "type": "string", "enum": ["status"] })),
                ("ref_id", ref_id("Of which order or inquiry.")),
                ("testing", boolean("The reference was used in testing mode.")),
            ],
        ),
        schema(
            "ProductsRequest",
            &["cmd"],
            vec![
                ("cmd", json!({ "type": "string", "enum": ["products"] })),
                ("type", json!({ "type": "string", "enum": ["postpaid", "prepaid", "game"] })),
                ("category", text("Only of this category.")),
                ("brand", text("Only of this brand.")),
                ("code", text("Only this product.")),
                ("page", page()),
                ("per_page", per_page()),
            ],
        ),
        schema(
            "MutationsRequest",
            &["cmd"],
            vec![
                ("cmd", json!({ "type": "string", "enum": ["mutations"] })),
                ("from", moment("Only from then on.")),
                ("to", moment("Only up to then, the day or second included; not before `from`.")),
                ("page", page()),
                ("per_page", per_page()),
            ],
        ),
    ]
}

pub(super) fn schema(name: &str, required: &[&str], parameters: Vec<(&str, Value)>) -> (String, Value) {
    let authentication = [
        ("api_id", json!({ "type": "string", "description": "The public half of the merchant's credentials." })),
        (
            "timestamp",
            json!({
                "description": "Unix seconds, within 300 s of the server's; an integer, or the same digits in a string.",
                "anyOf": [
                    { "type": "integer", "minimum": 0, "maximum": 999_999_999_999_999_u64 },
                    { "type": "string", "pattern": "^(0|[1-9][0-9]{0,14})$" },
                ],
            }),
        ),
        ("signature", json!({ "type": "string", "description": "64 lower-case hex digits." })),
    ];
    let required: Vec<_> = required.iter().copied().chain(authentication.iter().map(|(name, _)| *name)).collect();
    let properties: Map<String, Value> =
        parameters.into_iter().chain(authentication).map(|(name, schema)| (name.to_owned(), schema)).collect();
    let schema = json!({
        "type": "object",
        "required": required,
        "properties": properties,
        "propertyNames": { "pattern": "^[A-Za-z_][A-Za-z0-9_.-]*$" },
        "additionalProperties": true,
    });
    (name.to_owned(), schema)
}

pub(super) fn signed(mut parameters: Value) -> Value {
    if let Some(members) = parameters.as_object_mut() {
        members.insert("api_id".to_owned(), json!("demo"));
        members.insert("timestamp".to_owned(), json!(1_780_195_202));
        members.insert("signature".to_owned(), json!("0".repeat(64)));
    }
    parameters
}

pub(super) fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

pub(super) fn boolean(description: &str) -> Value {
    json!({ "type": "boolean", "description": description, "default": false })
}

fn amount(description: &str) -> Value {
    let most = domain::money::Rupiah::MAX.get();
    json!({ "type": "integer", "description": description, "minimum": 0, "maximum": most })
}

fn product_code() -> Value {
    json!({ "type": "string", "description": "The product's code.", "pattern": "^[!-~]{1,64}$", "example": "MPBPJS" })
}

fn customer_no() -> Value {
    // No control characters, no white space at either end; counted in characters.
    const INNER: &str = r"[^\u0000-\u001f\u007f-\u009f]";
    const EDGE: &str = r"[^\s\u0000-\u001f\u007f-\u009f]";
    json!({
        "type": "string",
        "description": "The customer's number; always a string, since leading zeros count.",
        "minLength": 1,
        "maxLength": 64,
        "pattern": format!("^{EDGE}({INNER}*{EDGE})?$"),
        "example": "1234567890",
    })
}

fn ref_id(description: &str) -> Value {
    json!({ "type": "string", "description": description, "pattern": "^[A-Za-z0-9_.:/-]{1,64}$", "example": "INQ-001" })
}

fn optional_ref_id() -> Value {
    json!({
        "type": "string",
        "description": "The merchant's unique reference; made by the server if absent or empty.",
        "pattern": "^[A-Za-z0-9_.:/-]{0,64}$",
        "example": "INQ-001",
    })
}

fn page() -> Value {
    json!({ "type": "integer", "description": "Which page.", "minimum": 1, "maximum": PAGE_MAX, "default": 1 })
}

fn per_page() -> Value {
    json!({ "type": "integer", "description": "How many a page.", "minimum": 1, "maximum": PER_PAGE_MAX, "default": 100 })
}

pub(super) fn moment(description: &str) -> Value {
    json!({
        "type": "string",
        "description": format!("{description} `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, WIB."),
        "pattern": "^(19[789][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])( ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])?$",
        "example": "2026-05-31",
    })
}
