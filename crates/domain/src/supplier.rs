//! A supplier's profile: how it is spoken to, and whether it is.

use std::sync::Arc;

use crate::id::SupplierName;
use crate::merchant::Sealed;
use crate::money::Rupiah;
use crate::row::Row;
use crate::time::Timestamp;

/// Which language a supplier speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SupplierKind {
    /// Digiflazz's buyer API.
    Digiflazz,
    /// IAK, formerly MobilePulsa.
    Iak,
    /// The published IsiKuota interface: another Loket.
    IsiKuota,
}

/// The operator's switch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SupplierState {
    /// It is asked and paid.
    On,
    /// No new inquiries and purchases go there; bills that it quoted may still be paid.
    Draining,
    /// Nothing is sent there. What is pending is still asked about, since only it knows.
    Off,
}

/// What the operator said of a supplier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SupplierProfile {
    /// Its name in this house.
    pub name: SupplierName,
    /// Its language.
    pub kind: SupplierKind,
    /// Where it listens; `None`: its published address.
    pub url: Option<Arc<str>>,
    /// Who we are there: a user name, an `api_id`.
    pub user: Arc<str>,
    /// What signs our requests.
    pub key: Sealed,
    /// What signs its callbacks, or (IsiKuota) our requests together with the key.
    pub secret: Option<Sealed>,
    /// Everything is a test there, and nothing is real.
    pub is_testing: bool,
    /// It answers status calls. An IsiKuota-compatible server that is no Loket doesn't: then what is unknown goes to the desk.
    pub can_be_asked: bool,
    /// The operator's switch.
    pub state: SupplierState,
    /// How many orders may be under way there at once.
    pub max_in_flight: u32,
    /// Addresses or networks (CIDR) from which its callbacks may come; empty: any.
    pub callback_networks: Vec<Arc<str>>,
    /// Below this balance there the operator is warned.
    pub low_balance: Option<Rupiah>,
    /// Its refusal codes after which a purchase may go to the next supplier, although they don't say that nothing was created.
    pub reroute_codes: Vec<Arc<str>>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Row for SupplierProfile {
    type Key = SupplierName;
    const NAME: &'static str = "supplier";

    fn key(&self) -> SupplierName {
        self.name.clone()
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }
}
