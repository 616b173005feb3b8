//! How the load spreads over the merchants.

use clap::Args;

use crate::bench::Spread;

/// Evenly, unless something else is said.
#[derive(Args)]
pub struct SpreadArgs {
    /// Use only the first of the merchants
    #[arg(long)]
    hot: bool,
    /// Use the n-th of the merchants n times more seldom than the first
    #[arg(long, conflicts_with = "hot")]
    zipf: bool,
}

impl SpreadArgs {
    /// What was said.
    pub const fn spread(&self) -> Spread {
        match (self.hot, self.zipf) {
            (true, _) => Spread::Hot,
            (_, true) => Spread::Zipf,
            (false, false) => Spread::Uniform,
        }
    }
}
