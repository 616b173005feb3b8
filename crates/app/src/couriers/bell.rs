//! How a courier is called.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Rings until it is heard.
#[derive(Debug, Default)]
pub struct Bell {
    has_rung: AtomicBool,
    notify: Notify,
}

impl Bell {
    /// Rings.
    pub fn ring(&self) {
        self.has_rung.store(true, Ordering::SeqCst);
        self.notify.notify_one();
    }

    /// Whether somebody waits to be heard.
    pub fn is_ringing(&self) -> bool {
        self.has_rung.load(Ordering::SeqCst)
    }

    /// Whether it has rung since it was last asked.
    pub fn take(&self) -> bool {
        self.has_rung.swap(false, Ordering::SeqCst)
    }

    /// Ends when it rings, or has rung.
    pub async fn heard(&self) {
        while !self.is_ringing() {
            self.notify.notified().await;
        }
    }
}
