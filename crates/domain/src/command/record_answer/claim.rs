//! What an answer changes about what its order occupies: a bill, or a product for a number.

use crate::bill::{Bill, PaidBill};
use crate::duplicate::DuplicateGuard;
use crate::order::{Claim, DeskReason, Order, OrderStatus};
use crate::refusal::{Fault, Refusal};
use crate::time::Timestamp;
use crate::world::World;

/// Brings the claim from what it was with the order as `before` to what it is with the order as `after`.
pub fn update(world: &mut World, before: &Order, after: &Order, now: Timestamp) -> Result<(), Refusal> {
    let has_ended = before.status == OrderStatus::Pending && after.status != OrderStatus::Pending;
    let has_succeeded = (before.cost.is_none() && after.cost.is_some()) || (!before.is_borne && after.is_borne);
    let has_been_refunded = before.status != after.status && after.status == OrderStatus::Refunded;
    match &after.claim {
        Claim::Bill(key) => {
            let mut bill = world.bills.get(key)?.cloned().unwrap_or_else(|| Bill::untouched(key.clone()));
            let unchanged = bill.clone();
            if has_ended && bill.pending == Some((after.key.merchant_id, after.order_id)) {
                bill.pending = None;
            }
            match (is_contradicted(before), is_contradicted(after)) {
                (false, true) => bill.contradictions = bill.contradictions.saturating_add(1),
                (true, false) => bill.contradictions = bill.contradictions.saturating_sub(1),
                (false, false) | (true, true) => {}
            }
            if has_succeeded {
                let inquiry = world.inquiries.get(&after.key)?;
                let quote = &inquiry.ok_or(Fault::Inconsistent("a bill's order without its inquiry"))?.quote;
                let until = now.plus(quote.repaid_window);
                bill.successes = bill.successes.saturating_add(1);
                bill.remember(PaidBill::with(after.order_id, quote.tagihan, &quote.periods, until), now);
            }
            if has_been_refunded {
                bill.forget(after.order_id);
            }
            if bill != unchanged {
                world.bills.put(Bill { updated_at: now, ..bill })?;
            }
        }
        Claim::Purchase(key) => {
            let mut guard = world.duplicates.get(key)?.cloned().unwrap_or_else(|| DuplicateGuard::fresh(key.clone()));
            if has_ended {
                guard.pending = guard.pending.saturating_sub(1);
            }
            if has_succeeded {
                guard.succeeded_at = guard.succeeded_at.max(Some(after.created_at));
            }
            if has_ended || has_succeeded {
                world.duplicates.put(DuplicateGuard { updated_at: now, ..guard })?;
            }
        }
    }
    Ok(())
}

fn is_contradicted(order: &Order) -> bool {
    order.desk.is_some_and(DeskReason::is_contradiction)
}
