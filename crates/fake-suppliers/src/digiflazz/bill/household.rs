//! Bills for what a household uses. Counts are numbers and money is text, as the documentation has it.

use serde_json::{Value, json};

use super::{Draft, Drawn, Sheet};
use crate::digiflazz::catalogue::{Family, Postpaid};

/// What water costs beyond its price, in rupiah.
const WATER_EXTRA: i64 = 1_500;

impl Draft {
    /// Draws the bill of a product's family.
    pub fn draw(&mut self, product: &Postpaid) -> Drawn {
        match product.family {
            Family::Pln => self.pln(product.admin),
            Family::Pdam => self.pdam(),
            Family::Internet => self.internet(product.admin),
            Family::Gas => self.gas(),
            Family::Tv => self.tv(),
            Family::PlnNontaglis => self.pln_nontaglis(),
            Family::Multifinance => self.multifinance(),
            Family::Hp => self.bare(),
            Family::Emoney => Drawn { total: self.amount.unwrap_or_default(), ..self.bare() },
            Family::Bpjs => self.bpjs(),
            Family::Bpjstk => self.bpjstk(),
            Family::Bpjstkpu => self.bpjstkpu(),
            Family::Pbb => self.pbb(),
            Family::PajakDaerah => self.pajak_daerah(),
            Family::Samsat => self.samsat(),
        }
    }

    /// The months, each in such words, with commas between.
    fn periode(&self, words: impl Fn(&Sheet) -> String) -> String {
        self.sheets.iter().map(words).collect::<Vec<_>>().join(",")
    }

    fn detail(&self, of: impl Fn(&Sheet) -> Value) -> Vec<Value> {
        self.sheets.iter().map(of).collect()
    }

    fn pln(&mut self, admin: i64) -> Drawn {
        let daya = self.seed.pick(&[450, 900, 1_300, 2_200]);
        let detail = self.detail(|sheet| {
            json!({
                "periode": sheet.month.digits(),
                "nilai_tagihan": sheet.amount.to_string(),
                "admin": admin.to_string(),
                "denda": sheet.fine.to_string(),
            })
        });
        let desc = json!({ "tarif": "R1", "daya": daya, "lembar_tagihan": self.count(), "detail": detail });
        Drawn { total: self.total(), periode: Some(self.periode(|sheet| sheet.month.digits())), desc }
    }

    fn pdam(&mut self) -> Drawn {
        let detail = self.detail(|sheet| {
            json!({
                "periode": sheet.month.digits(),
                "nilai_tagihan": sheet.amount.to_string(),
                "denda": sheet.fine.to_string(),
                "meter_awal": "00080000",
                "meter_akhir": "00090000",
                "biaya_lain": WATER_EXTRA.to_string(),
            })
        });
        let desc = json!({
            "tarif": "3A",
            "lembar_tagihan": self.count(),
            "alamat": "WONOKROMO S.S BARU 2 8",
            "jatuh_tempo": "1-15 DES 2014",
            "detail": detail,
        });
        let extra = WATER_EXTRA * i64::try_from(self.count()).unwrap_or_default();
        Drawn { total: self.total() + extra, periode: Some(self.periode(|sheet| sheet.month.digits())), desc }
    }

    fn internet(&mut self, admin: i64) -> Drawn {
        let detail = self.detail(|sheet| {
            json!({
                "periode": sheet.month.words(),
                "nilai_tagihan": (sheet.amount + sheet.fine).to_string(),
                "admin": admin.to_string(),
            })
        });
        let desc = json!({ "lembar_tagihan": self.count(), "detail": detail });
        Drawn { total: self.total(), periode: Some(self.periode(|sheet| sheet.month.words())), desc }
    }

    /// `lembar_tagihan` stays 1 whatever the count: so does the documentation's sample of two bills.
    fn gas(&mut self) -> Drawn {
        let detail = self.detail(|sheet| {
            json!({
                "periode": sheet.month.short_digits(),
                "meter_awal": "006538",
                "meter_akhir": "006573",
                "usage": "35",
            })
        });
        let desc = json!({ "lembar_tagihan": 1, "alamat": "KO. GRIYA ASRI CIPAGERAN", "detail": detail });
        Drawn { total: self.total(), periode: None, desc }
    }

    fn tv(&mut self) -> Drawn {
        let detail = self.detail(|sheet| {
            json!({
                "periode": sheet.month.short_words(),
                "nilai_tagihan": (sheet.amount + sheet.fine).to_string(),
                "no_ref": "205A",
            })
        });
        Drawn { total: self.total(), periode: None, desc: json!({ "lembar_tagihan": self.count(), "detail": detail }) }
    }

    fn pln_nontaglis(&mut self) -> Drawn {
        let desc = json!({
            "lembar_tagihan": 1,
            "transaksi": "PENYAMBUNGAN BARU",
            "no_registrasi": self.digits(13),
            "tanggal_registrasi": "20120524",
        });
        Drawn { total: self.total(), periode: None, desc }
    }

    fn multifinance(&mut self) -> Drawn {
        let desc = json!({
            "lembar_tagihan": 1,
            "item_name": "HONDA VARIO TECHNO 125 PGM FI NON CBS",
            "no_rangka": "MH1JFB111CK196426",
            "no_pol": "B6213UWX",
            "tenor": "030",
            "detail": [{ "periode": "002", "denda": "0", "biaya_lain": "0" }],
        });
        Drawn { total: self.total(), periode: Some("002".to_owned()), desc }
    }

    /// Nothing but the count.
    fn bare(&mut self) -> Drawn {
        Drawn { total: self.total(), periode: None, desc: json!({ "lembar_tagihan": 1 }) }
    }
}
