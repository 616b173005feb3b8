//! All that was said about an order, in the order of time.

use std::fmt::Write;

use crate::control::order::{CallbackShown, ExchangeShown, InquiryShown, OrderShown, WordsShown};

/// Something that was said.
struct Event<'a> {
    at: &'a str,
    title: String,
    /// What we said, and what we heard.
    texts: [&'a str; 2],
}

/// Each with its time, its title and its words; nothing if nothing was said.
pub fn all(order: &OrderShown) -> String {
    let mut events: Vec<Event<'_>> = order.inquiry.iter().filter_map(inquiry).collect();
    events.extend(order.exchanges.iter().flatten().map(exchange));
    events.extend(order.callbacks.iter().flatten().map(callback));
    // WIB as it is written sorts as time does; of one second, each source's own order is kept.
    events.sort_by_key(|event| event.at);
    events.iter().map(in_words).collect()
}

fn in_words(event: &Event<'_>) -> String {
    let mut text = format!("\n{}  {}\n", event.at, event.title);
    for (mark, said) in ["> ", "< "].into_iter().zip(event.texts) {
        for line in said.lines() {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "    {mark}{line}");
        }
    }
    text
}

fn inquiry(inquiry: &InquiryShown) -> Option<Event<'_>> {
    let words = inquiry.words.as_ref()?;
    let title = format!("inquiry at {}: {}", inquiry.supplier, call(words));
    Some(Event { at: &inquiry.opened_at, title, texts: texts(words) })
}

fn exchange(exchange: &ExchangeShown) -> Event<'_> {
    let source = match exchange.source.as_str() {
        "send" => "sent",
        "status" => "asked",
        "callback" => "told unasked",
        _ => "said at the desk",
    };
    let title = format!("attempt {}, {source}: {}", exchange.attempt, call(&exchange.words));
    Event { at: &exchange.recorded_at, title, texts: texts(&exchange.words) }
}

fn callback(callback: &CallbackShown) -> Event<'_> {
    let title = format!("callback of {} from {}: {}", callback.supplier, callback.address, callback.verdict);
    Event { at: &callback.received_at, title, texts: ["", &callback.body] }
}

fn call(words: &WordsShown) -> String {
    words.status.map_or_else(|| words.call.clone(), |status| format!("{}, HTTP {status}", words.call))
}

fn texts(words: &WordsShown) -> [&str; 2] {
    [&words.request, &words.answer]
}
