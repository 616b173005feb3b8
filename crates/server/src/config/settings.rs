//! The table of all settings: name, type, default, meaning. The only one.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use app::Policy;
use ipnet::IpNet;
use outbound::GuardPolicy;
use tracing::level_filters::LevelFilter;

use crate::http;

use super::database_url::DatabaseUrl;
use super::error::ConfigError;
use super::key::Key;
use super::layers::Layers;
use super::setting::{LogFormat, Setting};

/// Makes the struct, the table and the reader from one list, so that they can't differ.
macro_rules! settings {
    ($($(#[doc = $meaning:literal])+ $name:ident: $Type:ty = $default:literal),+ $(,)?) => {
        /// Every setting, read and checked.
        #[derive(Clone, Debug)]
        pub struct Settings {
            $($(#[doc = $meaning])+ pub $name: $Type),+
        }

        /// Every key, in the order in which people read them.
        pub const KEYS: &[Key] = &[$(Key {
            name: stringify!($name),
            kind: <$Type as Setting>::KIND,
            form: <$Type as Setting>::FORM,
            default: $default,
            meaning: &[$($meaning),+],
        }),+];

        impl Settings {
            /// Takes each setting from the topmost layer that has it.
            pub(super) fn read(layers: &mut Layers<'_>) -> Result<Self, ConfigError> {
                let mut keys = KEYS.iter();
                Ok(Self { $($name: layers.take::<$Type>(keys.next())?),+ })
            }
        }
    };
}

settings! {
    /// Where the public API listens.
    listen: SocketAddr = "127.0.0.1:8080",
    /// Where the console, metrics and health listen. Never open it to the internet.
    console_listen: SocketAddr = "127.0.0.1:8081",
    /// Addresses or networks of proxies that stand before the API and say in X-Forwarded-For who called.
    /// Without it, every caller's address is the proxy's.
    trusted_proxies: Vec<IpNet> = "",
    /// Where the database is: empty for the one inside the data directory, or postgres://user:password@host:5432/name.
    database_url: DatabaseUrl = "",
    /// How far a request's timestamp may be from our clock, either way, in seconds.
    timestamp_window_seconds: NonZeroU32 = "300",
    /// How long an answer to a merchant waits for the supplier before it says pending.
    answer_within_ms: NonZeroU32 = "25000",
    /// How long an accepted payment may wait before its bytes leave for the supplier.
    send_within_ms: NonZeroU32 = "10000",
    /// How long one call to a supplier may take.
    supplier_limit_ms: NonZeroU32 = "60000",
    /// How much longer than that until a payment whose sender is gone may be asked about.
    lost_margin_ms: u32 = "60000",
    /// How long the built-in sandbox takes over each answer, to see how a server bears slow suppliers.
    sandbox_delay_ms: u32 = "0",
    /// How long the pauses between questions about one order are, in per cent of what its supplier asks for. Less than 100 only for a
    /// stand-in: a supplier that is asked more often than it allows may do things twice.
    pace_percent: NonZeroU32 = "100",
    /// How often to look for payments about which a supplier is to be asked.
    check_every_ms: NonZeroU32 = "500",
    /// How long after it was accepted an order that is still pending is left to a person, in hours.
    ask_for_hours: NonZeroU32 = "48",
    /// How often to take the suppliers' price lists over, in minutes, 5 or more; 0 for never.
    sync_every_minutes: u32 = "60",
    /// With several nodes on one PostgreSQL: how long a node may be silent before it stops its share of the common work (asking suppliers,
    /// webhooks, price lists). The others take that over when half as long again has passed.
    lease_ms: NonZeroU32 = "10000",
    /// How many changes may wait to be written; beyond that, requests are refused as OVERLOADED.
    queue_limit: NonZeroU32 = "10000",
    /// How many changes are written at once at most.
    batch_limit: NonZeroU32 = "512",
    /// How many requests a second a merchant may make, unless it has a rate of its own; for a moment twice as many.
    rate_per_second: NonZeroU32 = "1000",
    /// How many requests a second from one address may fail authentication; for a moment three times as many.
    stranger_rate_per_second: NonZeroU32 = "20",
    /// How many connections may be open at once; one more is closed at once.
    max_connections: NonZeroU32 = "10000",
    /// How long a request's head may take to arrive.
    head_within_ms: NonZeroU32 = "10000",
    /// How long a connection may be idle between two requests.
    idle_within_ms: NonZeroU32 = "75000",
    /// How long requests in flight may take once the server is told to stop.
    finish_within_ms: NonZeroU32 = "40000",
    /// Whether webhooks may go to private addresses, as in a test network.
    allow_private_webhooks: bool = "false",
    /// Addresses or networks (CIDR) where webhooks may go besides, also without TLS: merchants in the operator's own network.
    webhook_networks: Vec<IpNet> = "",
    /// How many deliveries to merchants may be under way at once.
    webhooks_in_flight: NonZeroU32 = "2048",
    /// How long the pauses between tries to deliver a webhook are, in per cent of the published ones. Less than 100 only to try
    /// things out: receivers that are down are asked too often then.
    webhook_pace_percent: NonZeroU32 = "100",
    /// How many days what merchants were told, and the log of its delivery, are kept.
    webhook_days: NonZeroU32 = "30",
    /// How log lines look: text or json. They go to stderr.
    log_format: LogFormat = "text",
    /// What is logged: off, error, warn, info, debug or trace.
    log_level: LevelFilter = "info",
}

impl Settings {
    /// What of these the use cases go by.
    pub fn policy(&self) -> Policy {
        let count = |limit: NonZeroU32| usize::try_from(limit.get()).unwrap_or(usize::MAX);
        Policy {
            timestamp_window: Duration::from_secs(self.timestamp_window_seconds.get().into()),
            answer_within: ms(self.answer_within_ms),
            send_within: ms(self.send_within_ms),
            supplier_limit: ms(self.supplier_limit_ms),
            lost_margin: Duration::from_millis(self.lost_margin_ms.into()),
            ask_for: Duration::from_hours(self.ask_for_hours.get().into()),
            pace_percent: self.pace_percent.get(),
            check_every: ms(self.check_every_ms),
            sync_every: (self.sync_every_minutes > 0).then(|| Duration::from_mins(self.sync_every_minutes.into())),
            webhooks_in_flight: count(self.webhooks_in_flight),
            webhook_pace_percent: self.webhook_pace_percent.get(),
            webhook_days: self.webhook_days.get(),
            lease_time: ms(self.lease_ms),
            queue_limit: count(self.queue_limit),
            batch_limit: count(self.batch_limit),
        }
    }

    /// Where webhooks may go.
    pub fn webhooks(&self) -> GuardPolicy {
        GuardPolicy {
            allow_private: self.allow_private_webhooks,
            allowed_networks: self.webhook_networks.clone(),
            ..GuardPolicy::default()
        }
    }

    /// How long the sandbox takes.
    pub fn sandbox_delay(&self) -> Duration {
        Duration::from_millis(self.sandbox_delay_ms.into())
    }

    /// What of these the public API goes by.
    pub fn http(&self) -> http::Settings {
        http::Settings {
            trusted_proxies: self.trusted_proxies.clone(),
            rates: http::Rates {
                merchant_per_second: self.rate_per_second.get(),
                stranger_per_second: self.stranger_rate_per_second.get(),
            },
        }
    }

    /// What of these connections go by.
    pub fn connections(&self) -> http::ConnectionLimits {
        http::ConnectionLimits {
            connections_max: self.max_connections.get(),
            head_within: ms(self.head_within_ms),
            idle_within: ms(self.idle_within_ms),
            finish_within: ms(self.finish_within_ms),
        }
    }
}

fn ms(span: NonZeroU32) -> Duration {
    Duration::from_millis(span.get().into())
}
