//! PBB. Its periods are years, and it has no details of them.

use serde::Serialize;

use crate::sandbox::bill::{Bill, Draft};
use crate::sandbox::names;

#[derive(Serialize)]
struct Desc {
    lembar_tagihan: u32,
    alamat: &'static str,
    tahun_pajak: String,
    kelurahan: &'static str,
    kecamatan: &'static str,
    kode_kab_kota: &'static str,
    kab_kota: &'static str,
    luas_tanah: String,
    luas_gedung: String,
}

pub fn draw(draft: &mut Draft) -> serde_json::Result<Bill> {
    let count = if draft.is_long { 12 } else { 1 };
    let year = draft.today.year;
    let seed = &mut draft.seed;
    let tax = seed.draw(48_000..=930_000);
    let (kelurahan, kecamatan, kode_kab_kota, kab_kota) = seed.pick(&[
        ("CIPAGERAN", "CIMAHI UTARA", "0023", "PEMKOT CIMAHI"),
        ("SUKAPURA", "KIARACONDONG", "0021", "PEMKOT BANDUNG"),
        ("GUBENG", "GUBENG", "0078", "PEMKOT SURABAYA"),
    ]);
    let land = seed.draw(60..=400);
    let desc = Desc {
        lembar_tagihan: count,
        alamat: names::street(seed),
        tahun_pajak: year.to_string(),
        kelurahan,
        kecamatan,
        kode_kab_kota,
        kab_kota,
        luas_tanah: format!("{land} M2"),
        luas_gedung: format!("{} M2", seed.draw(30..=land)),
    };
    let years = (0..i64::from(count)).rev().map(|back| (year - back).to_string());
    Bill::new(tax * count + draft.surcharge, years, &desc)
}
