//! The price list that a supplier gave last. Suppliers refuse to give it again before five minutes are over.

use std::sync::Arc;
use std::time::Duration;

use outbound::{CallFault, PriceList, Supplier};
use tokio::sync::Mutex;

use crate::account_call::call_account;
use crate::context::Context;

/// How long a list is as good as a new one. Digiflazz's limit.
pub const KEEPS_FOR: Duration = Duration::from_mins(5);

/// Holds the last list. Whoever comes while it is being fetched waits for it.
#[derive(Default)]
pub struct PriceShelf(Mutex<Option<Fetched>>);

struct Fetched {
    list: Arc<PriceList>,
    /// The monotonic moment.
    at: Duration,
}

impl PriceShelf {
    /// The list, fetched unless the last one is new enough.
    pub async fn list(&self, context: &Context, adapter: &dyn Supplier) -> Result<Arc<PriceList>, CallFault> {
        let mut kept = self.0.lock().await;
        let now = context.time.monotonic();
        match kept.as_ref() {
            Some(fetched) if now < fetched.at.saturating_add(KEEPS_FOR) => Ok(Arc::clone(&fetched.list)),
            _ => {
                let list = Arc::new(call_account(context, adapter.products()).await?);
                *kept = Some(Fetched { list: Arc::clone(&list), at: now });
                Ok(list)
            }
        }
    }
}
