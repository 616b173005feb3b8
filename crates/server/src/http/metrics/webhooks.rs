//! What became of what merchants were told, read when somebody asks for it.

use std::fmt;

use app::Context;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;

/// Reads the couriers' figures for each scrape.
pub struct WebhookCollector(Context);

impl WebhookCollector {
    /// Of the couriers of that context.
    pub const fn new(context: Context) -> Self {
        Self(context)
    }
}

impl Collector for WebhookCollector {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let figures = self.0.couriers().figures();
        for (name, help, count) in [
            ("webhook_deliveries", "Webhooks that were acknowledged", figures.delivered()),
            ("webhook_failures", "Tries to deliver a webhook that failed", figures.failed()),
            ("webhook_disablings", "Endpoints that were disabled by what they answered, or didn't", figures.disabled()),
        ] {
            let counter = ConstCounter::new(count);
            counter.encode(encoder.encode_descriptor(name, help, None, counter.metric_type())?)?;
        }
        let (endpoints, disabled) = self.0.count_endpoints();
        for (name, help, value) in [
            ("webhook_endpoints", "Endpoints of merchants", endpoints),
            ("webhook_endpoints_disabled", "Endpoints that are disabled now", disabled),
            (
                "webhook_endpoints_waiting",
                "Endpoints for which something waits or is under way",
                self.0.couriers().awake(),
            ),
        ] {
            let gauge = ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX));
            gauge.encode(encoder.encode_descriptor(name, help, None, gauge.metric_type())?)?;
        }
        Ok(())
    }
}

impl fmt::Debug for WebhookCollector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookCollector")
    }
}
