//! PLN, postpaid.

use serde::Serialize;

use crate::sandbox::bill::{Bill, Draft};

/// The admin fee as the bill's first sheet shows it. The other sheets show none: a payment bears its admin once, and so the sheets with
/// it add up to the customer's total.
const SHOWN_ADMIN: u32 = 2_500;
/// Of each month that is paid late.
const LATE_FEE: u32 = 3_000;

#[derive(Serialize)]
struct Desc {
    tarif: &'static str,
    daya: u32,
    lembar_tagihan: usize,
    detail: Vec<Sheet>,
}

#[derive(Serialize)]
struct Sheet {
    periode: String,
    nilai_tagihan: String,
    admin: String,
    denda: String,
}

pub fn draw(draft: &mut Draft) -> serde_json::Result<Bill> {
    let (tarif, daya) = draft.seed.pick(&[("R1", 900), ("R1", 1_300), ("R1", 2_200), ("R2", 3_500), ("B1", 5_500)]);
    let months = draft.months(85_000..=640_000);
    let mut tagihan = 0;
    let mut detail = Vec::with_capacity(months.len());
    for (index, due) in months.iter().enumerate() {
        let denda = due.late_fee(LATE_FEE);
        tagihan += due.amount + denda;
        detail.push(Sheet {
            periode: due.month.as_digits(),
            nilai_tagihan: due.amount.to_string(),
            admin: if index == 0 { SHOWN_ADMIN } else { 0 }.to_string(),
            denda: denda.to_string(),
        });
    }
    let desc = Desc { tarif, daya, lembar_tagihan: detail.len(), detail };
    Bill::new(tagihan, desc.detail.iter().map(|sheet| sheet.periode.clone()), &desc)
}
