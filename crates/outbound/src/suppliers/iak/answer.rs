//! What IAK's answers have in common.

mod bill;
mod purchase;

use domain::id::CustomerNo;
use serde::Deserialize;

pub use bill::BillAnswer;
pub use purchase::PurchaseAnswer;

use crate::wire::Field;

/// Everything is inside `data`.
#[derive(Deserialize)]
struct Envelope<T> {
    data: T,
}

/// What is inside `data`.
pub fn read<'a, T: Deserialize<'a>>(body: &'a str) -> Result<T, String> {
    // What the reader complains of may be IAK's words, or ours in its mouth: they stand in the exchange, with the secrets hidden.
    let envelope: Result<Envelope<T>, _> = serde_json::from_str(body);
    envelope.map(|envelope| envelope.data).map_err(|_| "the answer can't be read".to_owned())
}

/// Whether a member repeats what we sent. One that isn't there contradicts nothing.
fn echoes(member: &Field, ours: &str) -> bool {
    member.text().is_ok_and(|text| text.is_none_or(|text| text == ours))
}

/// Whether a member repeats a product's code, in large letters or small.
fn echoes_code(member: &Field, ours: &str) -> bool {
    member.text().is_ok_and(|text| text.is_none_or(|text| text.eq_ignore_ascii_case(ours)))
}

/// Whether a member repeats a customer number, be it written differently: `+62812…`, `0812…`.
fn echoes_number(member: &Field, ours: &str) -> bool {
    let normal = |number: &str| CustomerNo::parse(number).map(|number| number.normalised(true));
    member.text().is_ok_and(|text| text.is_none_or(|text| text == ours || normal(&text) == normal(ours)))
}
