//! Calls about our account at a supplier: they move no money, and may be made at any time.

use std::panic::AssertUnwindSafe;

use domain::money::Rupiah;
use futures_util::FutureExt;
use outbound::CallFault;

use crate::channel::Channel;
use crate::context::Context;

/// Waits for the answer, but not for ever.
pub async fn call_account<T>(
    context: &Context,
    call: impl Future<Output = Result<T, CallFault>>,
) -> Result<T, CallFault> {
    let calling = AssertUnwindSafe(call).catch_unwind();
    match context.time.limit(context.policy.supplier_limit, calling).await {
        Some(Ok(answer)) => answer,
        Some(Err(_panic)) => Err(CallFault::Unreadable("the adapter panicked".into())),
        None => Err(CallFault::Unreadable("no answer in time".into())),
    }
}

/// Asks what is left of our deposit at a supplier, and keeps it in mind.
pub async fn read_supplier_balance(context: &Context, channel: &Channel) -> Result<Rupiah, CallFault> {
    let amount = call_account(context, channel.adapter.balance()).await?;
    channel.purse().note_balance(amount, context.time.now());
    Ok(amount)
}
