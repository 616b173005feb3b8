//! What an answer says about an order.

use std::sync::Arc;

use domain::answer::Answer;
use domain::money::Rupiah;

use crate::suppliers::digiflazz::code::{Call, Code, Says};
use crate::suppliers::digiflazz::details::Details;
use crate::suppliers::digiflazz::transaction::Transaction;

/// A code that isn't one is shown no longer than this.
const LONGEST_CODE: usize = 16;

/// Reads it by its code, never by its message.
pub fn read(call: Call, is_bill: bool, transaction: &Transaction) -> Answer {
    let Ok(Some(code)) = transaction.rc.text() else {
        return unknown("an answer without a code");
    };
    let Some(row) = Code::find(&code) else {
        let code: String = code.chars().take(LONGEST_CODE).collect();
        tracing::error!(supplier = "digiflazz", ?call, code, "a code that isn't in the table");
        return unknown(format!("unknown code {code:?}"));
    };
    if !agrees(row, transaction) {
        return unknown(format!("{} with another status than {}", row.rc, row.status.as_str()));
    }
    match row.says(call) {
        Says::Done if is_bill => paid(transaction),
        Says::Done => bought(transaction),
        Says::Wait => unknown(format!("pending: {} {}", row.rc, row.message)),
        Says::Failed => Answer::Refused { code: row.rc.into(), nothing_created: false },
        Says::Unmade => Answer::Refused { code: row.rc.into(), nothing_created: true },
        Says::Refund => Answer::Refunded { code: row.rc.into() },
        Says::Silent => unknown(format!("{} {}: that proves nothing here", row.rc, row.message)),
    }
}

/// That nothing can be said.
pub fn unknown(why: impl Into<Arc<str>>) -> Answer {
    Answer::Unknown { why: why.into() }
}

/// Whether the status is the one that belongs to the code, if there is one.
pub fn agrees(row: &Code, transaction: &Transaction) -> bool {
    let status = transaction.status.text();
    status.is_ok_and(|status| status.is_none_or(|status| status.eq_ignore_ascii_case(row.status.as_str())))
}

/// The proof of a payment is that the member `sn` is there. It may be empty: some billers give none. Without it this may be the inquiry's
/// success, which looks alike.
fn paid(transaction: &Transaction) -> Answer {
    match transaction.sn.text_or_empty() {
        Ok(Some(sn)) => Answer::Confirmed {
            sn: Some(sn.into()),
            cost: cost(transaction),
            desc: details(transaction),
            ask_again: false,
        },
        Ok(None) | Err(_) => unknown("a success without the member sn, as an inquiry's"),
    }
}

/// A top-up has no inquiry that its success could be taken for. Its `sn` may come later.
fn bought(transaction: &Transaction) -> Answer {
    let sn = transaction.sn.text().ok().flatten();
    Answer::Confirmed { sn: sn.map(Into::into), cost: cost(transaction), desc: None, ask_again: false }
}

/// What only the payment knows of the bill. What can't be read changes nothing of what was paid.
fn details(transaction: &Transaction) -> Option<Arc<str>> {
    let details = transaction.desc.is_given().then(|| Details::read(&transaction.desc).ok()).flatten()?;
    Some(details.json.into())
}

/// What it took. A success is one also with a price that can't be read; the quoted one counts then.
fn cost(transaction: &Transaction) -> Option<Rupiah> {
    transaction.price.rupiah().ok().flatten()
}
