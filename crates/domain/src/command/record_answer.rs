//! Records what a supplier, or a person at the desk, said of an attempt, and settles the order by it.
//!
//! Answers, status checks, callbacks and the desk are all this one command, so the hundredth copy does nothing.

use std::sync::Arc;

use crate::answer::{Answer, Source};
use crate::attempt::{Attempt, AttemptKey, AttemptState, pause_before_check};
use crate::bill::{Bill, PaidBill};
use crate::command::Decide;
use crate::duplicate::DuplicateGuard;
use crate::id::{Mode, RefKey};
use crate::ledger::movements;
use crate::money::Rupiah;
use crate::order::{Claim, Cost, DeskReason, Order, OrderStatus};
use crate::refusal::{Fault, Refusal};
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// Something was said of an attempt.
#[derive(Clone, Debug)]
pub struct RecordAnswer {
    /// The order's reference.
    pub key: RefKey,
    /// Of which attempt.
    pub attempt: AttemptKey,
    /// What the order occupies.
    pub claim: Claim,
    /// What was said.
    pub answer: Answer,
    /// How it reached us.
    pub source: Source,
}

/// What the answer did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// The order is as it was.
    Nothing,
    /// The order succeeded.
    Succeeded,
    /// The order failed, and its money is back.
    Failed,
    /// The proof of an earlier success arrived.
    SnReceived,
    /// An earlier success was taken back, and its money returned.
    Refunded,
    /// The supplier contradicts what is settled: no merchant's money moved, and it lies on the operator's desk.
    Contradicted,
}

/// How things stand after the answer.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The order.
    pub order: Order,
    /// The attempt.
    pub attempt: Attempt,
    /// What the answer did.
    pub effect: Effect,
}

impl Decide for RecordAnswer {
    type Decision = Recorded;

    fn name_rows(&self, reads: &mut Reads) {
        reads.books.push(self.key.merchant_id);
        reads.orders.push(self.key.clone());
        reads.attempts.push(self.attempt);
        match &self.claim {
            Claim::Bill(key) => {
                reads.inquiries.push(self.key.clone());
                reads.bills.push(key.clone());
            }
            Claim::Purchase(key) => reads.duplicates.push(key.clone()),
        }
    }

    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Recorded, Refusal> {
        let before = world.orders.get(&self.key)?.cloned().ok_or(Refusal::OrderNotFound)?;
        let attempt = world.attempts.get(&self.attempt)?.cloned().ok_or(Refusal::OrderNotFound)?;
        if attempt.key.order_id != before.order_id || before.claim != self.claim {
            return Err(Fault::Inconsistent("an answer for another order").into());
        }
        self.check_may_speak(&before, &attempt, now)?;

        let mut order = before.clone();
        let effect = match order.status {
            OrderStatus::Pending => self.on_pending(world, &mut order, now)?,
            OrderStatus::Success => self.on_success(world, &mut order, now)?,
            OrderStatus::Failed | OrderStatus::Refunded => self.on_failure(world, &mut order, now)?,
        };
        if order != before {
            order.updated_at = now;
            world.orders.put(order.clone())?;
        }
        let after = self.attempt_after(&attempt, &order, now);
        if after != attempt {
            world.attempts.put(after.clone())?;
        }
        Ok(Recorded { order, attempt: after, effect })
    }
}

impl RecordAnswer {
    /// While an attempt is being sent, only its sender and the supplier's own callback speak.
    fn check_may_speak(&self, order: &Order, attempt: &Attempt, now: Timestamp) -> Result<(), Refusal> {
        let is_sending = attempt.state == AttemptState::Sending;
        match self.source {
            Source::Recovery if !is_sending => Err(Refusal::AttemptState),
            Source::Status if is_sending && attempt.check_at.is_some_and(|lost_at| now < lost_at) => {
                Err(Refusal::AttemptInFlight)
            }
            Source::Operator if is_sending => Err(Refusal::AttemptInFlight),
            Source::Operator if order.status != OrderStatus::Pending && order.desk.is_none() => {
                Err(Refusal::OrderFinal)
            }
            Source::Send | Source::Callback | Source::Recovery | Source::Status | Source::Operator => Ok(()),
        }
    }

    fn on_pending(&self, world: &mut World, order: &mut Order, now: Timestamp) -> Result<Effect, Refusal> {
        match &self.answer {
            Answer::Confirmed { sn, cost, .. } => {
                self.capture(world, order, sn.as_ref(), *cost, now)?;
                Ok(Effect::Succeeded)
            }
            Answer::Refused { .. } | Answer::Refunded { .. } => {
                if is_production(order) {
                    movements::release(world, order, now)?;
                }
                order.status = OrderStatus::Failed;
                self.free_claim(world, order, Freed::Failed, now)?;
                Ok(Effect::Failed)
            }
            Answer::Unknown { .. } | Answer::NotReceived => Ok(Effect::Nothing),
        }
    }

    fn on_success(&self, world: &mut World, order: &mut Order, now: Timestamp) -> Result<Effect, Refusal> {
        match &self.answer {
            Answer::Confirmed { sn: Some(sn), .. } if order.sn.is_none() => {
                order.sn = Some(sn.clone());
                self.settle_desk(world, order, now)?;
                Ok(Effect::SnReceived)
            }
            Answer::Confirmed { .. } => {
                self.settle_desk(world, order, now)?;
                Ok(Effect::Nothing)
            }
            Answer::Refunded { .. } => {
                self.reverse(world, order, now)?;
                Ok(Effect::Refunded)
            }
            Answer::Refused { .. } if self.source == Source::Operator => {
                self.reverse(world, order, now)?;
                Ok(Effect::Refunded)
            }
            Answer::Refused { .. } => self.contradict(world, order, DeskReason::FailureAfterSuccess, now),
            Answer::Unknown { .. } | Answer::NotReceived => Ok(Effect::Nothing),
        }
    }

    fn on_failure(&self, world: &mut World, order: &mut Order, now: Timestamp) -> Result<Effect, Refusal> {
        match &self.answer {
            // Its success is in the books already, taken back or borne by the house: nothing new.
            Answer::Confirmed { .. } if order.cost.is_some() => Ok(Effect::Nothing),
            // A person says that the supplier did do it: the house bears the cost.
            Answer::Confirmed { sn, cost, .. } if self.source == Source::Operator => {
                let cost = cost_of(order, *cost);
                if cost.amount.is_negative() {
                    return Err(Refusal::AmountInvalid);
                }
                if is_production(order) && cost.amount.is_positive() {
                    movements::absorb(world, order, cost.amount, now)?;
                }
                order.cost = Some(cost);
                order.sn.clone_from(sn);
                order.desk = None;
                self.free_claim(world, order, Freed::Succeeded, now)?;
                Ok(Effect::Nothing)
            }
            Answer::Confirmed { .. } => self.contradict(world, order, DeskReason::SuccessAfterFailure, now),
            Answer::Refused { .. } | Answer::Refunded { .. } => {
                self.settle_desk(world, order, now)?;
                Ok(Effect::Nothing)
            }
            Answer::Unknown { .. } | Answer::NotReceived => Ok(Effect::Nothing),
        }
    }

    fn capture(
        &self,
        world: &mut World,
        order: &mut Order,
        sn: Option<&Arc<str>>,
        stated: Option<Rupiah>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let cost = cost_of(order, stated);
        if cost.amount.is_negative() {
            return Err(Refusal::AmountInvalid);
        }
        if is_production(order) {
            movements::capture(world, order, cost.amount, now)?;
        }
        if cost.amount != order.quoted_cost {
            order.desk = Some(DeskReason::CostDiffers);
        }
        order.cost = Some(cost);
        order.sn = sn.cloned();
        order.status = OrderStatus::Success;
        self.free_claim(world, order, Freed::Succeeded, now)
    }

    fn reverse(&self, world: &mut World, order: &mut Order, now: Timestamp) -> Result<(), Refusal> {
        let cost = order.cost.ok_or(Fault::Inconsistent("a success without its cost"))?;
        if is_production(order) {
            movements::reverse(world, order, cost.amount, now)?;
        }
        order.status = OrderStatus::Refunded;
        order.refunded_at = Some(now);
        order.desk = None;
        self.free_claim(world, order, Freed::Refunded, now)
    }

    /// Puts the order on the desk; the bill counts as pending until somebody resolves it.
    fn contradict(
        &self,
        world: &mut World,
        order: &mut Order,
        reason: DeskReason,
        now: Timestamp,
    ) -> Result<Effect, Refusal> {
        if order.desk == Some(reason) {
            return Ok(Effect::Nothing);
        }
        order.desk = Some(reason);
        if let Claim::Bill(key) = &self.claim {
            let bill = world.bills.get(key)?.cloned().unwrap_or_else(|| Bill::untouched(key.clone()));
            if bill.pending.is_none() {
                world.bills.put(Bill {
                    pending: Some((order.key.merchant_id, order.order_id)),
                    updated_at: now,
                    ..bill
                })?;
            }
        }
        Ok(Effect::Contradicted)
    }

    /// A person confirms what is settled: the order leaves the desk.
    fn settle_desk(&self, world: &mut World, order: &mut Order, now: Timestamp) -> Result<(), Refusal> {
        if self.source != Source::Operator {
            return Ok(());
        }
        let is_contradicted = order.desk.take().is_some_and(DeskReason::is_contradiction);
        if is_contradicted { self.free_claim(world, order, Freed::AsBefore, now) } else { Ok(()) }
    }

    fn free_claim(&self, world: &mut World, order: &Order, freed: Freed, now: Timestamp) -> Result<(), Refusal> {
        match &self.claim {
            Claim::Bill(key) => {
                let mut bill = world.bills.get(key)?.cloned().unwrap_or_else(|| Bill::untouched(key.clone()));
                if bill.pending == Some((order.key.merchant_id, order.order_id)) {
                    bill.pending = None;
                }
                match freed {
                    Freed::Succeeded => {
                        let inquiry = world.inquiries.get(&self.key)?;
                        let quote = &inquiry.ok_or(Fault::Inconsistent("a bill's order without its inquiry"))?.quote;
                        bill.successes = bill.successes.saturating_add(1);
                        bill.last_paid =
                            Some(PaidBill { tagihan: quote.tagihan, periods: quote.periods.clone(), paid_at: now });
                    }
                    Freed::Refunded => bill.last_paid = None,
                    Freed::Failed | Freed::AsBefore => {}
                }
                bill.updated_at = now;
                world.bills.put(bill)?;
            }
            Claim::Purchase(key) => {
                let mut guard =
                    world.duplicates.get(key)?.cloned().unwrap_or_else(|| DuplicateGuard::fresh(key.clone()));
                match freed {
                    Freed::Succeeded => {
                        // A belated success was counted out when it failed.
                        if order.status != OrderStatus::Failed {
                            guard.pending = guard.pending.saturating_sub(1);
                        }
                        guard.succeeded_at = guard.succeeded_at.max(Some(order.created_at));
                    }
                    Freed::Failed => guard.pending = guard.pending.saturating_sub(1),
                    Freed::Refunded | Freed::AsBefore => return Ok(()),
                }
                guard.updated_at = now;
                world.duplicates.put(guard)?;
            }
        }
        Ok(())
    }

    /// What is known of the attempt now, and when the supplier is to be asked next.
    fn attempt_after(&self, before: &Attempt, order: &Order, now: Timestamp) -> Attempt {
        let mut attempt = before.clone();
        if self.source == Source::Status {
            attempt.checks = attempt.checks.saturating_add(1);
        }
        let next_check = Some(now.plus(pause_before_check(attempt.checks)));
        let is_final = order.status != OrderStatus::Pending;
        match &self.answer {
            Answer::Confirmed { ask_again, .. } => {
                attempt.state = AttemptState::Succeeded;
                let is_incomplete = order.status == OrderStatus::Success && (order.sn.is_none() || *ask_again);
                attempt.check_at = next_check.filter(|_| is_incomplete);
            }
            Answer::Refused { code } | Answer::Refunded { code } => {
                attempt.state = AttemptState::Refused;
                attempt.check_at = None;
                attempt.note = Some(code.clone());
            }
            Answer::Unknown { why } => {
                if self.source == Source::Recovery {
                    // The sender is gone, but its bytes may still be on the way: ask only when they can't be any more.
                    attempt.state = AttemptState::Unknown;
                } else if !is_final {
                    attempt.state = AttemptState::Unknown;
                    attempt.check_at = next_check;
                } else if attempt.check_at.is_some() {
                    attempt.check_at = next_check;
                }
                attempt.note = Some(why.clone());
            }
            Answer::NotReceived if is_final => attempt.check_at = None,
            Answer::NotReceived => {
                attempt.state = AttemptState::NotReceived;
                attempt.check_at = next_check;
            }
        }
        if attempt != *before {
            attempt.updated_at = now;
        }
        attempt
    }
}

/// In which way an order lets go of its claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Freed {
    Succeeded,
    Failed,
    Refunded,
    /// A contradiction was withdrawn.
    AsBefore,
}

fn is_production(order: &Order) -> bool {
    order.key.mode == Mode::Production
}

fn cost_of(order: &Order, stated: Option<Rupiah>) -> Cost {
    Cost { amount: stated.unwrap_or(order.quoted_cost), is_stated: stated.is_some() }
}
