//! How suppliers are doing, read when somebody asks for it.

use std::fmt;

use app::{Channel, Context};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::gauge::ConstGauge;

/// Reads each supplier's figures for each scrape.
pub struct SupplierCollector(Context);

impl SupplierCollector {
    /// Of the suppliers of that context.
    pub const fn new(context: Context) -> Self {
        Self(context)
    }
}

/// A figure of a supplier's; `None`: nothing is known.
type Figure = fn(&Context, &Channel) -> Option<i64>;

/// Each with its name and what it means.
const FIGURES: [(&str, &str, Figure); 4] = [
    ("supplier_in_flight", "Orders that are being sent to a supplier", |_, channel| Some(channel.in_flight().into())),
    ("supplier_in_trouble", "Whether a supplier is left alone because it fell silent", |context, channel| {
        Some(channel.trouble(context.time().monotonic()).0.into())
    }),
    ("supplier_balance_rupiah", "What is left of the deposit at a supplier", |_, channel| {
        Some(channel.purse().balance()?.amount.get())
    }),
    ("supplier_hours_left", "How long that lasts at today's rate", |context, channel| {
        channel.purse().hours_left(context.time().now())?.try_into().ok()
    }),
];

impl Collector for SupplierCollector {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let channels = self.0.suppliers().all();
        let real = || channels.iter().filter(|(_, channel)| channel.profile.is_some());
        for (name, help, figure) in FIGURES {
            let known = real().filter_map(|(name, channel)| Some((name.as_str(), figure(&self.0, channel)?)));
            let mut known = known.peekable();
            if known.peek().is_none() {
                continue;
            }
            let gauge = ConstGauge::new(0_i64);
            let mut family = encoder.encode_descriptor(name, help, None, gauge.metric_type())?;
            for (supplier, value) in known {
                ConstGauge::new(value).encode(family.encode_family(&[("supplier", supplier)])?)?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for SupplierCollector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SupplierCollector")
    }
}
