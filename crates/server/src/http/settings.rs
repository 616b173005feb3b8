//! What an operator chooses about the public API.

use ipnet::IpNet;

/// The settings of the public API. The defaults are the contract's.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Networks of the proxies that stand before the server and may say where a request came from.
    pub trusted_proxies: Vec<IpNet>,
    /// How often anybody may ask.
    pub rates: Rates,
}

/// How often anybody may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// A merchant's requests a second, unless it has a rate of its own; for a moment twice as many.
    pub merchant_per_second: u32,
    /// An address's requests a second that fail authentication; for a moment three times as many.
    pub stranger_per_second: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self { merchant_per_second: 1_000, stranger_per_second: 20 }
    }
}
