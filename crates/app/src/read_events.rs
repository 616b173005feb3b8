//! What happened to a merchant's orders, for those who read it instead of receiving it.

use domain::event::Event;
use domain::id::MerchantId;
use domain::time::Timestamp;

use crate::context::Context;
use crate::error::CallError;

/// Events that follow each other.
#[derive(Clone, Debug)]
pub struct EventsPage {
    /// By number. Those that are no longer kept are passed over.
    pub events: Vec<Event>,
    /// The number of the merchant's newest event; 0 if there was none yet.
    pub newest: i64,
}

/// A merchant's events with numbers above `after`; `None`: nothing but where the newest stands.
pub async fn read_events(
    context: &Context,
    merchant_id: MerchantId,
    after: Option<i64>,
    limit: u32,
) -> Result<EventsPage, CallError> {
    context
        .read(move |snapshot| {
            let newest = snapshot.book(merchant_id)?.map_or(0, |book| book.events);
            let events = match after.filter(|after| *after < newest) {
                Some(after) => snapshot.events_after(merchant_id, after, Timestamp::default(), limit)?,
                None => Vec::new(),
            };
            Ok(EventsPage { events, newest })
        })
        .await
}
