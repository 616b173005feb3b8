//! How a courier is called.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Rings until it is heard.
#[derive(Debug, Default)]
pub struct Bell {
    has_rung: AtomicBool,
    is_anew: AtomicBool,
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

    /// Ends when it rings, or has rung.
    pub async fn heard(&self) {
        while !self.has_rung() {
            self.notify.notified().await;
        }
    }
}
