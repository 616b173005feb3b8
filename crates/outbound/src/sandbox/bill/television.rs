//! Subscription television.

use serde::Serialize;

use crate::sandbox::bill::{Bill, Draft};

#[derive(Serialize)]
struct Desc {
    lembar_tagihan: usize,
    detail: Vec<Sheet>,
}

#[derive(Serialize)]
struct Sheet {
    periode: String,
    nilai_tagihan: String,
    no_ref: String,
}

pub fn draw(draft: &mut Draft) -> serde_json::Result<Bill> {
    let months = draft.months(99_000..=289_000);
    let tagihan = months.iter().map(|due| due.amount).sum();
    let detail: Vec<Sheet> = months
        .iter()
        .map(|due| Sheet {
            periode: due.month.as_short_words(),
            nilai_tagihan: due.amount.to_string(),
            no_ref: format!("{}A", draft.seed.digits(3)),
        })
        .collect();
    let desc = Desc { lembar_tagihan: detail.len(), detail };
    Bill::new(tagihan, desc.detail.iter().map(|sheet| sheet.periode.clone()), &desc)
}
