//! Our side of one supplier: its adapter, the operator's switch, how much may be under way there, and how it is doing.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::answer::Answer;
use domain::id::CustomerNo;
use domain::supplier::{SupplierProfile, SupplierState};
use domain::time::Timestamp;
use ipnet::IpNet;
use outbound::{Heard, InquiryAnswer, Manners, Secret, Supplier};
use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::allowance::Allowance;
use crate::circuit::{Circuit, Mark};
use crate::directory::read_network;
use crate::mask::mask;
use crate::pause::pause_before_check;
use crate::price_shelf::PriceShelf;
use crate::purse::Purse;

/// How many questions what became of an order may be under way at one supplier.
const MOST_QUESTIONS: usize = 64;

/// How many callbacks that nobody could have signed are kept an hour.
const MOST_JUNK: usize = 240;

/// What goes to one supplier goes through here.
pub struct Channel {
    /// Speaks its language.
    pub adapter: Arc<dyn Supplier>,
    /// What the operator said of it; `None`: the built-in sandbox, which is always on and never in trouble.
    pub profile: Option<SupplierProfile>,
    manners: Manners,
    secrets: Vec<Secret>,
    permits: Arc<Semaphore>,
    places: Arc<Semaphore>,
    /// How much of what nobody could have signed is kept.
    pub junk: Arc<Allowance>,
    health: Arc<Mutex<Health>>,
    purse: Arc<Purse>,
    price_shelf: Arc<PriceShelf>,
    /// `None`: one of them can't be read, and nobody is let in until it is mended.
    callback_networks: Option<Vec<IpNet>>,
}

/// How it is doing: as a whole, and by product, since one product's trouble is not all products'.
#[derive(Default)]
struct Health {
    whole: Circuit,
    by_sku: HashMap<Arc<str>, Circuit>,
}

/// The right to have one order under way at a supplier; ends when dropped.
pub struct Permit {
    _held: Option<OwnedSemaphorePermit>,
    _trial: Option<Trial>,
}

/// What passed as the trial of a supplier in trouble. If nothing came of it, such as when the order was there already, the trial is given
/// back when this is dropped: otherwise merchants who ask about their orders would use up every trial.
struct Trial {
    health: Arc<Mutex<Health>>,
    sku: Arc<str>,
}

impl Drop for Trial {
    fn drop(&mut self) {
        let mut health = self.health.lock();
        health.whole.give_back();
        if let Some(circuit) = health.by_sku.get_mut(&self.sku) {
            circuit.give_back();
        }
    }
}

/// A place among the questions about orders that are under way at a supplier; ends when dropped.
pub struct Place {
    _held: OwnedSemaphorePermit,
}

/// What is to go through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Errand {
    /// An inquiry or a purchase: another supplier could do it.
    New,
    /// The payment of a bill that this supplier quoted.
    Quoted,
}

impl Channel {
    /// To the sandbox.
    pub fn to_sandbox(sandbox: Arc<dyn Supplier>) -> Self {
        Self {
            manners: sandbox.manners(),
            secrets: Vec::new(),
            adapter: sandbox,
            profile: None,
            permits: Arc::new(Semaphore::new(0)),
            places: Arc::new(Semaphore::new(MOST_QUESTIONS)),
            junk: junk_allowance(),
            health: Arc::default(),
            purse: Arc::new(Purse::opened(Timestamp::default())),
            price_shelf: Arc::default(),
            callback_networks: Some(Vec::new()),
        }
    }

    /// To a supplier; it goes on from `before`, if there was a channel to it already.
    pub fn to(
        adapter: Arc<dyn Supplier>,
        profile: SupplierProfile,
        secrets: Vec<Secret>,
        now: Timestamp,
        before: Option<&Self>,
    ) -> Self {
        let same_limit = before
            .filter(|before| before.profile.as_ref().is_some_and(|old| old.max_in_flight == profile.max_in_flight));
        let most = usize::try_from(profile.max_in_flight).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        let manners = adapter.manners();
        Self {
            manners: Manners { can_be_asked: manners.can_be_asked && profile.can_be_asked, ..manners },
            adapter,
            secrets,
            permits: same_limit.map_or_else(|| Arc::new(Semaphore::new(most)), |before| Arc::clone(&before.permits)),
            places: before
                .map_or_else(|| Arc::new(Semaphore::new(MOST_QUESTIONS)), |before| Arc::clone(&before.places)),
            junk: before.map_or_else(junk_allowance, |before| Arc::clone(&before.junk)),
            health: before.map_or_else(Arc::default, |before| Arc::clone(&before.health)),
            purse: before.map_or_else(|| Arc::new(Purse::opened(now)), |before| Arc::clone(&before.purse)),
            price_shelf: before.map_or_else(Arc::default, |before| Arc::clone(&before.price_shelf)),
            callback_networks: profile.callback_networks.iter().map(|text| read_network(text)).collect(),
            profile: Some(profile),
        }
    }

    /// Lets one errand through, or not now: it is switched off, in trouble, full, or says so itself.
    pub fn admit(&self, errand: Errand, sku: &Arc<str>, customer_no: &CustomerNo, now: Duration) -> Option<Permit> {
        self.adapter.admit(sku, customer_no).ok()?;
        let Some(profile) = &self.profile else { return Some(Permit { _held: None, _trial: None }) };
        let is_on = match (profile.state, errand) {
            (SupplierState::On, _) | (SupplierState::Draining, Errand::Quoted) => true,
            (SupplierState::Draining, Errand::New) | (SupplierState::Off, _) => false,
        };
        if !is_on {
            return None;
        }
        let held = Arc::clone(&self.permits).try_acquire_owned().ok()?;
        // Last, since a circuit that lets a trial through counts on its outcome.
        let mut health = self.health.lock();
        let Health { whole, by_sku } = &mut *health;
        if !whole.admits(now) {
            return None;
        }
        if !by_sku.get_mut(sku).is_none_or(|circuit| circuit.admits(now)) {
            // A product that doesn't get through must not use up its supplier's trial.
            whole.give_back();
            return None;
        }
        let is_trial = whole.is_on_trial() || by_sku.get(sku).is_some_and(Circuit::is_on_trial);
        let trial = is_trial.then(|| Trial { health: Arc::clone(&self.health), sku: Arc::clone(sku) });
        Some(Permit { _held: Some(held), _trial: trial })
    }

    /// Notes what the answer to a sending says about the supplier's health.
    pub fn note_sending(&self, sku: &Arc<str>, heard: &Heard<Answer>, now: Duration) {
        let has_spoken =
            heard.exchange.as_ref().and_then(|exchange| exchange.status).is_some_and(|status| status < 500);
        let mark = match &heard.meaning {
            Answer::Confirmed { .. } | Answer::Refunded { .. } | Answer::Refused { nothing_created: false, .. } => {
                Mark::Fine
            }
            Answer::Refused { nothing_created: true, .. } => Mark::Refusal,
            // It is working on it, or says something new.
            Answer::Unknown { .. } if has_spoken => Mark::Fine,
            Answer::Unknown { .. } | Answer::NotReceived => Mark::Silence,
        };
        self.note(sku, mark, now);
    }

    /// Notes what the answer to an inquiry says about the supplier's health.
    pub fn note_inquiry(&self, sku: &Arc<str>, answer: &InquiryAnswer, now: Duration) {
        let mark = match answer {
            InquiryAnswer::Found(_)
            | InquiryAnswer::NotFound
            | InquiryAnswer::AlreadyPaid
            | InquiryAnswer::NumberInvalid => Mark::Fine,
            InquiryAnswer::Unavailable => Mark::Refusal,
            InquiryAnswer::Unreadable => Mark::Silence,
        };
        self.note(sku, mark, now);
    }

    fn note(&self, sku: &Arc<str>, mark: Mark, now: Duration) {
        if self.profile.is_none() {
            return;
        }
        let mut health = self.health.lock();
        // That it can't sell one product says nothing about the others.
        health.whole.note(if mark == Mark::Refusal { Mark::Fine } else { mark }, now);
        if mark != Mark::Fine {
            health.by_sku.entry(Arc::clone(sku)).or_default().note(mark, now);
        } else if let Some(circuit) = health.by_sku.get_mut(sku) {
            circuit.note(mark, now);
        }
    }

    /// Whether it is left alone at this moment because it is in trouble; and which of its products are.
    pub fn trouble(&self, now: Duration) -> (bool, Vec<Arc<str>>) {
        let health = self.health.lock();
        let mut skus: Vec<_> =
            health.by_sku.iter().filter(|(_, circuit)| circuit.is_open(now)).map(|(sku, _)| Arc::clone(sku)).collect();
        skus.sort_unstable();
        (health.whole.is_open(now), skus)
    }

    /// A place for a question what became of an order; none if too many are under way.
    pub fn take_place(&self) -> Option<Place> {
        Arc::clone(&self.places).try_acquire_owned().ok().map(|held| Place { _held: held })
    }

    /// How many orders are under way there.
    pub fn in_flight(&self) -> u32 {
        let most = self.profile.as_ref().map_or(0, |profile| profile.max_in_flight);
        most.saturating_sub(u32::try_from(self.permits.available_permits()).unwrap_or(u32::MAX))
    }

    /// What is known of our money there.
    pub fn purse(&self) -> &Purse {
        &self.purse
    }

    /// Its last price list.
    pub(crate) fn price_shelf(&self) -> &PriceShelf {
        &self.price_shelf
    }

    /// How it wants to be asked.
    pub const fn manners(&self) -> Manners {
        self.manners
    }

    /// How long to wait before the next status check, after so many. Only the sandbox needs no jitter: nobody else shares it.
    pub fn pause(&self, checks: u16, jitter: impl FnOnce() -> u8) -> Duration {
        pause_before_check(self.manners.pace, checks, if self.profile.is_some() { jitter() } else { 0 })
    }

    /// Whether its callbacks may come from there.
    pub fn may_call_from(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let may =
            |networks: &Vec<IpNet>| networks.is_empty() || networks.iter().any(|network| network.contains(&address));
        self.callback_networks.as_ref().is_some_and(may)
    }

    /// What may be kept of a body that came from outside: it may hold the secrets that we share with the supplier (Digiflazz's ping does).
    pub fn masked(&self, body: &[u8]) -> Vec<u8> {
        let secrets: Vec<&str> = self.secrets.iter().map(Secret::reveal).collect();
        mask(body, &secrets)
    }

    /// Whether the operator lets a purchase go on to the next supplier after this refusal code.
    pub fn lets_reroute(&self, code: &str) -> bool {
        self.profile.as_ref().is_some_and(|profile| profile.reroute_codes.iter().any(|allowed| **allowed == *code))
    }
}

fn junk_allowance() -> Arc<Allowance> {
    Arc::new(Allowance::an_hour(MOST_JUNK))
}
