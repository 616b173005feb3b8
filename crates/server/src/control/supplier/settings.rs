//! What an operator may say of a supplier at any time.

use app::SupplierChange;
use clap::ValueEnum;
use domain::money::Rupiah;
use domain::supplier::SupplierState;
use serde::{Deserialize, Serialize};

use crate::control::merchant::{Clearable, read_networks};
use crate::control::{Refused, SecretText};

/// What is given is changed, the rest stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SupplierSettings {
    /// Where it listens, or at its published address.
    pub url: Option<Clearable<String>>,
    /// What signs our requests.
    pub key: Option<SecretText>,
    /// What signs its callbacks, or (IsiKuota) our requests together with the key.
    pub secret: Option<Clearable<SecretText>>,
    /// Everything is a test there, or not.
    pub testing: Option<bool>,
    /// Whether it answers status calls.
    pub can_be_asked: Option<bool>,
    /// The operator's switch.
    pub state: Option<Switch>,
    /// How many orders may be under way there at once.
    pub max_in_flight: Option<u32>,
    /// Addresses or networks from which its callbacks may come; empty: any.
    pub callbacks_from: Option<Vec<String>>,
    /// Below this balance there is a warning, or never.
    pub low_balance: Option<Clearable<i64>>,
    /// Its refusal codes after which a purchase may go to the next supplier.
    pub reroute_codes: Option<Vec<String>>,
}

/// The operator's switch.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Switch {
    /// It is asked and paid.
    On,
    /// Nothing new goes there; bills that it quoted may still be paid.
    Draining,
    /// Nothing is sent there; what is pending is still asked about.
    Off,
}

impl SupplierSettings {
    /// The changes that are meant, checked.
    pub fn changes(self) -> Result<Vec<SupplierChange>, Refused> {
        let mut changes = Vec::new();
        if let Some(url) = self.url {
            changes.push(SupplierChange::Url(match url {
                // Paths are put behind it.
                Clearable::Set(url) => Some(url.trim_end_matches('/').into()),
                Clearable::Clear => None,
            }));
        }
        changes.extend(self.key.map(|key| SupplierChange::Key(key.reveal())));
        changes.extend(self.secret.map(|secret| match secret {
            Clearable::Set(secret) => SupplierChange::Secret(Some(secret.reveal())),
            Clearable::Clear => SupplierChange::Secret(None),
        }));
        changes.extend(self.testing.map(SupplierChange::IsTesting));
        changes.extend(self.can_be_asked.map(SupplierChange::CanBeAsked));
        changes.extend(self.state.map(|state| SupplierChange::State(state.into())));
        changes.extend(self.max_in_flight.map(max_in_flight).transpose()?);
        if let Some(networks) = self.callbacks_from {
            changes.push(SupplierChange::CallbackNetworks(read_networks(&networks)?));
        }
        if let Some(low_balance) = self.low_balance {
            changes.push(SupplierChange::LowBalance(match low_balance {
                Clearable::Set(amount) => {
                    Some(Rupiah::new(amount).ok_or_else(|| Refused::because("the low balance is too large"))?)
                }
                Clearable::Clear => None,
            }));
        }
        changes.extend(self.reroute_codes.map(reroute_codes).transpose()?);
        Ok(changes)
    }
}

fn max_in_flight(most: u32) -> Result<SupplierChange, Refused> {
    match most {
        0 => Err(Refused::because("at least one order must be able to be under way; switch off who shall have none")),
        _ => Ok(SupplierChange::MaxInFlight(most)),
    }
}

fn reroute_codes(codes: Vec<String>) -> Result<SupplierChange, Refused> {
    let is_code =
        |code: &String| !code.is_empty() && code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_graphic());
    match codes.iter().find(|code| !is_code(code)) {
        Some(bad) => Err(Refused(format!("`{bad}` is no supplier's code"))),
        None => Ok(SupplierChange::RerouteCodes(codes.into_iter().map(Into::into).collect())),
    }
}

impl From<Switch> for SupplierState {
    fn from(switch: Switch) -> Self {
        match switch {
            Switch::On => Self::On,
            Switch::Draining => Self::Draining,
            Switch::Off => Self::Off,
        }
    }
}

impl From<SupplierState> for Switch {
    fn from(state: SupplierState) -> Self {
        match state {
            SupplierState::On => Self::On,
            SupplierState::Draining => Self::Draining,
            SupplierState::Off => Self::Off,
        }
    }
}
