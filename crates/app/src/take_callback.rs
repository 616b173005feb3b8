//! A supplier tells something unasked.
//!
//! Whatever comes in is kept before it has any effect, and with every copy the same thing happens as with the first: its word goes the one
//! way that answers and status checks go. What isn't signed over its whole body merely makes us ask.

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use domain::answer::{Answer, Source};
use domain::attempt::Attempt;
use domain::callback::{Callback, CallbackVerdict};
use domain::command::{JudgeCallback, KeepCallback};
use domain::exchange::Words;
use domain::id::{OrderId, SupplierName, SupplierRef};
use domain::lease::Work;
use outbound::{CallbackFault, CallbackNews, CallbackRequest};
use store::OrderWithAttempt;

use crate::channel::Channel;
use crate::check_order::{asked_about, check_due};
use crate::context::Context;
use crate::error::CallError;
use crate::send::{Said, record, shortest_pause};

/// How much is kept of what nobody could have signed, of its headers and of its body, in bytes.
const JUNK_LENGTH: usize = 4 * 1024;

/// The call's name in the history of an order.
const CALL: &str = "callback";

/// A request to a supplier's callback address, as it came.
#[derive(Clone, Debug)]
pub struct IncomingCallback {
    /// At whose address.
    pub supplier: SupplierName,
    /// From where.
    pub address: IpAddr,
    /// Its headers, but for the connection's own: names in lower case.
    pub headers: Vec<(String, String)>,
    /// Its body, byte for byte.
    pub body: Bytes,
}

/// What it turned out to be, before anything is done about it.
pub struct JudgedCallback {
    incoming: IncomingCallback,
    channel: Arc<Channel>,
    news: Result<CallbackNews, CallbackVerdict>,
}

impl JudgedCallback {
    /// Whether it is nothing that the supplier could have sent: somebody else may send such things by the million.
    pub fn is_junk(&self) -> bool {
        self.news.is_err()
    }
}

/// Looks at a callback; `None` if there is no such supplier.
pub fn judge_callback(context: &Context, incoming: IncomingCallback) -> Option<JudgedCallback> {
    let channel = context.suppliers.find(&incoming.supplier).filter(|channel| channel.profile.is_some())?;
    let request = CallbackRequest { headers: &incoming.headers, body: &incoming.body };
    let news = if channel.may_call_from(incoming.address) {
        channel.adapter.read_callback(&request).map_err(|fault| match fault {
            CallbackFault::Forged => CallbackVerdict::Forged,
            CallbackFault::Unreadable | CallbackFault::NotExpected => CallbackVerdict::Unreadable,
        })
    } else {
        Err(CallbackVerdict::Stranger)
    };
    Some(JudgedCallback { incoming, channel, news })
}

/// Keeps a callback, then does what it calls for. When this gives a verdict, everything is on disk, but for junk beyond what is kept of it.
pub async fn take_callback(context: &Context, judged: JudgedCallback) -> Result<CallbackVerdict, CallError> {
    let JudgedCallback { incoming, channel, news } = judged;
    let supplier = incoming.supplier.clone();
    let mut body = channel.masked(&incoming.body);
    let mut headers = headers_of(&incoming);
    if let Err(verdict) = news {
        tracing::warn!(%supplier, address = %incoming.address, ?verdict, "a callback was not believed");
        if !channel.junk.take(1, context.time.monotonic()) {
            return Ok(verdict);
        }
        body.truncate(JUNK_LENGTH);
        headers.truncate(headers.floor_char_boundary(JUNK_LENGTH));
    }
    let body: Arc<[u8]> = body.into();
    let callback_id = context.number()?;
    let now = context.time.now();
    let callback = Callback {
        callback_id,
        supplier: supplier.clone(),
        address: incoming.address.to_string().into(),
        headers: headers.into(),
        body: Arc::clone(&body),
        verdict: CallbackVerdict::Received,
        order_id: None,
        received_at: now,
        updated_at: now,
    };
    context.engine.ask(KeepCallback { callback }).await?;
    let (verdict, order_id) = match news {
        Err(verdict) => (verdict, None),
        Ok(CallbackNews::Nothing) => (CallbackVerdict::NoOrder, None),
        Ok(CallbackNews::Says { supplier_ref, answer }) => {
            hear(context, &supplier, supplier_ref, answer, &body).await?
        }
        Ok(CallbackNews::AskAbout(supplier_ref)) => ask(context, &supplier, supplier_ref).await?,
    };
    context.engine.ask(JudgeCallback { callback_id, verdict, order_id }).await?;
    Ok(verdict)
}

/// Its word is as good as an answer.
async fn hear(
    context: &Context,
    supplier: &SupplierName,
    supplier_ref: SupplierRef,
    answer: Answer,
    body: &[u8],
) -> Result<(CallbackVerdict, Option<OrderId>), CallError> {
    let Some(found) = find(context, supplier, supplier_ref).await? else {
        return Ok((CallbackVerdict::UnknownOrder, None));
    };
    let OrderWithAttempt { order, attempt } = found;
    let words = Words {
        call: CALL.into(),
        request: Arc::default(),
        status: None,
        answer: String::from_utf8_lossy(body).as_ref().into(),
    };
    let said = Said { words: Some(words), ..Said::plainly(answer, Source::Callback) };
    record(context, &order, &attempt, said).await?;
    Ok((CallbackVerdict::Recorded, Some(order.order_id)))
}

/// Somebody says that there is news: the supplier is asked now, unless it was just asked.
async fn ask(
    context: &Context,
    supplier: &SupplierName,
    supplier_ref: SupplierRef,
) -> Result<(CallbackVerdict, Option<OrderId>), CallError> {
    let Some(OrderWithAttempt { order, attempt }) = find(context, supplier, supplier_ref).await? else {
        return Ok((CallbackVerdict::UnknownOrder, None));
    };
    let order_id = order.order_id;
    if let Some(asked) = context.asking.begin(attempt.key) {
        let asking = context.clone();
        context.tasks.spawn_worker(async move {
            let _asked = asked;
            let now = asking.time.now();
            // Who asked before this node may have asked just before it died.
            let membership = &asking.membership;
            let since =
                membership.since(Work::Statuses, asking.time.monotonic()).unwrap_or_else(|| membership.begun_at());
            let may_ask = |attempt: &Attempt| {
                let heard_at = attempt.updated_at.max(since);
                now >= heard_at.plus(shortest_pause(&asking, &attempt.route.supplier))
            };
            match asked_about(&asking, &attempt).await {
                Ok(Some(found)) if may_ask(&found.attempt) => {
                    check_due(&asking, &found.order, &found.attempt).await;
                }
                Ok(_) => {}
                Err(error) => tracing::error!(%order_id, %error, "an attempt that there is news of can't be read"),
            }
        });
    }
    Ok((CallbackVerdict::Asked, Some(order_id)))
}

async fn find(
    context: &Context,
    supplier: &SupplierName,
    supplier_ref: SupplierRef,
) -> Result<Option<OrderWithAttempt>, CallError> {
    let supplier = supplier.clone();
    context.read(move |snapshot| snapshot.attempt_by_supplier_ref(&supplier, &supplier_ref)).await
}

fn headers_of(incoming: &IncomingCallback) -> String {
    let mut lines = String::new();
    for (name, value) in &incoming.headers {
        for part in [name, ": ", value, "\n"] {
            lines.push_str(part);
        }
    }
    lines
}
