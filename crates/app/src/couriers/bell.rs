//! How a courier is called.

use std::sync::atomic::{AtomicBool, Ordering};

use domain::id::OrderId;
use parking_lot::Mutex;
use tokio::sync::Notify;

/// Rings until it is heard.
#[derive(Debug, Default)]
pub struct Bell {
    has_rung: AtomicBool,
    is_anew: AtomicBool,
    wanted: Mutex<Vec<OrderId>>,
    notify: Notify,
}

impl Bell {
    /// Rings.
    pub fn ring(&self) {
        self.has_rung.store(true, Ordering::SeqCst);
        self.notify.notify_one();
    }

    /// Rings because a person wants the endpoint tried now, whatever is known of it.
    pub fn ring_anew(&self) {
        self.is_anew.store(true, Ordering::SeqCst);
        self.ring();
    }

    /// Rings because a person waits for what is told of this order.
    pub fn ring_for(&self, order_id: OrderId) {
        self.wanted.lock().push(order_id);
        self.ring();
    }

    /// Whether it has rung and nobody has asked yet.
    pub fn has_rung(&self) -> bool {
        self.has_rung.load(Ordering::SeqCst)
    }

    /// Whether it has rung since it was last asked.
    pub fn take(&self) -> bool {
        self.has_rung.swap(false, Ordering::SeqCst)
    }

    /// Whether a person has rung since it was last asked.
    pub fn take_anew(&self) -> bool {
        self.is_anew.swap(false, Ordering::SeqCst)
    }

    /// The orders for which a person has rung since it was last asked.
    pub fn take_wanted(&self) -> Vec<OrderId> {
        std::mem::take(&mut self.wanted.lock())
    }

    /// Ends when it rings, or has rung.
    pub async fn heard(&self) {
        while !self.has_rung() {
            self.notify.notified().await;
        }
    }
}
