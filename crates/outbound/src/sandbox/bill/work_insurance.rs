//! BPJS Ketenagakerjaan of the self-employed (BPU). The only family whose details state amounts as numbers.

use serde::Serialize;

use crate::sandbox::bill::{Bill, Draft};

#[derive(Serialize)]
struct Desc {
    lembar_tagihan: u32,
    kode_iuran: String,
    kode_program: &'static str,
    jkk: u32,
    jkm: u32,
    jht: u32,
    kantor_cabang: &'static str,
    tgl_efektif: String,
    tgl_expired: String,
}

pub fn draw(draft: &mut Draft) -> serde_json::Result<Bill> {
    let months = draft.periods();
    let jkk = 10_000 * months;
    let jkm = 6_800 * months;
    let jht = draft.seed.pick(&[20_000, 40_000, 60_000]) * months + draft.surcharge;
    let today = draft.today;
    let expires_in = today.year + i64::from(months.div_ceil(12));
    let desc = Desc {
        lembar_tagihan: 1,
        kode_iuran: draft.seed.digits(12),
        kode_program: "JKK,JKM,JHT",
        jkk,
        jkm,
        jht,
        kantor_cabang: draft.seed.pick(&["SAMPIT", "KABUPATEN TANGERANG", "SURABAYA DARMO", "MAKASSAR"]),
        tgl_efektif: format!("{:04}-{:02}-01", today.year, today.month),
        tgl_expired: format!("{expires_in:04}-{:02}-01", today.month),
    };
    Bill::new(jkk + jkm + jht, [months.to_string()], &desc)
}
