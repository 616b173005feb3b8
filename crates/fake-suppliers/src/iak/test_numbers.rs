//! The test numbers of IAK's postpaid sandbox. The last digit says what happens: 1 and 2 succeed, 3 to 5 fail at the inquiry, 6 to 8 at the
//! payment. Not every product has every digit, and some have numbers that keep to no scheme.

use crate::iak::catalogue::{MEMBER, NON_MEMBER};

/// What happens to a customer's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It succeeds at once.
    Succeeds,
    /// The inquiry answers nothing but a time-out.
    InquiryTimesOut,
    /// There was a bill, and it is paid.
    InvoicePaid,
    /// Nobody has this number.
    WrongNumber,
    /// There is a bill, but it can't be paid.
    PaymentFails,
    /// It is pending until somebody says otherwise.
    PaymentPends,
    /// The biller fails.
    BillerFails,
}

/// Product, number without its last digit, and the last digits that are test numbers.
const SCHEME: [(&str, &str, &str); 18] = [
    ("PLNPOSTPAID", "53000000000", "12345678"),
    ("BPJS", "880123456000", "1345678"),
    ("BPJSTK", "810205101127000", "12345678"),
    ("PDAMKOTA.SURABAYA", "1020200", "1"),
    ("PDAMKOTA.MEDAN", "1020200", "2678"),
    ("AETRA", "1020200", "345"),
    ("TELKOMPSTN", "639160120", "12345678"),
    ("CBN", "0178300", "2345678"),
    ("HPTHREE", "0899123450", "1345678"),
    ("TVTLKMV", "12724650010", "1345678"),
    ("TVBIG", "107216140", "1345678"),
    ("PGAS", "011001460", "1345678"),
    ("FNMEGA", "639160120", "1345678"),
    ("PBBKOT.CIMAHI", "32980109237599990", "1345678"),
    ("ESAMSAT.JABAR", "965854852356870", "1345678"),
    ("SHOPEEPAY", "08210000000", "12345678"),
    (MEMBER, "100", "12345678"),
    (NON_MEMBER, "192", "12"),
];

/// Numbers that succeed outside the scheme.
const OTHERS: [(&str, &str); 8] = [
    ("PLNNONH", "3225030005922"),
    ("PLNNONH", "1811217010329"),
    ("PLNNONH", "3226015008229"),
    ("BPJSTK", "210300016066"),
    ("BPJSTKPU", "210300016066"),
    ("PDAMKOTA.YOGYAKARTA", "10202001"),
    ("CBN", "01927101"),
    ("AIA.PREMICONVEN", "10202001"),
];

/// Successful numbers with several bills.
const SEVERAL: [(&str, &str, usize); 4] = [
    ("PLNPOSTPAID", "530000000002", 8),
    ("PDAMKOTA.MEDAN", "10202002", 4),
    ("PDAMKOTA.YOGYAKARTA", "10202001", 2),
    ("TELKOMPSTN", "6391601202", 3),
];

/// What happens to a test number; nothing if it is none.
pub fn find(code: &str, number: &str) -> Option<Fate> {
    if OTHERS.contains(&(code, number)) {
        return Some(Fate::Succeeds);
    }
    let (start, digit) = number.split_at_checked(number.len().checked_sub(1)?)?;
    let is_listed = SCHEME.iter().any(|row| row.0 == code && row.1 == start && row.2.contains(digit));
    if is_listed { fate(digit) } else { None }
}

fn fate(digit: &str) -> Option<Fate> {
    match digit {
        "1" | "2" => Some(Fate::Succeeds),
        "3" => Some(Fate::InquiryTimesOut),
        "4" => Some(Fate::InvoicePaid),
        "5" => Some(Fate::WrongNumber),
        "6" => Some(Fate::PaymentFails),
        "7" => Some(Fate::PaymentPends),
        "8" => Some(Fate::BillerFails),
        _ => None,
    }
}

/// How many bills a test number has.
pub fn bills(code: &str, number: &str) -> usize {
    SEVERAL.iter().find(|row| row.0 == code && row.1 == number).map_or(1, |row| row.2)
}
