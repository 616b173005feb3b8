//! Records what a supplier, or a person at the desk, said of an attempt, and settles the order by it.
//!
//! Answers, status checks, callbacks and the desk are all this one command, so the hundredth copy does nothing.

mod announce;
mod attempt;
mod claim;
mod reroute;

use std::time::Duration;

use crate::answer::{Answer, Source};
use crate::attempt::{Attempt, AttemptKey, AttemptState};
use crate::command::Decide;
use crate::dispatch::DispatchKey;
use crate::exchange::{Exchange, Words};
use crate::id::{EndpointId, Mode, RefKey};
use crate::ledger::movements;
use crate::money::Rupiah;
use crate::order::{Claim, Cost, DeskReason, Order, OrderStatus};
use crate::refusal::{Fault, Refusal};
use crate::time::Timestamp;
use crate::world::{Reads, World};

pub use reroute::Reroute;

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
    /// The words in which it was said, for the history.
    pub words: Option<Words>,
    /// How long to wait until the supplier is asked next, if it has to be.
    pub pause: Duration,
    /// Where a purchase goes next if this supplier made nothing of it; the answer and the next attempt are one commit.
    pub next: Option<Reroute>,
}

/// What the answer did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// The order is as it was, or only its desk changed.
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
    /// The supplier made nothing of it, and another one is asked.
    Rerouted,
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
    /// The next attempt, if there is one: send it.
    pub next: Option<Attempt>,
    /// Who is to be told: wake their couriers.
    pub told: Vec<EndpointId>,
}

impl Decide for RecordAnswer {
    type Decision = Recorded;

    fn name_rows(&self, reads: &mut Reads) {
        reads.books.push(self.key.merchant_id);
        reads.orders.push(self.key.clone());
        reads.attempts.push(self.attempt);
        reads.endpoints.push(self.key.merchant_id);
        reads.dispatches.push(DispatchKey { merchant_id: self.key.merchant_id, order_id: self.attempt.order_id });
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
        let next = self.reroute(&mut order, &attempt, now)?;
        let effect = if next.is_some() {
            Effect::Rerouted
        } else if attempt.key.number < order.attempts {
            self.on_superseded(&mut order)
        } else {
            match order.status {
                OrderStatus::Pending => self.on_pending(world, &mut order, now)?,
                OrderStatus::Success => self.on_success(world, &mut order, now)?,
                OrderStatus::Failed | OrderStatus::Refunded => self.on_failure(world, &mut order, now)?,
            }
        };
        // Whatever was asked of the desk about a pending order is answered.
        if order.status != OrderStatus::Pending && order.desk == Some(DeskReason::Unresolved) {
            order.desk = None;
        }
        if order != before {
            order.updated_at = now;
            world.orders.put(order.clone())?;
            claim::update(world, &before, &order, now)?;
        }
        let mut after = attempt::after(&attempt, self, &order, effect, now);
        if let Some(words) = &self.words {
            after.exchanges = after.exchanges.saturating_add(1);
            after.updated_at = now;
            world.append_exchange(self.exchange(after.exchanges, words, now));
        }
        if after != attempt {
            world.attempts.put(after.clone())?;
        }
        if let Some(next) = &next {
            world.attempts.load(next.key, None);
            world.attempts.put(next.clone())?;
        }
        let told = match announce::what_happened(effect, &attempt, &after, &order) {
            Some(kind) => announce::announce(world, kind, &order, now)?,
            None => Vec::new(),
        };
        Ok(Recorded { order, attempt: after, effect, next, told })
    }
}

impl RecordAnswer {
    /// While an attempt is being sent, only its sender and the supplier's own callback speak.
    fn check_may_speak(&self, order: &Order, attempt: &Attempt, now: Timestamp) -> Result<(), Refusal> {
        let may_be_on_its_way =
            attempt.state == AttemptState::Sending && attempt.check_at.is_some_and(|lost_at| now < lost_at);
        match self.source {
            Source::Status | Source::Operator if may_be_on_its_way => Err(Refusal::AttemptInFlight),
            Source::Operator if order.status != OrderStatus::Pending && order.desk.is_none() => {
                Err(Refusal::OrderFinal)
            }
            Source::Send | Source::Callback | Source::Status | Source::Operator => Ok(()),
        }
    }

    fn exchange(&self, number: u32, words: &Words, now: Timestamp) -> Exchange {
        Exchange { attempt: self.attempt, number, source: self.source, words: words.clone(), recorded_at: now }
    }

    /// Another supplier was asked since, because this one had made nothing of it. If it did after all, it was bought twice, and a person
    /// must see to it; no merchant's money moves.
    fn on_superseded(&self, order: &mut Order) -> Effect {
        match &self.answer {
            Answer::Confirmed { .. } => self.contradict(order, DeskReason::SuccessAfterFailure),
            Answer::Refused { .. } | Answer::Refunded { .. } | Answer::Unknown { .. } | Answer::NotReceived => {
                Effect::Nothing
            }
        }
    }

    fn on_pending(&self, world: &mut World, order: &mut Order, now: Timestamp) -> Result<Effect, Refusal> {
        match &self.answer {
            Answer::Confirmed { sn, cost, desc, .. } => {
                let cost = self.take_cost(order, *cost);
                order.desc.clone_from(desc);
                if is_production(order) {
                    movements::capture(world, order, cost.amount, now)?;
                }
                order.cost = Some(cost);
                order.sn.clone_from(sn);
                order.status = OrderStatus::Success;
                self.decide_desk(order);
                Ok(Effect::Succeeded)
            }
            Answer::Refused { .. } | Answer::Refunded { .. } => {
                if is_production(order) {
                    movements::release(world, order, now)?;
                }
                order.status = OrderStatus::Failed;
                self.decide_desk(order);
                Ok(Effect::Failed)
            }
            Answer::Unknown { .. } | Answer::NotReceived => Ok(Effect::Nothing),
        }
    }

    fn on_success(&self, world: &mut World, order: &mut Order, now: Timestamp) -> Result<Effect, Refusal> {
        match &self.answer {
            Answer::Confirmed { sn, cost, .. } => {
                self.decide_desk(order);
                self.notice_late_cost(order, *cost);
                if order.sn.is_none() && sn.is_some() {
                    order.sn.clone_from(sn);
                    return Ok(Effect::SnReceived);
                }
                Ok(Effect::Nothing)
            }
            Answer::Refused { .. } if self.source != Source::Operator => {
                Ok(self.contradict(order, DeskReason::FailureAfterSuccess))
            }
            // Nobody contradicts the success: a person's verdict on what was pending came too late.
            Answer::Refused { .. } if !order.desk.is_some_and(DeskReason::is_contradiction) => Err(Refusal::OrderFinal),
            Answer::Refused { .. } | Answer::Refunded { .. } => {
                let cost = order.cost.ok_or(Fault::Inconsistent("a success without its cost"))?;
                if is_production(order) {
                    movements::reverse(world, order, cost.amount, now)?;
                }
                self.decide_desk(order);
                order.desk = None;
                order.status = OrderStatus::Refunded;
                order.refunded_at = Some(now);
                Ok(Effect::Refunded)
            }
            Answer::Unknown { .. } | Answer::NotReceived => Ok(Effect::Nothing),
        }
    }

    fn on_failure(&self, world: &mut World, order: &mut Order, now: Timestamp) -> Result<Effect, Refusal> {
        match &self.answer {
            // The house bears its cost already.
            Answer::Confirmed { .. } if self.source == Source::Operator && order.is_borne => {
                self.decide_desk(order);
                Ok(Effect::Nothing)
            }
            // A person says that the supplier did do it: the house bears the cost. Charging the merchant again is a person's adjustment.
            Answer::Confirmed { sn, cost, .. } if self.source == Source::Operator => {
                let cost = order.cost.unwrap_or_else(|| self.take_cost(order, *cost));
                if is_production(order) && cost.amount.is_positive() {
                    movements::bear(world, order, cost.amount, now)?;
                }
                order.cost = Some(cost);
                if order.sn.is_none() {
                    order.sn.clone_from(sn);
                }
                order.is_borne = true;
                self.decide_desk(order);
                Ok(Effect::Nothing)
            }
            // Its success is in the books. An older answer may still be on its way, but a status check is new.
            Answer::Confirmed { .. } if order.cost.is_some() => match (order.status, self.source) {
                (OrderStatus::Refunded, Source::Status) if !order.is_borne => {
                    Ok(self.contradict(order, DeskReason::SuccessAfterFailure))
                }
                _ => Ok(Effect::Nothing),
            },
            Answer::Confirmed { .. } => Ok(self.contradict(order, DeskReason::SuccessAfterFailure)),
            // The supplier gives back what the house had borne.
            Answer::Refunded { .. } if order.is_borne => Ok(self.contradict(order, DeskReason::FailureAfterSuccess)),
            Answer::Refused { .. } | Answer::Refunded { .. } => {
                self.decide_desk(order);
                Ok(Effect::Nothing)
            }
            Answer::Unknown { .. } | Answer::NotReceived => Ok(Effect::Nothing),
        }
    }

    /// Puts the order on the desk. What a person has overruled before is only heard again from a status check, which is new.
    fn contradict(&self, order: &mut Order, reason: DeskReason) -> Effect {
        let is_overruled = order.decided == Some(reason) && self.source != Source::Status;
        if order.desk == Some(reason) || is_overruled {
            return Effect::Nothing;
        }
        order.desk = Some(reason);
        Effect::Contradicted
    }

    /// A person has decided what lay on the desk: the supplier's word that brought it there is overruled, also when it is heard again.
    fn decide_desk(&self, order: &mut Order) {
        if self.source == Source::Operator
            && let Some(reason) = order.desk.take()
        {
            order.decided = Some(reason);
        }
    }

    /// What the supplier took: what it states, or what was quoted. Another amount than the quoted one goes to the desk, unless a person
    /// stated it; one that can't be is not believed.
    fn take_cost(&self, order: &mut Order, stated: Option<Rupiah>) -> Cost {
        let is_other = stated.is_some_and(|amount| amount != order.quoted_cost);
        // That it may have been bought twice weighs more.
        let is_contradicted = order.desk.is_some_and(DeskReason::is_contradiction);
        if is_other && !is_contradicted && self.source != Source::Operator {
            order.desk = Some(DeskReason::CostDiffers);
        }
        match stated {
            Some(amount) if !amount.is_negative() => Cost { amount, is_stated: true },
            Some(_) | None => Cost { amount: order.quoted_cost, is_stated: false },
        }
    }

    /// A cost that is stated only after the success moves no money any more; a person looks at it.
    fn notice_late_cost(&self, order: &mut Order, stated: Option<Rupiah>) {
        let is_new = order.cost.is_some_and(|cost| stated.is_some_and(|amount| amount != cost.amount));
        let is_decided = order.decided == Some(DeskReason::CostDiffers);
        if is_new && !is_decided && order.desk.is_none() && self.source != Source::Operator {
            order.desk = Some(DeskReason::CostDiffers);
        }
    }
}

fn is_production(order: &Order) -> bool {
    order.key.mode == Mode::Production
}
