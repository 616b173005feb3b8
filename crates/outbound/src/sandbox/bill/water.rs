//! PDAM.

use serde::Serialize;

use crate::sandbox::bill::{Bill, Draft};
use crate::sandbox::names;

/// Of each month that is paid late.
const LATE_FEE: u32 = 5_000;
/// Upkeep of the meter.
const UPKEEP: u32 = 1_500;

#[derive(Serialize)]
struct Desc {
    tarif: &'static str,
    lembar_tagihan: usize,
    alamat: &'static str,
    jatuh_tempo: String,
    detail: Vec<Sheet>,
}

#[derive(Serialize)]
struct Sheet {
    periode: String,
    nilai_tagihan: String,
    denda: String,
    meter_awal: String,
    meter_akhir: String,
    biaya_lain: String,
}

pub fn draw(draft: &mut Draft) -> serde_json::Result<Bill> {
    let months = draft.months(28_000..=190_000);
    let due_in = months.last().map(|newest| newest.month.next().as_words()).unwrap_or_default();
    let mut meter = draft.seed.draw(80..=9_000);
    let mut tagihan = 0;
    let mut detail = Vec::with_capacity(months.len());
    for due in &months {
        let denda = due.late_fee(LATE_FEE);
        let meter_before = meter;
        meter += draft.seed.draw(8..=40);
        tagihan += due.amount + denda + UPKEEP;
        detail.push(Sheet {
            periode: due.month.as_digits(),
            nilai_tagihan: due.amount.to_string(),
            denda: denda.to_string(),
            meter_awal: format!("{meter_before:08}"),
            meter_akhir: format!("{meter:08}"),
            biaya_lain: UPKEEP.to_string(),
        });
    }
    let desc = Desc {
        tarif: draft.seed.pick(&["2A", "3A", "3B"]),
        lembar_tagihan: detail.len(),
        alamat: names::street(&mut draft.seed),
        jatuh_tempo: format!("1-15 {due_in}"),
        detail,
    };
    Bill::new(tagihan, desc.detail.iter().map(|sheet| sheet.periode.clone()), &desc)
}
