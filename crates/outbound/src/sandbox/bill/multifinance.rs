//! Instalments for motorcycles and cars. The details state what comes on top of the instalments, not the instalments.

use serde::Serialize;

use crate::sandbox::bill::{Bill, Draft};

/// Of each instalment that is paid late.
const LATE_FEE: u32 = 12_500;

#[derive(Serialize)]
struct Desc {
    lembar_tagihan: usize,
    item_name: &'static str,
    no_rangka: String,
    no_pol: String,
    tenor: String,
    detail: Vec<Instalment>,
}

#[derive(Serialize)]
struct Instalment {
    /// Not a month: which of the contract's instalments.
    periode: String,
    denda: String,
    biaya_lain: String,
}

pub fn draw(draft: &mut Draft) -> serde_json::Result<Bill> {
    let seed = &mut draft.seed;
    let (item_name, instalment) = seed.pick(&[
        ("HONDA VARIO TECHNO 125 PGM FI NON CBS", 812_000),
        ("HONDA BEAT SPORTY CBS", 684_000),
        ("YAMAHA NMAX 155", 1_237_000),
        ("DAIHATSU XENIA 1.3 R M/T", 3_465_000),
    ]);
    let no_rangka = format!("MH1JFB{}CK{}", seed.digits(3), seed.digits(6));
    let no_pol = format!("B{}UWX", seed.draw(1_000..=9_999));
    let tenor = seed.pick(&[24, 30, 36]);
    let count = draft.periods();
    let first = draft.seed.draw(2..=tenor - count);

    let mut tagihan = draft.surcharge;
    let mut detail = Vec::new();
    for number in first..first + count {
        let is_late = number + 1 < first + count;
        let denda = if is_late { LATE_FEE } else { 0 };
        tagihan += instalment + denda;
        detail.push(Instalment {
            periode: format!("{number:03}"),
            denda: denda.to_string(),
            biaya_lain: String::from("0"),
        });
    }
    let desc =
        Desc { lembar_tagihan: detail.len(), item_name, no_rangka, no_pol, tenor: format!("{tenor:03}"), detail };
    Bill::new(tagihan, desc.detail.iter().map(|instalment| instalment.periode.clone()), &desc)
}
