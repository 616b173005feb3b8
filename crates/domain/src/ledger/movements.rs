//! EVERY way that money moves, one function each. Nothing else makes a transfer.
//!
//! | movement | debit | credit |
//! |---|---|---|
//! | [`deposit`] | deposits | available |
//! | [`adjust`] up, down | adjustments, available | available, adjustments |
//! | [`hold`] | available | held |
//! | [`capture`] | held | supplier cost, and revenue for the rest |
//! | [`capture`] above what is held | held, revenue | supplier cost |
//! | [`release`] | held | available |
//! | [`reverse`] | supplier cost and revenue | available |
//! | [`bear`] | revenue | supplier cost |

use crate::id::{CauseId, MerchantId};
use crate::ledger::{Account, Book, Slot, Transfer};
use crate::money::Rupiah;
use crate::order::Order;
use crate::refusal::{Fault, Refusal};
use crate::time::Timestamp;
use crate::world::World;

/// The merchant paid in.
pub fn deposit(
    world: &mut World,
    merchant_id: MerchantId,
    cause_id: CauseId,
    amount: Rupiah,
    now: Timestamp,
) -> Result<Book, Refusal> {
    if !amount.is_positive() {
        return Err(Refusal::AmountInvalid);
    }
    book(world, merchant_id)?.check_has_room(amount)?;
    write(world, merchant_id, cause_id, Slot::Voucher, now, &[(Account::Deposits, Account::Available, amount)])
}

/// A person corrects `available`, up or down; down no further than the credit limit.
pub fn adjust(
    world: &mut World,
    merchant_id: MerchantId,
    cause_id: CauseId,
    amount: Rupiah,
    now: Timestamp,
) -> Result<Book, Refusal> {
    if amount.is_zero() {
        return Err(Refusal::AmountInvalid);
    }
    if amount.is_negative() {
        book(world, merchant_id)?.check_covers(amount.negated())?;
        let leg = (Account::Available, Account::Adjustments, amount.negated());
        write(world, merchant_id, cause_id, Slot::Voucher, now, &[leg])
    } else {
        book(world, merchant_id)?.check_has_room(amount)?;
        write(world, merchant_id, cause_id, Slot::Voucher, now, &[(Account::Adjustments, Account::Available, amount)])
    }
}

/// An order was accepted: its amount leaves `available`, as far as the credit limit lets it.
pub fn hold(world: &mut World, order: &Order, now: Timestamp) -> Result<Book, Refusal> {
    let merchant_id = order.key.merchant_id;
    book(world, merchant_id)?.check_covers(order.amount)?;
    write(
        world,
        merchant_id,
        order.order_id.into(),
        Slot::Hold,
        now,
        &[(Account::Available, Account::Held, order.amount)],
    )
}

/// The supplier did it: what it took goes to it, the rest is earned. A cost above what is held is the house's loss.
pub fn capture(world: &mut World, order: &Order, cost: Rupiah, now: Timestamp) -> Result<Book, Refusal> {
    let legs = capture_legs(order.amount, cost)?;
    write(world, order.key.merchant_id, order.order_id.into(), Slot::Settle, now, &legs)
}

/// The supplier did not do it: the amount goes back.
pub fn release(world: &mut World, order: &Order, now: Timestamp) -> Result<Book, Refusal> {
    let leg = (Account::Held, Account::Available, order.amount);
    write(world, order.key.merchant_id, order.order_id.into(), Slot::Settle, now, &[leg])
}

/// The supplier took its success back: the merchant gets the amount again, from where the capture had put it.
pub fn reverse(world: &mut World, order: &Order, cost: Rupiah, now: Timestamp) -> Result<Book, Refusal> {
    let legs = capture_legs(order.amount, cost)?.map(|(debit, credit, amount)| {
        let back_to = if debit == Account::Held { Account::Available } else { debit };
        (credit, back_to, amount)
    });
    write(world, order.key.merchant_id, order.order_id.into(), Slot::Reverse, now, &legs)
}

/// The supplier did it although the merchant has its money: the house bears the cost. Charging the merchant again is a person's adjustment.
pub fn bear(world: &mut World, order: &Order, cost: Rupiah, now: Timestamp) -> Result<Book, Refusal> {
    let leg = (Account::Revenue, Account::SupplierCost, cost);
    write(world, order.key.merchant_id, order.order_id.into(), Slot::Bear, now, &[leg])
}

type Leg = (Account, Account, Rupiah);

/// What a capture moves: to the supplier what is held, as far as it goes; then the rest to revenue, or the excess from it.
fn capture_legs(amount: Rupiah, cost: Rupiah) -> Result<[Leg; 2], Fault> {
    let rest = amount.minus(cost)?;
    Ok([
        (Account::Held, Account::SupplierCost, amount.min(cost)),
        if rest.is_negative() {
            (Account::Revenue, Account::SupplierCost, rest.negated())
        } else {
            (Account::Held, Account::Revenue, rest)
        },
    ])
}

fn book(world: &World, merchant_id: MerchantId) -> Result<&Book, Refusal> {
    world.books.get(&merchant_id)?.ok_or(Refusal::MerchantNotFound)
}

/// Posts the legs that move anything, in their order, and gives the book as it is afterwards.
fn write(
    world: &mut World,
    merchant_id: MerchantId,
    cause_id: CauseId,
    slot: Slot,
    now: Timestamp,
    legs: &[Leg],
) -> Result<Book, Refusal> {
    let mut book = book(world, merchant_id)?.clone();
    let mut transfers = Vec::with_capacity(legs.len());
    for (leg, &(debit, credit, amount)) in (0_u8..).zip(legs) {
        if amount.is_zero() {
            continue;
        }
        let mut transfer =
            Transfer { merchant_id, cause_id, slot, leg, debit, credit, amount, created_at: now, mutation: None };
        book.post(&mut transfer)?;
        transfers.push(transfer);
    }
    world.append(transfers);
    world.books.put(book.clone())?;
    Ok(book)
}
