//! PLN non-taglis: a new connection, a change of power.

use serde::Serialize;

use crate::sandbox::bill::{Bill, Draft};

#[derive(Serialize)]
struct Desc {
    lembar_tagihan: u32,
    transaksi: &'static str,
    no_registrasi: String,
    tanggal_registrasi: String,
}

pub fn draw(draft: &mut Draft) -> serde_json::Result<Bill> {
    let today = draft.today;
    let desc = Desc {
        lembar_tagihan: 1,
        transaksi: draft.seed.pick(&["PENYAMBUNGAN BARU", "PERUBAHAN DAYA"]),
        no_registrasi: draft.seed.digits(13),
        tanggal_registrasi: format!("{:04}{:02}01", today.year, today.month),
    };
    // Registered once, so there are no periods, not even for the row of twelve.
    Bill::new(draft.seed.draw(420_000..=1_900_000) + draft.surcharge, [], &desc)
}
