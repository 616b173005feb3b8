//! What changed a merchant's balance.

use domain::time::Timestamp;
use store::MutationPage;

use crate::context::Context;
use crate::directory::Caller;
use crate::error::CallError;

/// Which mutations to list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MutationQuery {
    /// Not before this moment.
    pub from: Option<Timestamp>,
    /// Not after this moment.
    pub to: Option<Timestamp>,
    /// From 1.
    pub page: u32,
    /// How many a page.
    pub per_page: u32,
}

/// A page of the caller's mutations, newest first.
pub async fn list_mutations(
    context: &Context,
    caller: &Caller,
    query: MutationQuery,
) -> Result<MutationPage, CallError> {
    let merchant_id = caller.merchant_id;
    context
        .read(move |snapshot| snapshot.mutations(merchant_id, query.from, query.to, query.page, query.per_page))
        .await
}
