//! What every use case needs: the engine, the store, the suppliers, the time. Wired in one place.

use std::sync::Arc;

use domain::id::{SupplierName, SupplierRef};
use domain::time::Timestamp;
use parking_lot::Mutex;
use store::{Snapshot, Store, StoreError};
use thiserror::Error;

use crate::address_book::AddressBook;
use crate::asking::Asking;
use crate::catalogue::Catalogue;
use crate::couriers::{Couriers, Post};
use crate::directory::Directory;
use crate::engine::Engine;
use crate::error::CallError;
use crate::flights::Flights;
use crate::ids::Ids;
use crate::policy::Policy;
use crate::questions::Questions;
use crate::seams::{Clock, Random};
use crate::suppliers::{SupplierError, Suppliers};
use crate::tasks::Tasks;
use crate::time::Time;
use crate::vault::{Vault, VaultError};

/// What a context is made of.
pub struct Parts {
    /// Where things are remembered.
    pub store: Arc<dyn Store>,
    /// Who pays.
    pub suppliers: Suppliers,
    /// Who carries webhooks.
    pub post: Arc<dyn Post>,
    /// What encrypts secrets.
    pub vault: Vault,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The randomness.
    pub random: Arc<dyn Random>,
    /// The operator's times and limits.
    pub policy: Policy,
}

/// Why a context can't be made.
#[derive(Debug, Error)]
pub enum StartError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A supplier can't be connected.
    #[error("supplier {name}: {error}")]
    Supplier {
        /// Which.
        name: SupplierName,
        /// Why.
        error: SupplierError,
    },
    /// A merchant's secret can't be read.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The engine's thread can't be started.
    #[error("no thread could be started: {0}")]
    Thread(#[from] std::io::Error),
}

/// The first parameter of every use case. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    inner: Arc<Inner>,
}

/// What the clones of a context share.
pub struct Inner {
    pub(crate) engine: Engine,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) suppliers: Suppliers,
    pub(crate) directory: Directory,
    pub(crate) catalogue: Catalogue,
    pub(crate) address_book: AddressBook,
    pub(crate) couriers: Couriers,
    pub(crate) post: Arc<dyn Post>,
    pub(crate) vault: Vault,
    pub(crate) ids: Ids,
    pub(crate) time: Time,
    pub(crate) flights: Flights,
    pub(crate) asking: Asking,
    pub(crate) questions: Questions,
    pub(crate) tasks: Tasks,
    pub(crate) policy: Policy,
    /// When this process began: what the one before it did last isn't known.
    pub(crate) begun_at: Timestamp,
    /// Adding and changing merchants takes turns, so that a free number stays free, and the directory hears of changes in their order.
    pub(crate) changing_merchants: tokio::sync::Mutex<()>,
    /// Adding and changing suppliers takes turns too, since a change is laid over what is there.
    pub(crate) changing_suppliers: tokio::sync::Mutex<()>,
    /// Replacing the catalogue takes turns, so that an older state never replaces a newer one.
    pub(crate) loading_catalogue: Mutex<()>,
}

impl std::ops::Deref for Context {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.inner
    }
}

impl Context {
    /// Opens the house: takes the store's writer, and reads merchants and products.
    pub fn open(parts: Parts) -> Result<Self, StartError> {
        let Parts { store, suppliers, post, vault, clock, random, policy } = parts;
        let mut snapshot = store.snapshot()?;
        let (newest_moment, newest_number) = snapshot.newest()?;
        let time = Time::starting(clock, newest_moment);
        let directory = Directory::default();
        for merchant in snapshot.merchants()? {
            directory.put(&vault, &merchant)?;
        }
        let address_book = AddressBook::default();
        for endpoints in snapshot.all_endpoints()? {
            address_book.put(&vault, &endpoints)?;
        }
        let catalogue = Catalogue::default();
        catalogue.replace(snapshot.products()?);
        for profile in snapshot.suppliers()? {
            let connection = suppliers
                .connect(&vault, &profile)
                .map_err(|error| StartError::Supplier { name: profile.name.clone(), error })?;
            suppliers.put(&profile, &connection, time.now());
        }
        drop(snapshot);

        let engine = Engine::start(store.writer()?, time.clone(), &policy)?;
        let begun_at = time.now();
        let ids = Ids::after(newest_number, random);
        let inner = Inner {
            engine,
            store,
            suppliers,
            directory,
            catalogue,
            address_book,
            couriers: Couriers::new(policy.webhooks_in_flight),
            post,
            vault,
            ids,
            time,
            flights: Flights::default(),
            asking: Asking::default(),
            questions: Questions::default(),
            tasks: Tasks::default(),
            policy,
            begun_at,
            changing_merchants: tokio::sync::Mutex::new(()),
            changing_suppliers: tokio::sync::Mutex::new(()),
            loading_catalogue: Mutex::new(()),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Reads from one consistent moment, where blocking harms nobody.
    pub async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut dyn Snapshot) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, CallError> {
        let store = Arc::clone(&self.store);
        let answered = Tasks::block(move || {
            let mut snapshot = store.snapshot()?;
            question(snapshot.as_mut())
        });
        Ok(answered.await.ok_or(CallError::Internal)??)
    }

    /// The engine, for its health and its figures.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The suppliers.
    pub fn suppliers(&self) -> &Suppliers {
        &self.suppliers
    }

    /// The time.
    pub fn time(&self) -> &Time {
        &self.time
    }

    /// The tasks that run beside the requests.
    pub fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    /// The operator's times and limits.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Fine, or why nothing can be written.
    pub fn health(&self) -> Result<(), String> {
        self.engine.health()
    }

    /// Whether webhooks may go to this address; otherwise why not, for its owner.
    pub fn check_webhook_url(&self, url: &str) -> Result<(), String> {
        self.post.check_url(url)
    }

    /// Whether a header of an endpoint's owner may be sent; otherwise why not.
    pub fn check_webhook_header(&self, name: &str, value: &str) -> Result<(), String> {
        self.post.check_header(name, value)
    }

    /// How many endpoints merchants have, and how many of them were disabled because they failed or wanted no more.
    pub fn count_endpoints(&self) -> (usize, usize) {
        self.address_book.count()
    }

    /// Who carries what merchants are told.
    pub fn couriers(&self) -> &Couriers {
        &self.couriers
    }

    /// Ends when no supplier is being asked what became of an order.
    pub async fn has_asked(&self) {
        self.asking.is_quiet().await;
    }

    /// Random text for whoever needs a name for something: a request, a key. Five random bits a letter.
    pub fn random_text<const LENGTH: usize>(&self) -> String {
        self.ids.text::<LENGTH>()
    }

    /// Ends in order: the workers stop, what is being sent is finished, the engine writes what waits and closes the store.
    pub async fn shut_down(&self) {
        self.tasks.stop();
        self.tasks.finished().await;
        let context = self.clone();
        let _ = Tasks::block(move || context.engine.stop()).await;
    }

    pub(crate) fn supplier_ref(&self) -> Result<SupplierRef, CallError> {
        self.ids.supplier_ref(self.time.now()).ok_or(CallError::Internal)
    }
}
