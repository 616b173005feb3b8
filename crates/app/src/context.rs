//! What every use case needs: the engine, the store, the suppliers, the time. Wired in one place.

use std::sync::Arc;

use domain::command::ChangeLeases;
use domain::id::{NodeId, SupplierName, SupplierRef};
use domain::lease::Role;
use outbound::{GuardFault, HeaderFault};
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
use crate::membership::{JoinError, Membership};
use crate::policy::Policy;
use crate::questions::Questions;
use crate::seams::{Clock, Random};
use crate::suppliers::{SupplierError, Suppliers};
use crate::tasks::Tasks;
use crate::time::Time;
use crate::vault::{Vault, VaultError};
use crate::workers::start_membership;

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
    /// What this node is there for.
    pub role: Role,
}

/// Why a context can't be made.
#[derive(Debug, Error)]
pub enum StartError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It panicked; why stands above.
    #[error("this node could not join the others")]
    Panicked,
    /// There is no place for this node.
    #[error(transparent)]
    Join(#[from] JoinError),
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
    pub(crate) membership: Membership,
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
    /// Opens the house: takes the store's writer and a place among the nodes, and reads merchants and products. Where there may be other
    /// nodes, a runtime must be there.
    pub fn open(parts: Parts) -> Result<Self, StartError> {
        let Parts { store, suppliers, post, vault, clock, random, policy, role } = parts;
        let mut snapshot = store.snapshot()?;
        let (newest_moment, _) = snapshot.newest()?;
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

        // Last of all that may fail: who has joined counts as one of the nodes.
        let mut writer = store.writer()?;
        let membership = if store.is_shared() {
            let mut node = [0; 16];
            random.fill(&mut node);
            let join = || Membership::join(&*store, &mut *writer, &time, NodeId(node), role, policy.lease_time);
            // A writer blocks, which a runtime's thread must not.
            std::thread::scope(|scope| scope.spawn(join).join()).map_err(|_panic| StartError::Panicked)??
        } else {
            Membership::alone(time.now())
        };
        // Only now nobody else gives numbers under this node's.
        let (_, newest_number) = store.snapshot()?.newest()?;
        let engine = Engine::start(writer, time.clone(), &policy)?;
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
            membership,
            changing_merchants: tokio::sync::Mutex::new(()),
            changing_suppliers: tokio::sync::Mutex::new(()),
            loading_catalogue: Mutex::new(()),
        };
        let context = Self { inner: Arc::new(inner) };
        if context.membership.is_shared() {
            start_membership(&context);
        }
        Ok(context)
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

    /// Fine, or why no requests can be served.
    pub fn health(&self) -> Result<(), String> {
        self.engine.check_answers()?;
        let has_place = self.membership.number(self.time.monotonic()).is_some();
        if has_place { Ok(()) } else { Err("this node has lost its place among the others".to_owned()) }
    }

    /// Whether webhooks may go to this address; otherwise why not, for its owner.
    pub fn check_webhook_url(&self, url: &str) -> Result<(), GuardFault> {
        self.post.check_url(url)
    }

    /// Whether a header of an endpoint's owner may be sent; otherwise why not.
    pub fn check_webhook_header(&self, name: &str, value: &str) -> Result<(), HeaderFault> {
        self.post.check_header(name, value)
    }

    /// How many endpoints merchants have, and how many of these were disabled by what they answered, or didn't.
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
        self.give_back(false).await;
        self.tasks.finished().await;
        self.give_back(true).await;
        let context = self.clone();
        let _ = Tasks::block(move || context.engine.stop()).await;
    }

    /// Gives back to the other nodes what this one holds, with its number or without.
    async fn give_back(&self, with_number: bool) {
        // The last beat may have been on its way: then the leases aren't as they were seen, and the answer says how they are.
        for _ in 0..2 {
            let changes = self.membership.farewell(with_number);
            if changes.is_empty() {
                return;
            }
            match self.engine.tell(ChangeLeases { changes }).await {
                Ok(after) => self.membership.note_farewell(after, &self.time),
                Err(error) => {
                    tracing::warn!(%error, "this node's work could not be given back; others take it over");
                    return;
                }
            }
        }
    }

    /// A number for an order, a voucher, an endpoint or a callback. None is given by a node that may have lost its place among the others,
    /// because it couldn't reach the database for too long.
    pub(crate) fn number(&self) -> Result<i64, CallError> {
        // The moment first: whoever stands still in between gives a number of then, when this one was still its own.
        let now = self.time.now();
        let node = self.membership.number(self.time.monotonic()).ok_or_else(|| {
            tracing::warn!(
                "this node has lost its place among the others, and takes nothing on until it has one again"
            );
            CallError::Internal
        })?;
        Ok(self.ids.number(node, now))
    }

    pub(crate) fn supplier_ref(&self) -> Result<SupplierRef, CallError> {
        self.ids.supplier_ref(self.time.now()).ok_or(CallError::Internal)
    }
}
