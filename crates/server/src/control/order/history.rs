//! What was said about an order, as an operator reads it. Secrets were masked before it was kept.

use domain::answer::Source;
use domain::callback::{Callback, CallbackVerdict};
use domain::exchange::{Exchange, Words};
use domain::inquiry::Inquiry;
use serde::{Deserialize, Serialize};

/// The inquiry that the order pays. Amounts are whole rupiah, times are WIB.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InquiryShown {
    /// Who was asked.
    pub supplier: String,
    /// The supplier's code for the product.
    pub sku: String,
    /// Our reference there.
    pub supplier_ref: String,
    /// Whose bill it is.
    pub customer_name: String,
    /// The bill before any admin.
    pub tagihan: i64,
    /// What the customer pays on top.
    pub admin: i64,
    /// What of that the merchant keeps.
    pub commission: i64,
    /// Which periods, as the supplier writes them.
    pub periods: String,
    /// When it was answered.
    pub opened_at: String,
    /// Until when it could be paid.
    pub expires_at: String,
    /// The words.
    pub words: Option<WordsShown>,
}

/// A question and its answer, word for word.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WordsShown {
    /// Which of the supplier's calls.
    pub call: String,
    /// What was sent; empty for a callback.
    pub request: String,
    /// The answer's HTTP status, if there was one.
    pub status: Option<u16>,
    /// The answer, or what went wrong instead.
    pub answer: String,
}

/// What was said about an attempt.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ExchangeShown {
    /// About which attempt.
    pub attempt: u16,
    /// 1 for the first about that attempt.
    pub number: u32,
    /// `send`, `status`, `callback` or `operator`.
    pub source: String,
    /// The words.
    #[serde(flatten)]
    pub words: WordsShown,
    /// When they were kept.
    pub recorded_at: String,
}

/// What a supplier told unasked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CallbackShown {
    /// Its number.
    pub callback_id: i64,
    /// At whose address.
    pub supplier: String,
    /// From where.
    pub address: String,
    /// `received`, `forged`, `stranger`, `unreadable`, `no_order`, `unknown_order`, `recorded` or `asked`.
    pub verdict: String,
    /// Its headers, one a line.
    pub headers: String,
    /// Its body.
    pub body: String,
    /// When it came.
    pub received_at: String,
}

impl InquiryShown {
    /// Shows it.
    pub fn of(inquiry: &Inquiry) -> Self {
        let quote = &inquiry.quote;
        Self {
            supplier: quote.route.supplier.to_string(),
            sku: quote.route.sku.to_string(),
            supplier_ref: quote.supplier_ref.to_string(),
            customer_name: quote.customer_name.to_string(),
            tagihan: quote.tagihan.get(),
            admin: quote.admin.get(),
            commission: quote.commission.get(),
            periods: quote.periods.to_string(),
            opened_at: inquiry.opened_at.wib().to_string(),
            expires_at: inquiry.expires_at.wib().to_string(),
            words: inquiry.words.as_ref().map(WordsShown::of),
        }
    }
}

impl WordsShown {
    fn of(words: &Words) -> Self {
        Self {
            call: words.call.to_string(),
            request: words.request.to_string(),
            status: words.status,
            answer: words.answer.to_string(),
        }
    }
}

impl ExchangeShown {
    /// Shows it.
    pub fn of(exchange: &Exchange) -> Self {
        Self {
            attempt: exchange.attempt.number,
            number: exchange.number,
            source: match exchange.source {
                Source::Send => "send",
                Source::Status => "status",
                Source::Callback => "callback",
                Source::Operator => "operator",
            }
            .to_owned(),
            words: WordsShown::of(&exchange.words),
            recorded_at: exchange.recorded_at.wib().to_string(),
        }
    }
}

impl CallbackShown {
    /// Shows it.
    pub fn of(callback: &Callback) -> Self {
        Self {
            callback_id: callback.callback_id,
            supplier: callback.supplier.to_string(),
            address: callback.address.to_string(),
            verdict: match callback.verdict {
                CallbackVerdict::Received => "received",
                CallbackVerdict::Forged => "forged",
                CallbackVerdict::Stranger => "stranger",
                CallbackVerdict::Unreadable => "unreadable",
                CallbackVerdict::NoOrder => "no_order",
                CallbackVerdict::UnknownOrder => "unknown_order",
                CallbackVerdict::Recorded => "recorded",
                CallbackVerdict::Asked => "asked",
            }
            .to_owned(),
            headers: callback.headers.to_string(),
            body: String::from_utf8_lossy(&callback.body).into_owned(),
            received_at: callback.received_at.wib().to_string(),
        }
    }
}
