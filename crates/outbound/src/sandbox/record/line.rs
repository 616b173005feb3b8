//! One line of the record.

use std::{fmt, io};

use domain::money::Rupiah;
use domain::product::ProductKind;
use domain::time::Timestamp;

use crate::sandbox::record::RecordEvent;

const KINDS: [(ProductKind, &str); 3] =
    [(ProductKind::Postpaid, "postpaid"), (ProductKind::Prepaid, "prepaid"), (ProductKind::Game, "game")];

/// An event of one payment. Displays as the record writes it, without the line feed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RecordLine<'a> {
    /// When it was written.
    pub at: Timestamp,
    /// What happened.
    pub event: RecordEvent,
    /// Loket's reference: one for each payment.
    pub supplier_ref: &'a str,
    /// How the product is bought.
    pub kind: ProductKind,
    /// The product's code at the supplier.
    pub sku: &'a str,
    /// For whom.
    pub customer_no: &'a str,
    /// What the sandbox takes for it.
    pub cost: Rupiah,
}

impl<'a> RecordLine<'a> {
    /// Reads a line. [`io::ErrorKind::InvalidData`] if it is none.
    pub fn read(text: &'a str) -> io::Result<Self> {
        let unreadable = || {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("this line is not one of the sandbox's record: {text:?}"),
            )
        };
        Self::parse(text).ok_or_else(unreadable)
    }

    fn parse(text: &'a str) -> Option<Self> {
        let mut columns = text.split('\t');
        let line = Self {
            at: parse_moment(columns.next()?)?,
            event: RecordEvent::parse(columns.next()?)?,
            supplier_ref: columns.next()?,
            kind: parse_kind(columns.next()?)?,
            sku: columns.next()?,
            customer_no: columns.next()?,
            cost: Rupiah::new(columns.next()?.parse().ok()?)?,
        };
        columns.next().is_none().then_some(line)
    }
}

impl fmt::Display for RecordLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, event, supplier_ref, kind, sku, customer_no, cost } = self;
        let micros = at.micros().rem_euclid(1_000_000);
        let kind = KINDS.iter().find(|(known, _)| known == kind).map_or("", |(_, text)| text);
        write!(
            f,
            "{}.{micros:06}\t{}\t{supplier_ref}\t{kind}\t{sku}\t{customer_no}\t{}",
            at.wib(),
            event.as_str(),
            cost.get()
        )
    }
}

/// `2026-05-31 10:40:02.000123`
fn parse_moment(text: &str) -> Option<Timestamp> {
    let (seconds, micros) = text.split_once('.')?;
    let is_six_digits = micros.len() == 6 && micros.bytes().all(|byte| byte.is_ascii_digit());
    let micros: i64 = if is_six_digits { micros.parse().ok()? } else { return None };
    Some(Timestamp::from_micros(Timestamp::parse_wib(seconds)?.micros() + micros))
}

fn parse_kind(text: &str) -> Option<ProductKind> {
    KINDS.iter().find(|(_, known)| *known == text).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "2026-05-31 10:41:16.000123\tpaid\tRef1\tpostpaid\tMPBPJS\t1234567890\t24000";

    #[test]
    fn a_line_reads_as_it_was_written() {
        let line = RecordLine::read(TEXT).unwrap();
        assert_eq!(
            (line.event, line.kind, line.cost),
            (RecordEvent::Paid, ProductKind::Postpaid, Rupiah::whole(24_000))
        );
        assert_eq!(line.to_string(), TEXT);
    }

    #[test]
    fn what_is_no_line_is_refused() {
        for text in
            ["", "paid", &TEXT[..40], &format!("{TEXT}\tmore"), &TEXT.replace("paid", "lost"), &TEXT.replace('.', ",")]
        {
            assert_eq!(RecordLine::read(text).unwrap_err().kind(), io::ErrorKind::InvalidData, "{text}");
        }
    }
}
