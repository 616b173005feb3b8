//! What happened to a merchant's orders, for those who read it instead of receiving it.

use domain::command::BeginTelling;
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
///
/// The first time that a merchant without endpoints asks, its events begin to be written: what happened before that is not told.
pub async fn read_events(
    context: &Context,
    merchant_id: MerchantId,
    after: Option<i64>,
    limit: u32,
) -> Result<EventsPage, CallError> {
    let (page, is_told) = context
        .read(move |snapshot| {
            let book = snapshot.book(merchant_id)?;
            let (newest, is_told) = book.map_or((0, false), |book| (book.events, book.is_told));
            let events = match after.filter(|after| *after < newest) {
                Some(after) => snapshot.events_after(merchant_id, after, Timestamp::default(), limit)?,
                None => Vec::new(),
            };
            Ok((EventsPage { events, newest }, is_told))
        })
        .await?;
    if !is_told {
        context.engine.ask(BeginTelling { merchant_id }).await?;
    }
    Ok(page)
}
