//! Keeps a callback as it came, before anybody looks at it; then what it turned out to be.

use crate::callback::{Callback, CallbackVerdict};
use crate::command::Decide;
use crate::id::OrderId;
use crate::refusal::{Fault, Refusal};
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// Keep this callback.
#[derive(Clone, Debug)]
pub struct KeepCallback {
    /// As it came.
    pub callback: Callback,
}

impl Decide for KeepCallback {
    type Decision = Callback;

    fn name_rows(&self, reads: &mut Reads) {
        reads.callbacks.push(self.callback.callback_id);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Callback, Refusal> {
        let kept = Callback { received_at: now, updated_at: now, ..self.callback.clone() };
        world.callbacks.put(kept.clone())?;
        Ok(kept)
    }
}

/// Say what a callback turned out to be.
#[derive(Clone, Debug)]
pub struct JudgeCallback {
    /// Which.
    pub callback_id: i64,
    /// What it is.
    pub verdict: CallbackVerdict,
    /// About which order.
    pub order_id: Option<OrderId>,
}

impl Decide for JudgeCallback {
    type Decision = Callback;

    fn name_rows(&self, reads: &mut Reads) {
        reads.callbacks.push(self.callback_id);
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Callback, Refusal> {
        let kept = world.callbacks.get(&self.callback_id)?.cloned().ok_or(Fault::Inconsistent("a callback is gone"))?;
        let judged = Callback { verdict: self.verdict, order_id: self.order_id, updated_at: now, ..kept };
        world.callbacks.put(judged.clone())?;
        Ok(judged)
    }
}
