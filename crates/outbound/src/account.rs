//! Our account at a supplier.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

/// What an adapter needs to speak for the operator.
#[derive(Clone, Debug)]
pub struct Account {
    /// Where the supplier listens, without a slash at the end; `None`: its published address.
    pub url: Option<Arc<str>>,
    /// Who we are there: a user name, an `api_id`.
    pub user: Arc<str>,
    /// What signs our requests.
    pub key: Secret,
    /// What signs its callbacks, or (IsiKuota) our requests together with the key. Empty: none.
    pub secret: Secret,
    /// Everything is a test there, and nothing is real.
    pub is_testing: bool,
}

/// Text that is never shown.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Keeps it.
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// For the one who signs with it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}
