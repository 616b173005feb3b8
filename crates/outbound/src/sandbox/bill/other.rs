//! Mobile phones, and all bills that have no details of their own.

use serde::Serialize;

use crate::sandbox::bill::{Bill, Draft};

#[derive(Serialize)]
struct Desc {
    lembar_tagihan: usize,
}

pub fn draw(draft: &mut Draft) -> serde_json::Result<Bill> {
    let months = draft.months(45_000..=310_000);
    let tagihan = months.iter().map(|due| due.amount).sum();
    let desc = Desc { lembar_tagihan: months.len() };
    Bill::new(tagihan, months.iter().map(|due| due.month.as_digits()), &desc)
}
