//! Telkom, Indihome and other internet at home.

use serde::Serialize;

use crate::sandbox::bill::{Bill, Draft};

/// As on electricity bills: shown on the first sheet only, so that the sheets with it add up to the customer's total.
const SHOWN_ADMIN: u32 = 2_500;

#[derive(Serialize)]
struct Desc {
    lembar_tagihan: usize,
    detail: Vec<Sheet>,
}

#[derive(Serialize)]
struct Sheet {
    periode: String,
    nilai_tagihan: String,
    admin: String,
}

pub fn draw(draft: &mut Draft) -> serde_json::Result<Bill> {
    let months = draft.months(265_000..=480_000);
    let tagihan = months.iter().map(|due| due.amount).sum();
    let detail: Vec<Sheet> = months
        .iter()
        .enumerate()
        .map(|(index, due)| Sheet {
            periode: due.month.as_words(),
            nilai_tagihan: due.amount.to_string(),
            admin: if index == 0 { SHOWN_ADMIN } else { 0 }.to_string(),
        })
        .collect();
    let desc = Desc { lembar_tagihan: detail.len(), detail };
    Bill::new(tagihan, desc.detail.iter().map(|sheet| sheet.periode.clone()), &desc)
}
