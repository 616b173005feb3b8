//! PGN. The details state what was used, not what it costs.

use serde::Serialize;

use crate::sandbox::bill::{Bill, Draft};
use crate::sandbox::month::Month;
use crate::sandbox::names;

/// Of a cubic metre.
const PRICE: u32 = 4_250;

#[derive(Serialize)]
struct Desc {
    lembar_tagihan: usize,
    alamat: &'static str,
    detail: Vec<Reading>,
}

#[derive(Serialize)]
struct Reading {
    periode: String,
    meter_awal: String,
    meter_akhir: String,
    usage: String,
}

pub fn draw(draft: &mut Draft) -> serde_json::Result<Bill> {
    let count = draft.periods();
    let mut meter = draft.seed.draw(400..=90_000);
    let mut tagihan = draft.surcharge;
    let mut detail = Vec::new();
    for month in Month::last(count, &draft.today) {
        let usage = draft.seed.draw(6..=45);
        let meter_before = meter;
        meter += usage;
        tagihan += usage * PRICE;
        detail.push(Reading {
            periode: month.as_month_first(),
            meter_awal: format!("{meter_before:06}"),
            meter_akhir: format!("{meter:06}"),
            usage: usage.to_string(),
        });
    }
    let desc = Desc { lembar_tagihan: detail.len(), alamat: names::street(&mut draft.seed), detail };
    Bill::new(tagihan, desc.detail.iter().map(|reading| reading.periode.clone()), &desc)
}
