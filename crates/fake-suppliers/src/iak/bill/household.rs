//! Bills for what a household uses. Which amounts are text and which are numbers follows the documentation, family by family.

use serde_json::{Value, json};

use super::{Draft, Drawn, Sheet};

/// What water costs beyond its price: fine and other costs of the sample, in rupiah.
const WATER_EXTRA: i64 = 750;

impl Draft {
    pub fn pln(&mut self) -> Drawn {
        let fee = self.product.fee;
        let daya = self.seed.pick(&[450, 900, 1_300, 2_200]);
        let detail = self.detail(|sheet| {
            json!({
                "periode": sheet.month.digits(),
                "nilai_tagihan": sheet.amount.to_string(),
                "admin": fee.to_string(),
                "denda": sheet.fine.to_string(),
                "total": sheet.amount + sheet.fine + fee,
            })
        });
        let desc = json!({
            "tarif": "R1",
            "daya": daya,
            "lembar_tagihan": self.count().to_string(),
            "tagihan": { "detail": detail },
        });
        Drawn { nominal: self.total(), period: self.months(), desc }
    }

    pub fn pln_nontaglist(&mut self) -> Drawn {
        let desc = json!({
            "transaksi": "PENYAMBUNGAN BARU",
            "no_registrasi": self.seed.digits(13),
            "tanggal_registrasi": "20120524",
        });
        Drawn { nominal: self.total(), period: String::new(), desc }
    }

    /// One detail for each month. Surabaya has members of its own.
    pub fn pdam(&mut self) -> Drawn {
        let is_surabaya = self.product.code == "PDAMKOTA.SURABAYA";
        let detail = self.detail(|sheet| {
            let mut detail = water(&sheet.month.digits(), sheet.amount, sheet.fine, WATER_EXTRA);
            if is_surabaya {
                detail["stand"] = json!("");
            }
            detail
        });
        let mut desc = self.water_supply();
        if is_surabaya {
            desc["due_date"] = json!("1-15 DES 2014");
            desc["kode_tarif"] = json!("3A");
        }
        desc["bill"] = json!({ "detail": detail });
        let extra = WATER_EXTRA * i64::try_from(self.count()).unwrap_or_default();
        Drawn { nominal: self.total() + extra, period: self.months(), desc }
    }

    /// One detail for all months.
    pub fn pdam_combined(&mut self) -> Drawn {
        let amount = self.sheets.iter().map(|sheet| sheet.amount).sum();
        let fine = self.sheets.iter().map(|sheet| sheet.fine).sum();
        let mut desc = self.water_supply();
        desc["kode_tarif"] = json!("");
        desc["bill"] = json!({ "detail": [water(&self.months(), amount, fine, WATER_EXTRA)] });
        Drawn { nominal: self.total() + WATER_EXTRA, period: self.months(), desc }
    }

    fn water_supply(&self) -> Value {
        json!({
            "bill_quantity": self.count(),
            "address": "WONOKROMO S.S BARU 2 8",
            "biller_admin": "",
            "pdam_name": self.product.name,
            "stamp_duty": "",
        })
    }

    pub fn telkom(&mut self) -> Drawn {
        let fee = self.product.fee;
        let detail = self.detail(|sheet| {
            let amount = sheet.amount + sheet.fine;
            json!({
                "periode": sheet.month.words(),
                "nilai_tagihan": amount.to_string(),
                "admin": fee.to_string(),
                "total": amount + fee,
            })
        });
        let desc = json!({
            "kode_area": "0751",
            "divre": "01",
            "datel": "0006",
            "jumlah_tagihan": self.count(),
            "tagihan": { "detail": detail },
        });
        Drawn { nominal: self.total(), period: self.months(), desc }
    }

    pub fn internet(&mut self) -> Drawn {
        Drawn { nominal: self.total(), period: self.months(), desc: json!({ "product_desc": "CBN Anywhere Basic" }) }
    }

    /// Everything is there, and empty.
    pub fn telco(&mut self) -> Drawn {
        let desc = json!({
            "kode_area": "",
            "divre": "",
            "datel": "",
            "jumlah_tagihan": 1,
            "tagihan": { "detail": [{ "periode": "", "nilai_tagihan": "", "admin": "", "total": "" }] },
        });
        Drawn { nominal: self.total(), period: String::new(), desc }
    }

    pub fn telkomvision(&mut self) -> Drawn {
        let detail = self.detail(|sheet: &Sheet| {
            json!({
                "periode": sheet.month.short_words(),
                "nilai_tagihan": (sheet.amount + sheet.fine).to_string(),
                "no_ref": "205A",
            })
        });
        let period = self.sheets.first().map(|sheet| sheet.month.short_words()).unwrap_or_default();
        let desc = json!({
            "bill_quantity": self.count().to_string(),
            "product_category": "",
            "ppn": 0,
            "tagihan": { "detail": detail },
        });
        Drawn { nominal: self.total(), period, desc }
    }

    pub fn television(&mut self) -> Drawn {
        let desc = json!({ "bill_quantity": "1", "product_category": "", "ppn": 0, "tagihan": { "detail": [] } });
        Drawn { nominal: self.total(), period: String::new(), desc }
    }

    pub fn pgas(&mut self) -> Drawn {
        let period = self.sheets.first().map(|sheet| sheet.month.short_digits()).unwrap_or_default();
        let desc = json!({ "address": "-", "first_meter": "006538", "last_meter": "006573", "usage": 35 });
        Drawn { nominal: self.total(), period, desc }
    }
}

/// A detail of water, whose amounts are numbers.
fn water(period: &str, amount: i64, fine: i64, other: i64) -> Value {
    json!({
        "period": period,
        "first_meter": 4_589,
        "last_meter": 4_613,
        "penalty": fine,
        "bill_amount": amount,
        "misc_amount": other,
    })
}
