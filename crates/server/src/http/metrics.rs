//! What is counted about the public API, as Prometheus reads it on the console's listener.

mod engine;
mod suppliers;
mod webhooks;

use std::time::Duration;

use app::Context;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use self::engine::EngineCollector;
use self::suppliers::SupplierCollector;
use self::webhooks::WebhookCollector;
use super::codes::Code;

/// From half a millisecond, what a payment takes at best, to the half minute that an answer waits at most.
const LATENCY_BUCKETS: [f64; 14] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0, 15.0, 30.0];

/// What a request was, for counting. Found out by its path and, once it is read, by its `cmd`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Call {
    /// `/v1/order` before its `cmd` is known.
    Order,
    /// `cmd: "inquiry"`
    Inquiry,
    /// `cmd: "pay-pasca"`
    PayPasca,
    /// `cmd: "prepaid"`
    Prepaid,
    /// `cmd: "game"`
    Game,
    /// `/v1/balance`
    Balance,
    /// `/v1/status`
    Status,
    /// `/v1/products`
    Products,
    /// `/v1/mutations`
    Mutations,
    /// Any other path.
    Other,
}

impl Call {
    /// The call of a path.
    pub fn at(path: &str) -> Self {
        match path {
            "/v1/order" => Self::Order,
            "/v1/balance" => Self::Balance,
            "/v1/status" => Self::Status,
            "/v1/products" => Self::Products,
            "/v1/mutations" => Self::Mutations,
            _ => Self::Other,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Inquiry => "inquiry",
            Self::PayPasca => "pay-pasca",
            Self::Prepaid => "prepaid",
            Self::Game => "game",
            Self::Balance => "balance",
            Self::Status => "status",
            Self::Products => "products",
            Self::Mutations => "mutations",
            Self::Other => "other",
        }
    }
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct RequestLabels {
    call: Call,
    code: Code,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct LatencyLabels {
    call: Call,
}

impl EncodeLabelValue for Call {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> std::fmt::Result {
        EncodeLabelValue::encode(&self.as_str(), encoder)
    }
}

impl EncodeLabelValue for Code {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> std::fmt::Result {
        EncodeLabelValue::encode(&self.as_str(), encoder)
    }
}

/// The counters, and the registry that names them.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    latency: Family<LatencyLabels, Histogram, fn() -> Histogram>,
}

impl Metrics {
    /// Nothing counted yet.
    pub fn new(context: Context) -> Self {
        let requests = Family::<RequestLabels, Counter>::default();
        let latency = Family::<LatencyLabels, Histogram, fn() -> Histogram>::new_with_constructor(|| {
            Histogram::new(LATENCY_BUCKETS)
        });
        let mut registry = Registry::with_prefix("loket");
        registry.register("requests", "Requests answered, by call and code", requests.clone());
        registry.register_with_unit(
            "request_duration",
            "Time from a request's head to its answer, by call",
            Unit::Seconds,
            latency.clone(),
        );
        registry.register_collector(Box::new(EngineCollector::new(context.clone())));
        registry.register_collector(Box::new(SupplierCollector::new(context.clone())));
        registry.register_collector(Box::new(WebhookCollector::new(context)));
        Self { registry, requests, latency }
    }

    /// Counts an answer.
    pub fn count(&self, call: Call, code: Code, took: Duration) {
        self.requests.get_or_create(&RequestLabels { call, code }).inc();
        self.latency.get_or_create(&LatencyLabels { call }).observe(took.as_secs_f64());
    }

    /// Everything in the text format of OpenMetrics.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
