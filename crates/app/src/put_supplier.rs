//! Adds a supplier, or changes what is said of one. What can't be connected is refused before anything is written.

use std::sync::Arc;

use domain::command;
use domain::id::SupplierName;
use domain::money::Rupiah;
use domain::supplier::{SupplierKind, SupplierProfile, SupplierState};
use outbound::AccountFault;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::context::Context;
use crate::error::CallError;
use crate::suppliers::{SupplierError, place_of};
use crate::vault::VaultError;

/// How many orders may be under way at a supplier of which nothing else is said.
const MOST_IN_FLIGHT: u32 = 100;

/// What is to be put.
pub struct PutSupplier {
    /// Its name in this house.
    pub name: SupplierName,
    /// Who it is, if it is new; `None` changes the one that is there.
    pub new: Option<NewSupplier>,
    /// What is said of it beyond that, one after the other.
    pub changes: Vec<SupplierChange>,
}

/// What is said of a supplier once, for ever: its orders are asked about as this user of it.
pub struct NewSupplier {
    /// Its language.
    pub kind: SupplierKind,
    /// Who we are there.
    pub user: Arc<str>,
    /// What signs our requests. This alone may change.
    pub key: Zeroizing<String>,
}

/// What may be said of a supplier at any time.
pub enum SupplierChange {
    /// Where it listens; `None`: its published address.
    Url(Option<Arc<str>>),
    /// What signs our requests.
    Key(Zeroizing<String>),
    /// What signs its callbacks, or (IsiKuota) our requests together with the key.
    Secret(Option<Zeroizing<String>>),
    /// Everything is a test there.
    IsTesting(bool),
    /// It answers status calls.
    CanBeAsked(bool),
    /// The operator's switch.
    State(SupplierState),
    /// How many orders may be under way there at once.
    MaxInFlight(u32),
    /// From where its callbacks may come; empty: from anywhere.
    CallbackNetworks(Vec<Arc<str>>),
    /// Below this balance there the operator is warned.
    LowBalance(Option<Rupiah>),
    /// Its refusal codes after which a purchase may go to the next supplier, although they don't say that nothing was created.
    RerouteCodes(Vec<Arc<str>>),
}

/// Why a supplier is not put. Nothing was changed.
#[derive(Debug, Error)]
pub enum PutSupplierError {
    /// The sandbox can't be replaced.
    #[error("the sandbox is built in; choose another name")]
    BuiltIn,
    /// There is none to change.
    #[error("there is no such supplier")]
    NotFound,
    /// Nobody can be spoken to with such an account.
    #[error(transparent)]
    Account(#[from] AccountFault),
    /// It could not be written.
    #[error(transparent)]
    Call(#[from] CallError),
}

/// Puts it; it holds for the next request.
pub async fn put_supplier(context: &Context, request: PutSupplier) -> Result<SupplierProfile, PutSupplierError> {
    let _turn = context.changing_suppliers.lock().await;
    let PutSupplier { name, new, changes } = request;
    if name == *context.suppliers.sandbox_name() {
        return Err(PutSupplierError::BuiltIn);
    }
    let is_new = new.is_some();
    let mut profile = match new {
        Some(new) => blank(context, name, new)?,
        None => stored(context, &name).await?.ok_or(PutSupplierError::NotFound)?,
    };
    for change in changes {
        apply(context, &mut profile, change)?;
    }
    let connection = context.suppliers.connect(&context.vault, &profile)?;
    let command = command::PutSupplier { profile, is_new };
    let profile = context.engine.ask(command).await.map_err(CallError::from)?;
    context.suppliers.put(&profile, &connection, context.time.now());
    Ok(profile)
}

/// A supplier as the store has it: another node may just have changed it.
async fn stored(context: &Context, name: &SupplierName) -> Result<Option<SupplierProfile>, CallError> {
    let all = context.read(|snapshot| snapshot.suppliers()).await?;
    Ok(all.into_iter().find(|profile| profile.name == *name))
}

fn blank(context: &Context, name: SupplierName, new: NewSupplier) -> Result<SupplierProfile, PutSupplierError> {
    let now = context.time.now();
    Ok(SupplierProfile {
        kind: new.kind,
        url: None,
        user: new.user,
        key: context.vault.seal(&place_of(&name, "key"), &new.key)?,
        name,
        secret: None,
        is_testing: false,
        can_be_asked: true,
        state: SupplierState::On,
        max_in_flight: MOST_IN_FLIGHT,
        callback_networks: Vec::new(),
        low_balance: None,
        reroute_codes: Vec::new(),
        created_at: now,
        updated_at: now,
    })
}

fn apply(context: &Context, profile: &mut SupplierProfile, change: SupplierChange) -> Result<(), VaultError> {
    let name = profile.name.clone();
    let seal = |secret, text: &str| context.vault.seal(&place_of(&name, secret), text);
    match change {
        SupplierChange::Url(url) => profile.url = url,
        SupplierChange::Key(key) => profile.key = seal("key", &key)?,
        SupplierChange::Secret(secret) => {
            profile.secret = secret.map(|secret| seal("secret", &secret)).transpose()?;
        }
        SupplierChange::IsTesting(is_testing) => profile.is_testing = is_testing,
        SupplierChange::CanBeAsked(can_be_asked) => profile.can_be_asked = can_be_asked,
        SupplierChange::State(state) => profile.state = state,
        SupplierChange::MaxInFlight(most) => profile.max_in_flight = most,
        SupplierChange::CallbackNetworks(networks) => profile.callback_networks = networks,
        SupplierChange::LowBalance(low_balance) => profile.low_balance = low_balance,
        SupplierChange::RerouteCodes(codes) => profile.reroute_codes = codes,
    }
    Ok(())
}

impl From<SupplierError> for PutSupplierError {
    fn from(error: SupplierError) -> Self {
        match error {
            SupplierError::Account(fault) => Self::Account(fault),
            SupplierError::Vault(error) => error.into(),
        }
    }
}

impl From<VaultError> for PutSupplierError {
    fn from(error: VaultError) -> Self {
        Self::Call(error.into())
    }
}
