//! Inquiries that are being asked right now: only one per reference is ever in flight, and others wait for its answer.

use std::collections::HashMap;
use std::sync::Arc;

use domain::id::{CustomerNo, ProductCode, RefKey};
use foldhash::fast::RandomState;
use parking_lot::Mutex;
use tokio::sync::OwnedMutexGuard;

use crate::error::CallError;

/// One turn at a time for each reference.
#[derive(Clone, Default)]
pub struct Questions {
    open: Arc<Mutex<HashMap<RefKey, Lane, RandomState>>>,
}

/// Those who ask under one reference.
#[derive(Default)]
struct Lane {
    turn: Arc<tokio::sync::Mutex<Option<Failure>>>,
    /// How many questions have failed since the first of them came.
    failures: u64,
}

/// The latest question that came to nothing. One that succeeded is in the store.
struct Failure {
    number: u64,
    product_code: ProductCode,
    customer_no: CustomerNo,
    error: CallError,
}

/// Somebody's turn to ask; ends when dropped.
pub struct Turn {
    questions: Questions,
    key: RefKey,
    failures_before: u64,
    guard: Option<OwnedMutexGuard<Option<Failure>>>,
}

impl Questions {
    /// Waits until nobody else asks under this reference.
    pub async fn turn(&self, key: &RefKey) -> Turn {
        let (lock, failures_before) = {
            let mut open = self.open.lock();
            let lane = open.entry(key.clone()).or_default();
            (Arc::clone(&lane.turn), lane.failures)
        };
        let mut turn = Turn { questions: self.clone(), key: key.clone(), failures_before, guard: None };
        turn.guard = Some(lock.lock_owned().await);
        turn
    }
}

impl Turn {
    /// How the same question failed while this turn waited for it: that is its answer too.
    pub fn failure(&self, product_code: &ProductCode, customer_no: &CustomerNo) -> Option<CallError> {
        let failure = self.guard.as_ref()?.as_ref()?;
        let is_answer = failure.number > self.failures_before
            && failure.product_code == *product_code
            && failure.customer_no == *customer_no;
        is_answer.then(|| failure.error.clone())
    }

    /// The question failed: whoever waits is told.
    pub fn fail(&mut self, product_code: ProductCode, customer_no: CustomerNo, error: CallError) {
        let mut open = self.questions.open.lock();
        let Some((lane, guard)) = open.get_mut(&self.key).zip(self.guard.as_mut()) else { return };
        lane.failures = lane.failures.saturating_add(1);
        **guard = Some(Failure { number: lane.failures, product_code, customer_no, error });
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut open = self.questions.open.lock();
        self.guard = None;
        // Only the map holds it: nobody waits, and nobody can begin to while the map is locked.
        if open.get(&self.key).is_some_and(|lane| Arc::strong_count(&lane.turn) == 1) {
            open.remove(&self.key);
        }
    }
}
