//! The suppliers of this house, by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use domain::id::SupplierName;
use domain::supplier::{SupplierKind, SupplierProfile};
use domain::time::Timestamp;
use outbound::{Account, AccountFault, Secret, Supplier};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::channel::Channel;
use crate::vault::{Vault, VaultError};

/// The built-in supplier of testing mode and of the demo.
pub const SANDBOX: &str = "sandbox";

/// Makes the adapter for an account.
pub type Connect = Arc<dyn Fn(SupplierKind, Account) -> Result<Arc<dyn Supplier>, AccountFault> + Send + Sync>;

/// Every supplier that can be routed to. The sandbox is always there. Replaced as a whole when one changes, so that reading never waits.
pub struct Suppliers {
    channels: ArcSwap<BTreeMap<SupplierName, Arc<Channel>>>,
    sandbox_name: SupplierName,
    connect: Connect,
}

impl Suppliers {
    /// A house with the sandbox; others are connected when they are put in. `None` if the sandbox's name were no name.
    pub fn with_sandbox(sandbox: Arc<dyn Supplier>, connect: Connect) -> Option<Self> {
        let sandbox_name = SupplierName::parse(SANDBOX)?;
        let channels = BTreeMap::from([(sandbox_name.clone(), Arc::new(Channel::to_sandbox(sandbox)))]);
        Some(Self { channels: ArcSwap::from_pointee(channels), sandbox_name, connect })
    }

    /// The sandbox's name.
    pub const fn sandbox_name(&self) -> &SupplierName {
        &self.sandbox_name
    }

    /// The channel to the supplier with that name.
    pub fn find(&self, name: &SupplierName) -> Option<Arc<Channel>> {
        self.channels.load().get(name).cloned()
    }

    /// All of them, by name.
    pub fn all(&self) -> Arc<BTreeMap<SupplierName, Arc<Channel>>> {
        self.channels.load_full()
    }

    /// Whether there is any beside the sandbox. Then the sandbox serves only testing orders.
    pub fn has_real(&self) -> bool {
        self.channels.load().len() > 1
    }

    /// Makes what a supplier is spoken to with, or says why nobody can be with such an account.
    pub fn connect(&self, vault: &Vault, profile: &SupplierProfile) -> Result<Connection, SupplierError> {
        let (key, secret) = reveal_account(vault, profile)?;
        let account = Account {
            url: profile.url.clone(),
            user: profile.user.clone(),
            key: Secret::new(&key),
            secret: secret.map_or_else(Secret::default, |secret| Secret::new(&secret)),
            is_testing: profile.is_testing,
        };
        let secrets = vec![account.key.clone(), account.secret.clone()];
        Ok(Connection { adapter: (self.connect)(profile.kind, account)?, secrets })
    }

    /// Takes in a supplier, new or changed.
    pub fn put(&self, profile: &SupplierProfile, connection: &Connection, now: Timestamp) {
        let Connection { adapter, secrets } = connection;
        self.channels.rcu(|before| {
            let mut after = BTreeMap::clone(before);
            let old = before.get(&profile.name).map(Arc::as_ref);
            let channel = Channel::to(Arc::clone(adapter), profile.clone(), secrets.clone(), now, old);
            after.insert(profile.name.clone(), Arc::new(channel));
            after
        });
    }
}

/// What a supplier is spoken to with.
pub struct Connection {
    adapter: Arc<dyn Supplier>,
    /// What must not be shown of whatever it says.
    secrets: Vec<Secret>,
}

/// Why a supplier can't be taken in.
#[derive(Debug, Error)]
pub enum SupplierError {
    /// Its secrets can't be read.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Nobody can be spoken to with such an account.
    #[error(transparent)]
    Account(#[from] AccountFault),
}

/// What we call ourselves by at a supplier: the key, and the secret if there is one.
pub fn reveal_account(
    vault: &Vault,
    profile: &SupplierProfile,
) -> Result<(Zeroizing<String>, Option<Zeroizing<String>>), VaultError> {
    let reveal = |secret, sealed| vault.reveal(&place_of(&profile.name, secret), sealed);
    let secret = profile.secret.as_ref().map(|sealed| reveal("secret", sealed)).transpose()?;
    Ok((reveal("key", &profile.key)?, secret))
}

/// The place for which a supplier's secret is sealed.
pub fn place_of(name: &SupplierName, secret: &str) -> String {
    format!("supplier/{name}/{secret}")
}
