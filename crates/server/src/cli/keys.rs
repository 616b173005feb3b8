//! The keys that a merchant's program signs with, as arguments of `sign`, `call` and `bench`.

use clap::Args;
use domain::signature::SigningKey;

use super::demo::{API_ID, API_KEY, SECRET_KEY};

/// A merchant's keys; the demo's, unless others are given. No `Debug`, so that nothing prints them by mistake.
#[derive(Args, Clone)]
pub struct KeyArgs {
    /// Whose requests these are
    #[arg(long, value_name = "ID", env = "LOKET_API_ID", default_value = API_ID)]
    pub api_id: String,
    /// The merchant's api_key; it is signed, never sent
    #[arg(long, value_name = "KEY", env = "LOKET_API_KEY", hide_env_values = true, default_value = API_KEY)]
    pub api_key: String,
    /// The merchant's secret_key, which signs
    #[arg(
        long,
        value_name = "KEY",
        env = "LOKET_SECRET_KEY",
        hide_env_values = true,
        default_value = SECRET_KEY
    )]
    pub secret_key: String,
}

impl KeyArgs {
    /// What signs with these keys.
    pub fn signing_key(&self) -> SigningKey {
        SigningKey::new(&self.api_id, &self.api_key, &self.secret_key)
    }
}
