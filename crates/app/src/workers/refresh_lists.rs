//! Notices what other nodes changed of the lists that this one keeps in memory.

use std::collections::HashMap;
use std::time::Duration;

use domain::revision::Listing;

use crate::context::Context;
use crate::error::CallError;
use crate::put_products::reload_catalogue;

/// How long a change made at another node may stay unnoticed.
const EVERY: Duration = Duration::from_millis(500);

/// Looks now and then, for ever.
pub async fn run(context: Context) {
    let mut known = HashMap::new();
    loop {
        if let Err(error) = look(&context, &mut known).await {
            tracing::warn!(%error, "whether other nodes changed anything can't be read");
        }
        context.time.sleep(EVERY).await;
    }
}

/// Reads anew what has changed since it was read last.
async fn look(context: &Context, known: &mut HashMap<Listing, i64>) -> Result<(), CallError> {
    // Before the lists: they show all that had happened by then.
    let revisions = context.read(|snapshot| snapshot.revisions()).await?;
    for revision in revisions {
        if known.get(&revision.listing) == Some(&revision.number) {
            continue;
        }
        let refreshed = match revision.listing {
            Listing::Merchants => refresh_merchants(context).await,
            Listing::Endpoints => refresh_endpoints(context).await,
            Listing::Products => reload_catalogue(context).await,
            Listing::Suppliers => refresh_suppliers(context).await,
        };
        match refreshed {
            Ok(()) => drop(known.insert(revision.listing, revision.number)),
            // The other lists are read all the same.
            Err(error) => tracing::warn!(listing = ?revision.listing, %error, "what changed can't be read"),
        }
    }
    Ok(())
}

async fn refresh_merchants(context: &Context) -> Result<(), CallError> {
    let _turn = context.changing_merchants.lock().await;
    for merchant in context.read(|snapshot| snapshot.merchants()).await? {
        if !context.directory.knows(&merchant)
            && let Err(error) = context.directory.put(&context.vault, &merchant)
        {
            tracing::error!(merchant_id = %merchant.merchant_id, %error, "a merchant's keys can't be read");
        }
    }
    Ok(())
}

async fn refresh_endpoints(context: &Context) -> Result<(), CallError> {
    let _turn = context.changing_merchants.lock().await;
    let all = context.read(|snapshot| snapshot.all_endpoints()).await?;
    for endpoint_id in context.address_book.replace(&context.vault, &all) {
        context.couriers.wake_anew(context, endpoint_id);
    }
    Ok(())
}

async fn refresh_suppliers(context: &Context) -> Result<(), CallError> {
    let _turn = context.changing_suppliers.lock().await;
    for profile in context.read(|snapshot| snapshot.suppliers()).await? {
        let known = context.suppliers.find(&profile.name);
        if known.is_some_and(|channel| channel.profile.as_ref() == Some(&profile)) {
            continue;
        }
        match context.suppliers.connect(&context.vault, &profile) {
            Ok(connection) => context.suppliers.put(&profile, &connection, context.time.now()),
            Err(error) => tracing::error!(supplier = %profile.name, %error, "a supplier can't be connected"),
        }
    }
    Ok(())
}
