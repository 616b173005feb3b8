//! The house: all wiring in one place. Opening it takes the data directory, its key, its store and the built-in supplier, and makes of
//! them the [`Context`] that every use case needs.
//!
//! Whoever has a house has its data directory's lock. Of an embedded database, no other process changes anything meanwhile.
//!
//! Deliberately absent: listening, which is [`crate::serve`], and any recovery, which nothing needs.

mod data_directory;
mod error;
mod migration;
mod post;
mod seams;
mod slow_supplier;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use app::{Connect, Context, Parts, Policy, Suppliers, Vault, VaultError};
use domain::lease::Role;
use outbound::{CallLimit, Client, Limits, Sandbox, Supplier, connect};
use store::{PostgresStore, Schema, Store, StoreError, UnopenedStore};

use crate::config::{Config, DatabaseUrl, Settings};
use crate::house::post::WebhookPost;
use crate::house::slow_supplier::SlowSupplier;
use crate::stages::Stages;

pub use data_directory::{DataDirectory, DirectoryFault};
pub use error::HouseError;
pub use migration::{Migrated, open_embedded};
pub use seams::Seams;

/// The master key's file.
pub const KEY_FILE: &str = "master.key";
/// The sandbox's own record of what it was paid, in columns with tabs between.
pub const SANDBOX_RECORD_FILE: &str = "sandbox-record.tsv";

/// A data directory, opened.
pub struct House {
    /// Where it stands.
    pub directory: DataDirectory,
    /// What use cases need.
    pub context: Context,
}

impl House {
    /// Opens it, in that role among the nodes that may share the database.
    pub fn open(directory: DataDirectory, config: &Config, seams: Seams, role: Role) -> Result<Self, HouseError> {
        let settings = &config.settings;
        let store = open_store(directory.path(), &settings.database_url, &seams)?;
        let context = open_context(directory.path(), store, settings, seams, role)?;
        Ok(Self { directory, context })
    }

    /// Ends in order: nothing is lost that was answered.
    pub async fn close(self) {
        self.context.shut_down().await;
    }
}

/// What opens the secrets in a data directory whose key was made before; none is made now.
pub fn open_vault(data: &Path) -> Result<Vault, VaultError> {
    Vault::open(&data.join(KEY_FILE), true, Seams::system().random)
}

/// Either way the store holds the directory's lock, so that only one process makes the key.
fn open_store(path: &Path, url: &DatabaseUrl, seams: &Seams) -> Result<Arc<dyn Store>, HouseError> {
    Ok(match url {
        DatabaseUrl::Embedded => {
            let store = UnopenedStore::take(path, Schema::known())?;
            Arc::new(open_embedded(path, store, &*seams.clock, Stages::ignored())?.0)
        }
        DatabaseUrl::Postgres(url) => {
            let mut writer_id = [0; 16];
            seams.random.fill(&mut writer_id);
            Arc::new(PostgresStore::open(path, url, writer_id)?)
        }
    })
}

fn open_context(
    path: &Path,
    store: Arc<dyn Store>,
    settings: &Settings,
    seams: Seams,
    role: Role,
) -> Result<Context, HouseError> {
    let has_secrets = has_secrets(&*store)?;
    let vault = Vault::open(&path.join(KEY_FILE), has_secrets, Arc::clone(&seams.random))?;
    let policy = settings.policy();
    let sandbox = open_sandbox(path, settings.sandbox_delay(), &seams)?;
    let suppliers = Suppliers::with_sandbox(sandbox, connector(&seams, &policy)).ok_or(HouseError::SandboxName)?;
    let post = Arc::new(WebhookPost::new(settings.webhooks(), Arc::clone(&seams.clock)));
    let Seams { clock, random } = seams;
    Ok(Context::open(Parts { store, suppliers, post, vault, clock, random, policy, role })?)
}

/// Whether anything was encrypted with the master key before.
fn has_secrets(store: &dyn Store) -> Result<bool, StoreError> {
    let mut snapshot = store.snapshot()?;
    Ok(!snapshot.merchants()?.is_empty() || !snapshot.suppliers()?.is_empty())
}

/// The sandbox, as slow as the operator wants it.
fn open_sandbox(path: &Path, delay: Duration, seams: &Seams) -> Result<Arc<dyn Supplier>, HouseError> {
    let record = path.join(SANDBOX_RECORD_FILE);
    let sandbox = Sandbox::open(Some(&record), seams.adapter_clock())
        .map_err(|error| HouseError::SandboxRecord { path: record, error })?;
    if delay.is_zero() {
        return Ok(Arc::new(sandbox));
    }
    Ok(Arc::new(SlowSupplier { supplier: sandbox, delay, clock: Arc::clone(&seams.clock) }))
}

/// What makes the adapters of suppliers: one client for all of them, which gives up before anybody stops listening.
fn connector(seams: &Seams, policy: &Policy) -> Connect {
    let limits = Limits::default();
    let time = limits.order.time.min(policy.supplier_limit.saturating_mul(5) / 6);
    let client = Arc::new(Client::new(Limits { order: CallLimit { time, ..limits.order }, ..limits }));
    let clock = seams.adapter_clock();
    Arc::new(move |kind, account| connect(kind, account, &client, Arc::clone(&clock)))
}
