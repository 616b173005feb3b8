//! The engine's own figures, read when somebody asks for them.

use std::fmt;

use app::Context;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;

/// Reads the engine's figures for each scrape.
pub struct EngineCollector(Context);

impl EngineCollector {
    /// Of the engine of that context.
    pub const fn new(context: Context) -> Self {
        Self(context)
    }
}

impl Collector for EngineCollector {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let engine = self.0.engine();
        let figures = engine.figures();
        for (name, help, count) in [
            ("engine_batches", "Transactions of the engine", figures.batches()),
            ("engine_commands", "Commands in the engine's transactions", figures.commands()),
            ("engine_overloads", "Commands turned away because too many waited", figures.overloads()),
        ] {
            let counter = ConstCounter::new(count);
            counter.encode(encoder.encode_descriptor(name, help, None, counter.metric_type())?)?;
        }
        let is_writable = i64::from(self.0.health().is_ok());
        for (name, help, value) in [
            ("engine_waiting", "Commands that wait", i64::try_from(engine.waiting()).unwrap_or(i64::MAX)),
            ("engine_writable", "Whether the last write succeeded", is_writable),
        ] {
            let gauge = ConstGauge::new(value);
            gauge.encode(encoder.encode_descriptor(name, help, None, gauge.metric_type())?)?;
        }
        Ok(())
    }
}

impl fmt::Debug for EngineCollector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EngineCollector")
    }
}
