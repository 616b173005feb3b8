//! The calls that the description lists, and the codes that each may be answered with.

use serde_json::{Value, json};

use super::{requests, webhooks};
use crate::http::codes::Code;

/// A call as the description has it.
pub struct Call {
    /// Its path.
    pub path: &'static str,
    /// Its name for generated clients.
    pub name: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// The schema of its body.
    pub request: fn() -> Value,
    /// Bodies to try.
    pub examples: fn() -> Value,
    /// What succeeds, by code.
    pub successes: &'static [Success],
    /// What else it answers, besides [`EVERYWHERE`].
    pub refusals: &'static [Code],
}

/// Answers of 200 that have one shape of data.
pub struct Success {
    /// By these codes.
    pub codes: &'static [Code],
    /// The schema of `data`.
    pub data: &'static str,
    /// `data` is a list of these.
    pub is_list: bool,
    /// What else is said of a success.
    pub meta: Meta,
}

/// The `meta` of a success.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Meta {
    /// `null`
    Nothing,
    /// Which page of a list it is.
    Pages,
    /// Where to go on.
    Cursor,
}

impl Success {
    const fn one(data: &'static str) -> Self {
        Self { codes: &[Code::Success], data, is_list: false, meta: Meta::Nothing }
    }

    const fn list(data: &'static str, meta: Meta) -> Self {
        Self { codes: &[Code::Success], data, is_list: true, meta }
    }
}

/// What every signed call may answer.
pub const EVERYWHERE: &[Code] = &[
    Code::MalformedJson,
    Code::SignatureInvalid,
    Code::TimestampExpired,
    Code::IpNotAllowed,
    Code::PayloadTooLarge,
    Code::UnsupportedMediaType,
    Code::ValidationError,
    Code::RateLimited,
    Code::InternalError,
    Code::Overloaded,
];

const ORDER_STATES: &[Success] = &[
    Success { codes: &[Code::BillInquirySuccess], data: "Inquiry", is_list: false, meta: Meta::Nothing },
    Success {
        codes: &[Code::BillPaymentSuccess, Code::BillPaymentPending],
        data: "BillPayment",
        is_list: false,
        meta: Meta::Nothing,
    },
    Success { codes: &[Code::BillPaymentFailed], data: "BillPayment", is_list: false, meta: Meta::Nothing },
    Success { codes: &[Code::OrderSuccess, Code::OrderPending], data: "Purchase", is_list: false, meta: Meta::Nothing },
    Success { codes: &[Code::OrderFailed], data: "Purchase", is_list: false, meta: Meta::Nothing },
];

/// Every signed call.
pub const CALLS: &[Call] = &[
    Call {
        path: "/v1/order",
        name: "order",
        summary: "Check a bill, pay it, or buy a prepaid or game product, as cmd says",
        request: || requests::one_of(&["InquiryRequest", "PaymentRequest", "PurchaseRequest"]),
        examples: requests::order_examples,
        successes: ORDER_STATES,
        refusals: &[
            Code::InsufficientBalance,
            Code::MerchantSuspended,
            Code::ProductNotFound,
            Code::BillNotFound,
            Code::InquiryNotFound,
            Code::RefIdConflict,
            Code::InquiryMismatch,
            Code::BillAlreadyPaid,
            Code::PaymentInProgress,
            Code::BillChanged,
            Code::PriceAboveMax,
            Code::DuplicateOrder,
            Code::InquiryExpired,
            Code::CustomerNoInvalid,
            Code::ProductUnavailable,
            Code::ProductCutOff,
            Code::SupplierUnavailable,
            Code::SupplierTimeout,
        ],
    },
    Call {
        path: "/v1/balance",
        name: "balance",
        summary: "What may be spent, and what pending orders hold",
        request: || requests::one_of(&["BalanceRequest"]),
        examples: || requests::example(json!({})),
        successes: &[Success::one("Balance")],
        refusals: &[],
    },
    Call {
        path: "/v1/status",
        name: "status",
        summary: "What became of a ref_id, in the shape and with the code of its own call",
        request: || requests::one_of(&["StatusRequest"]),
        examples: || requests::example(json!({ "cmd": "status", "ref_id": "INQ-001", "testing": true })),
        successes: ORDER_STATES,
        refusals: &[Code::OrderNotFound, Code::InquiryExpired],
    },
    Call {
        path: "/v1/products",
        name: "products",
        summary: "The catalogue, on this merchant's terms",
        request: || requests::one_of(&["ProductsRequest"]),
        examples: || requests::example(json!({ "cmd": "products", "type": "prepaid", "brand": "TELKOMSEL" })),
        successes: &[Success::list("Product", Meta::Pages)],
        refusals: &[],
    },
    Call {
        path: "/v1/mutations",
        name: "mutations",
        summary: "What changed the balance, newest first",
        request: || requests::one_of(&["MutationsRequest"]),
        examples: || {
            requests::example(json!({ "cmd": "mutations", "from": "2026-05-01", "to": "2026-05-31 12:00:00" }))
        },
        successes: &[Success::list("Mutation", Meta::Pages)],
        refusals: &[],
    },
    Call {
        path: "/v1/webhooks",
        name: "webhooks",
        summary: "Where this merchant is told of its orders, what became of that, and the cures, as cmd says",
        request: || requests::one_of(webhooks::REQUESTS),
        examples: webhooks::examples,
        successes: &[
            Success::list("Webhook", Meta::Nothing),
            Success::one("WebhookWithSecret"),
            Success::one("Webhook"),
            Success::one("RemovedWebhook"),
            Success::list("LoggedEvent", Meta::Cursor),
            Success::one("EventHistory"),
            Success::one("Resent"),
            Success { codes: &[Code::Success], data: "Recovery", is_list: false, meta: Meta::Cursor },
            Success::one("Event"),
        ],
        refusals: &[Code::NotFound],
    },
    Call {
        path: "/v1/events",
        name: "events",
        summary: "What happened to this merchant's orders, for those who ask instead of being told",
        request: || requests::one_of(&["EventsRequest"]),
        examples: || requests::example(json!({ "cmd": "events", "after": 0, "limit": 100 })),
        successes: &[Success::list("Event", Meta::Cursor)],
        refusals: &[],
    },
];
