//! Bills of lenders, insurances and of the state, and what customers give of their own will.

use serde_json::json;

use super::{Draft, Drawn};

/// The traffic insurance of a vehicle's tax, in rupiah.
const SWD: i64 = 143_000;

impl Draft {
    pub fn multifinance(&mut self) -> Drawn {
        let fine: i64 = self.sheets.iter().map(|sheet| sheet.fine).sum();
        let desc = json!({
            "misc_fee": 0,
            "item_name": "HONDA VARIO TECHNO 125 PGM FI NON CBS",
            "no_rangka": "MH1JFB111CK196426",
            "no_pol": "B6213UWX",
            "tenor": "030",
            "installment": self.total() - fine,
            "penalty_bill": fine,
            "max_payment": 0,
            "last_paid_due_date": "14 Dec 12",
            "id_ref": "514367",
        });
        Drawn { nominal: self.total(), period: "005".to_owned(), desc }
    }

    /// As many months as the inquiry asks for.
    pub fn bpjs_kesehatan(&mut self) -> Drawn {
        let months = self.extras.months;
        let monthly: i64 = self.sheets.iter().map(|sheet| sheet.amount).sum();
        let desc = json!({
            "kode_cabang": "0901",
            "nama_cabang": "JAKARTA PUSAT",
            "sisa_pembayaran": "0",
            "jumlah_peserta": "2",
        });
        Drawn { nominal: monthly * months, period: format!("{months:02}"), desc }
    }

    /// As many months as the inquiry asks for; its period is written without a zero before it.
    pub fn bpjstk(&mut self) -> Drawn {
        let months = self.extras.months;
        let (jht, jkk, jkm) = (0, 10_000 * months, 6_800 * months);
        let desc = json!({
            "kode_iuran": "",
            "kode_program": "JKK,JKM",
            "jht": jht,
            "jkk": jkk,
            "jkm": jkm,
            "kantor_cabang": "KABUPATEN TANGERANG",
            "tgl_efektif": "05-11-2022",
            "tgl_expired": "09-10-2026",
        });
        Drawn { nominal: jht + jkk + jkm, period: months.to_string(), desc }
    }

    pub fn bpjstkpu(&mut self) -> Drawn {
        let (jht, jkk, jkm, jpk, jpn) = (61_688, 1_082, 2_166, 2_597, 32_467);
        let desc = json!({
            "kode_iuran": self.customer_no,
            "jht": jht,
            "jkk": jkk,
            "jkm": jkm,
            "jpk": jpk,
            "jpn": jpn,
            "npp": "15092873",
            "kode_divisi": "000",
        });
        Drawn { nominal: jht + jkk + jkm + jpk + jpn, period: self.months(), desc }
    }

    /// `footer` is an array, though the table calls it a text.
    pub fn insurance(&mut self) -> Drawn {
        let desc = json!({
            "insured": "XX",
            "policy_status": "XX",
            "due_date": "XX",
            "footer": ["AIA CUSTOMER CARE 1500980"],
        });
        Drawn { nominal: self.total(), period: String::new(), desc }
    }

    pub fn pbb(&mut self) -> Drawn {
        let (nominal, admin) = (self.total(), self.product.fee);
        let at = self.now.to_string();
        let desc = json!({
            "tanggal": at.get(..19).unwrap_or_default(),
            "nop": self.customer_no,
            "tahun_pajak": self.extras.year,
            "lokasi": "KO. GRIYA ASRI CIPAGERAN",
            "kelurahan": "CIPAGERAN",
            "kecamatan": "CIMAHI UTARA",
            "kode_kab_kota": "0023",
            "kab_kota": "PEMKOT CIMAHI",
            "luas_tanah": "113 M2",
            "luas_gedung": "47 M2",
            "jatuh_tempo": "31/10/2019",
            "total_tagihan": nominal,
            "denda": 0,
            "admin": admin,
            "total_bayar": nominal + admin,
        });
        Drawn { nominal, period: self.months(), desc }
    }

    pub fn esamsat(&mut self) -> Drawn {
        let tax = self.total();
        let desc = json!({
            "nomor_identitas": self.extras.identity,
            "nomor_rangka": "MHKV5EA2JFJ001044",
            "nomor_mesin": "1NRF012268",
            "alamat": "GRIYA BULELENG 2 RT 005 RW 014 BULELENG",
            "nomor_polisi": "DK 1243AL",
            "milik_kenama": "001",
            "merek_kb": "DAIHATSU",
            "model_kb": "XENIA 1.3 R M/T F653RV-GMDFJ",
            "tahun_buatan": "2018",
            "tgl_akhir_pajak_baru": "20191022",
            "biaya_pokok": { "BBN": "0", "PKB": tax.to_string(), "SWD": SWD.to_string() },
            "biaya_denda": { "BBN": "0", "PKB": "0", "SWD": "0" },
            "biaya_admin": { "stnk": "0", "tnkb": "0" },
            "biaya_parkir_pokok": "0",
            "biaya_pajak_progresif": "0",
            "ntpd": "",
        });
        Drawn { nominal: tax + SWD, period: "20181022-20191022".to_owned(), desc }
    }

    pub fn custom_denom(&mut self) -> Drawn {
        Drawn { nominal: self.extras.amount, period: String::new(), desc: json!({ "footer": "" }) }
    }

    /// `desc` is an empty array, where others have an object.
    pub fn church(&mut self) -> Drawn {
        Drawn {
            nominal: self.extras.amount,
            period: self.now.digits().get(..6).unwrap_or_default().to_owned(),
            desc: json!([]),
        }
    }
}
