//! A supplier as an operator sees it. Its secrets are not part of that.

use std::sync::Arc;

use app::{Channel, Time};
use clap::ValueEnum;
use domain::money::Rupiah;
use domain::supplier::{SupplierKind, SupplierProfile};
use serde::{Deserialize, Serialize};

use super::settings::Switch;

/// What was said of it, and how it is doing. Amounts are whole rupiah, times are WIB.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a yes or no that an operator reads by its name")]
pub struct SupplierShown {
    /// Its name in this house.
    pub name: String,
    /// Its language.
    pub kind: Language,
    /// Where it listens; absent: at its published address.
    pub url: Option<String>,
    /// Who we are there.
    pub user: String,
    /// Whether there is a secret beside the key.
    pub has_secret: bool,
    /// Everything is a test there.
    pub testing: bool,
    /// The operator's switch.
    pub state: Switch,
    /// It answers status calls.
    pub can_be_asked: bool,
    /// How many orders may be under way there at once.
    pub max_in_flight: u32,
    /// How many are.
    pub in_flight: u32,
    /// It is left alone for a moment, because it fell silent again and again.
    pub in_trouble: bool,
    /// Its codes for products that are left alone for a moment.
    pub skus_in_trouble: Vec<String>,
    /// What was left of our deposit when it was last asked; it is not known before that.
    pub balance: Option<i64>,
    /// When that was.
    pub balance_at: Option<String>,
    /// For how long it does, at today's rate.
    pub hours_left: Option<u64>,
    /// Where its callbacks go, after the public API's address.
    pub callback_path: String,
    /// Addresses or networks from which its callbacks may come; empty: any.
    pub callbacks_from: Vec<String>,
    /// Below this balance there is a warning.
    pub low_balance: Option<i64>,
    /// Its refusal codes after which a purchase may go to the next supplier.
    pub reroute_codes: Vec<String>,
    /// When it was added.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

/// Which language a supplier speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Digiflazz's buyer API.
    Digiflazz,
    /// IAK, formerly MobilePulsa.
    Iak,
    /// The published IsiKuota interface: another Loket.
    #[value(name = "isikuota")]
    IsiKuota,
}

impl SupplierShown {
    /// The supplier behind a channel as it is now; `None` for the built-in sandbox, of which nothing is said.
    pub fn of(channel: &Channel, time: &Time) -> Option<Self> {
        let profile: &SupplierProfile = channel.profile.as_ref()?;
        let texts = |texts: &[Arc<str>]| texts.iter().map(ToString::to_string).collect();
        let (in_trouble, skus_in_trouble) = channel.trouble(time.monotonic());
        let balance = channel.purse().balance();
        Some(Self {
            name: profile.name.to_string(),
            kind: profile.kind.into(),
            url: profile.url.as_ref().map(ToString::to_string),
            user: profile.user.to_string(),
            has_secret: profile.secret.is_some(),
            testing: profile.is_testing,
            state: profile.state.into(),
            can_be_asked: channel.manners().can_be_asked,
            max_in_flight: profile.max_in_flight,
            in_flight: channel.in_flight(),
            in_trouble,
            skus_in_trouble: texts(&skus_in_trouble),
            balance: balance.map(|known| known.amount.get()),
            balance_at: balance.map(|known| known.read_at.wib().to_string()),
            hours_left: channel.purse().hours_left(time.now()),
            callback_path: format!("/callbacks/{}", profile.name),
            callbacks_from: texts(&profile.callback_networks),
            low_balance: profile.low_balance.map(Rupiah::get),
            reroute_codes: texts(&profile.reroute_codes),
            created_at: profile.created_at.wib().to_string(),
            updated_at: profile.updated_at.wib().to_string(),
        })
    }
}

impl From<Language> for SupplierKind {
    fn from(language: Language) -> Self {
        match language {
            Language::Digiflazz => Self::Digiflazz,
            Language::Iak => Self::Iak,
            Language::IsiKuota => Self::IsiKuota,
        }
    }
}

impl From<SupplierKind> for Language {
    fn from(kind: SupplierKind) -> Self {
        match kind {
            SupplierKind::Digiflazz => Self::Digiflazz,
            SupplierKind::Iak => Self::Iak,
            SupplierKind::IsiKuota => Self::IsiKuota,
        }
    }
}
