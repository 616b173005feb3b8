//! Whether money was lost or made, as people read it.

use std::fmt;

use super::balances::Reckoning;
use super::report_text::counted;
use crate::control::Verified;

/// The balances against what merchants were told, and the books afterwards.
pub fn fmt_books(
    formatter: &mut fmt::Formatter<'_>,
    balances: Option<&Reckoning>,
    books: Option<&Verified>,
) -> fmt::Result {
    if let Some(reckoning) = balances {
        fmt_reckoning(formatter, reckoning)?;
    }
    let Some(books) = books else { return Ok(()) };
    write!(formatter, "\nbooks      {} books, {} orders, {} transfers: ", books.books, books.orders, books.transfers)?;
    if books.findings.is_empty() {
        return write!(formatter, "every rule holds");
    }
    write!(formatter, "something is wrong")?;
    books.findings.iter().try_for_each(|finding| write!(formatter, "\n           {}: {}", finding.rule, finding.place))
}

fn fmt_reckoning(formatter: &mut fmt::Formatter<'_>, reckoning: &Reckoning) -> fmt::Result {
    let Reckoning { merchants, acknowledged, taken, open, wrong, unread } = reckoning;
    if let Some(why) = unread {
        return write!(formatter, "\nbalances   not known: {why}");
    }
    let merchants = counted(*merchants, "merchant");
    write!(formatter, "\nbalances   {merchants} paid {taken}, were told of {acknowledged}")?;
    if *open > 0 {
        write!(
            formatter,
            "; {} without a final answer",
            counted(usize::try_from(*open).unwrap_or(usize::MAX), "payment")
        )?;
    }
    write!(formatter, "{}", if wrong.is_empty() { ": they agree" } else { ": they do NOT agree" })?;
    wrong.iter().try_for_each(|wrong| {
        write!(formatter, "\n           {}: paid {}, was told of {}", wrong.api_id, wrong.taken, wrong.acknowledged)
    })
}
