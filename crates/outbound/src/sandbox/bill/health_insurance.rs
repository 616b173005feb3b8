//! BPJS Kesehatan: the published example of the public API, for every number.

use serde::Serialize;

use crate::sandbox::bill::{Bill, Draft};

/// Two participants' contributions for a month.
const MONTH: u32 = 22_500;

#[derive(Serialize)]
struct Desc {
    jumlah_peserta: &'static str,
    lembar_tagihan: u32,
    alamat: &'static str,
    detail: [Detail; 1],
}

#[derive(Serialize)]
struct Detail {
    /// Not a month: how many of them.
    periode: String,
}

pub fn draw(draft: &Draft) -> serde_json::Result<Bill> {
    let months = if draft.is_long { 12 } else { 1 };
    let periode = format!("{months:02}");
    let desc = Desc {
        jumlah_peserta: "2",
        lembar_tagihan: 1,
        alamat: "JAKARTA PUSAT",
        detail: [Detail { periode: periode.clone() }],
    };
    Bill::new(MONTH * months + draft.surcharge, [periode], &desc)
}
