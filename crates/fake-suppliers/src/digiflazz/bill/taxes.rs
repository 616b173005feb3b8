//! Bills of insurances and of the state. Money of BPJS Ketenagakerjaan is a number, unlike everywhere else.

use serde_json::{Value, json};

use super::{Draft, Drawn};

impl Draft {
    pub fn bpjs(&mut self) -> Drawn {
        let desc = json!({
            "jumlah_peserta": "2",
            "lembar_tagihan": 1,
            "alamat": "JAKARTA PUSAT",
            "detail": [{ "periode": "01" }],
        });
        Drawn { total: self.total(), periode: Some("01".to_owned()), desc }
    }

    pub fn bpjstk(&mut self) -> Drawn {
        let (jkk, jkm, jht) = (10_000, 2_500, 2_500);
        let desc = json!({
            "lembar_tagihan": 1,
            "kode_iuran": self.digits(12),
            "kode_program": "JKK,JKM",
            "jkk": jkk,
            "jkm": jkm,
            "jht": jht,
            "kantor_cabang": "SAMPIT",
            "tgl_efektif": "2023-05-03",
            "tgl_expired": "2027-05-03",
        });
        Drawn { total: jkk + jkm + jht, periode: None, desc }
    }

    pub fn bpjstkpu(&mut self) -> Drawn {
        let (jht, jkk, jkm, jpk, jpn) = (1_617_477, 67_104, 84_130, 1_000, 1_000);
        let number = self.digits(12);
        let kode_iuran = format!("{}/{number}", self.customer_no);
        let desc = json!({
            "lembar_tagihan": 1,
            "kode_iuran": kode_iuran,
            "jht": jht,
            "jkk": jkk,
            "jkm": jkm,
            "jpk": jpk,
            "jpn": jpn,
            "npp": self.digits(8),
            "kode_divisi": "000",
        });
        Drawn { total: jht + jkk + jkm + jpk + jpn, periode: None, desc }
    }

    pub fn pbb(&mut self) -> Drawn {
        let year = self.year.unwrap_or_else(|| self.now.in_wib().year).to_string();
        let desc = json!({
            "lembar_tagihan": 1,
            "alamat": "KO. GRIYA ASRI CIPAGERAN",
            "tahun_pajak": year,
            "kelurahan": "CIPAGERAN",
            "kecamatan": "CIPAGERAN",
            "kode_kab_kota": "0023",
            "kab_kota": "PEMKOT CIMAHI",
            "luas_tanah": "113 M2",
            "luas_gedung": "47 M2",
        });
        Drawn { total: self.total(), periode: Some(year), desc }
    }

    pub fn pajak_daerah(&mut self) -> Drawn {
        let mut drawn = self.pbb();
        if let Some(desc) = drawn.desc.as_object_mut() {
            desc.insert("provinsi".to_owned(), Value::from("Jawa Barat"));
        }
        drawn
    }

    /// The customer's number is that of the payment and that of the owner, with a comma between.
    pub fn samsat(&mut self) -> Drawn {
        let owner = self.customer_no.split_once(',').map_or("", |(_, owner)| owner).to_owned();
        let (insurance, tax) = (143_000, self.total());
        let desc = json!({
            "lembar_tagihan": 1,
            "alamat": "GRIYA BULELENG 2 RT 005 RW 014 BULELENG",
            "nomor_identitas": owner,
            "nomor_rangka": "MHKV5EA2JFJ001044",
            "nomor_mesin": "1NRF012268",
            "nomor_polisi": "DK 1243AL",
            "milik_kenama": "001",
            "merek_kb": "DAIHATSU",
            "model_kb": "XENIA 1.3 R M/T F653RV-GMDFJ",
            "tahun_buatan": "2018",
            "tgl_akhir_pajak_baru": "20210309",
            "biaya_pokok_bbn": "0",
            "biaya_pokok_swd": insurance.to_string(),
            "biaya_pokok_pkb": tax.to_string(),
            "biaya_denda_swd": "0",
            "biaya_denda_bbn": "0",
            "biaya_denda_pkb": "0",
            "biaya_admin_stnk": "0",
            "biaya_admin_tnkb": "0",
            "biaya_parkir_pokok": "0",
            "biaya_pajak_progresif": "0",
        });
        Drawn { total: insurance + tax, periode: None, desc }
    }
}
