//! Keeps an eye on suppliers: takes their price lists over, and reads what is left of our deposits there.

#[cfg(test)]
mod tests;

use std::time::Duration;

use domain::id::SupplierName;
use domain::lease::Work;
use domain::money::Rupiah;
use domain::supplier::{SupplierProfile, SupplierState};
use futures_util::future::join;

use crate::account_call::read_supplier_balance;
use crate::channel::Channel;
use crate::context::Context;
use crate::price_shelf::KEEPS_FOR;
use crate::sync_prices::{PriceDifference, PriceDifferences, sync_prices};

/// A server that is started again and again doesn't ask each time.
const FIRST_PAUSE: Duration = Duration::from_mins(1);
/// How often balances are read.
const BALANCE_EVERY: Duration = Duration::from_mins(10);

/// Watches, for ever.
pub async fn run(context: Context) {
    context.time.sleep(FIRST_PAUSE).await;
    join(watch_balances(&context), watch_prices(&context)).await;
}

async fn watch_balances(context: &Context) {
    loop {
        read_balances(context).await;
        context.time.sleep(BALANCE_EVERY).await;
    }
}

async fn watch_prices(context: &Context) {
    // Never, if the operator wants it so.
    let Some(pause) = context.policy.sync_every else { return };
    loop {
        // Suppliers allow a list every five minutes, however many nodes there are; one that takes this over may be refused the first time.
        if context.membership.holds(Work::Upkeep, context.time.monotonic()) {
            take_prices(context).await;
        }
        context.time.sleep(pause.max(KEEPS_FOR)).await;
    }
}

/// Reads the balance at each supplier, and warns where it is low.
async fn read_balances(context: &Context) {
    for (name, channel) in context.suppliers.all().iter() {
        let Some(profile) = &channel.profile else { continue };
        match read_supplier_balance(context, channel).await {
            Ok(balance) if is_low(profile, balance) => {
                let hours_left = channel.purse().hours_left(context.time.now());
                tracing::warn!(supplier = %name, %balance, hours_left, "the deposit at a supplier is running low");
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(supplier = %name, %error, "the balance at a supplier can't be read"),
        }
    }
}

/// Takes the price lists over of those to whom anything is sent.
async fn take_prices(context: &Context) {
    for (name, _) in context.suppliers.all().iter().filter(|(_, channel)| is_used(channel)) {
        match sync_prices(context, name).await {
            Ok(differences) => report(name, &differences),
            Err(error) => tracing::warn!(supplier = %name, %error, "a supplier's prices can't be taken over"),
        }
    }
}

fn is_used(channel: &Channel) -> bool {
    channel.profile.as_ref().is_some_and(|profile| profile.state != SupplierState::Off)
}

fn is_low(profile: &SupplierProfile, balance: Rupiah) -> bool {
    profile.low_balance.is_some_and(|low| balance < low)
}

fn report(supplier: &SupplierName, found: &PriceDifferences) {
    if found.unreadable > 0 {
        tracing::warn!(%supplier, lines = found.unreadable, "some lines of a price list can't be read");
    }
    for PriceDifference { code, before, after, is_too_dear } in &found.differences {
        let (sku, before) = (&before.route.sku, before.route.cost);
        match after {
            None => tracing::warn!(%supplier, product = %code, %sku, "a supplier doesn't list a product any more"),
            Some(after) if *is_too_dear => {
                tracing::warn!(%supplier, product = %code, %sku, %before, cost = %after.cost, "a product costs more than it may");
            }
            Some(after) => tracing::info!(
                %supplier, product = %code, %sku, %before, cost = %after.cost, available = after.is_available,
                "a supplier's terms for a product have changed"
            ),
        }
    }
}
