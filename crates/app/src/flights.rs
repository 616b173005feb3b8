//! Payments that this process is sending right now, so that whoever asks for one meanwhile waits with it.

use std::collections::HashMap;
use std::sync::Arc;

use domain::id::RefKey;
use domain::order::Order;
use foldhash::fast::RandomState;
use parking_lot::Mutex;
use tokio::sync::Notify;

/// Where a payment is on its way.
#[derive(Clone, Debug, Default)]
enum Stage {
    /// Nobody is sending it, as far as this process knows.
    #[default]
    Grounded,
    /// Accepted, and being sent.
    Departed,
    /// The supplier answered, or its answer was lost: the order as it is now.
    Landed(Box<Order>),
}

/// A payment's stage, and whom to wake when that changes.
#[derive(Debug, Default)]
struct Flight {
    stage: Mutex<Stage>,
    changed: Notify,
}

impl Flight {
    fn enter(&self, stage: Stage) {
        *self.stage.lock() = stage;
        self.changed.notify_waiters();
    }
}

/// The payments that somebody here is asking about, by reference. Clones share one set.
#[derive(Clone, Default)]
pub struct Flights {
    open: Arc<Mutex<HashMap<RefKey, Open, RandomState>>>,
}

/// A flight, and how many hold it.
struct Open {
    flight: Arc<Flight>,
    holders: usize,
}

/// A hold on one payment's flight; the last one to let go closes it. Clones share one hold.
#[derive(Clone)]
pub struct Ticket {
    hold: Arc<Hold>,
}

/// What ends when it is dropped.
struct Hold {
    flights: Flights,
    key: RefKey,
    flight: Arc<Flight>,
}

impl Flights {
    /// Joins the flight of a reference. Join before asking the engine: then nothing that happens afterwards is missed.
    pub fn join(&self, key: &RefKey) -> Ticket {
        let mut open = self.open.lock();
        let entry = open.entry(key.clone()).or_insert_with(|| Open { flight: Arc::default(), holders: 0 });
        entry.holders = entry.holders.saturating_add(1);
        let hold = Hold { flights: self.clone(), key: key.clone(), flight: Arc::clone(&entry.flight) };
        Ticket { hold: Arc::new(hold) }
    }
}

impl Ticket {
    /// The payment was accepted, and is being sent from here.
    pub fn depart(&self) {
        self.hold.flight.enter(Stage::Departed);
    }

    /// The supplier answered, or its answer was lost.
    pub fn land(&self, order: Order) {
        self.hold.flight.enter(Stage::Landed(Box::new(order)));
    }

    /// Whether this process is sending it right now.
    pub fn has_departed(&self) -> bool {
        matches!(*self.hold.flight.stage.lock(), Stage::Departed)
    }

    /// The order as it landed, once it does; at once `None` if nobody here is sending it.
    pub async fn landed(&self) -> Option<Order> {
        loop {
            // Whatever happens from here on wakes us.
            let changed = self.hold.flight.changed.notified();
            match &*self.hold.flight.stage.lock() {
                Stage::Landed(order) => return Some(Order::clone(order)),
                Stage::Grounded => return None,
                Stage::Departed => {}
            }
            changed.await;
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut open = self.flights.open.lock();
        if let Some(entry) = open.get_mut(&self.key) {
            entry.holders = entry.holders.saturating_sub(1);
            if entry.holders == 0 {
                open.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::id::{MerchantId, Mode, RefId};

    use super::*;

    #[test]
    fn the_last_holder_closes_a_flight() {
        let key = RefKey { merchant_id: MerchantId(1), mode: Mode::Production, ref_id: RefId::parse("A").unwrap() };
        let flights = Flights::default();
        let first = flights.join(&key);
        let (second, clone) = (flights.join(&key), first.clone());
        drop((first, clone));
        assert_eq!(flights.open.lock().len(), 1);
        drop(second);
        assert!(flights.open.lock().is_empty());
    }
}
