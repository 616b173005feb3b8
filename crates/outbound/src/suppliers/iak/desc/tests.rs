//! Every family's documented sample, and what becomes of it; and that no documented member is lost unnoticed.

use serde_json::{Value, json};

use super::family::{Family, Member};
use super::{family_of, public_desc};
use crate::suppliers::iak::tests::contract;

/// Members that are not passed on, each with the reason.
const DROPPED: &[(&str, &str, &str)] = &[
    ("pln", "desc.tagihan.detail.total", "the sum of its line"),
    ("bpjs-kesehatan", "desc.kode_cabang", "the biller's own numbering"),
    ("pdam", "desc.biller_admin", "the bill's admin says it"),
    ("pdam", "desc.pdam_name", "the product says it"),
    ("internet/telkom", "desc.kode_area", "the biller's own numbering"),
    ("internet/telkom", "desc.divre", "the biller's own numbering"),
    ("internet/telkom", "desc.datel", "the biller's own numbering"),
    ("internet/telkom", "desc.tagihan.detail.total", "the sum of its line"),
    ("telco", "desc.kode_area", "the biller's own numbering"),
    ("telco", "desc.divre", "the biller's own numbering"),
    ("telco", "desc.datel", "the biller's own numbering"),
    ("telco", "desc.tagihan.detail.total", "the sum of its line"),
    ("television/telkomvision", "desc.product_category", "empty in every sample"),
    ("television/telkomvision", "desc.ppn", "zero in every sample"),
    ("television/non-telkomvision", "desc.product_category", "empty in every sample"),
    ("television/non-telkomvision", "desc.ppn", "zero in every sample"),
    ("multifinance", "desc.max_payment", "zero in every sample"),
    ("multifinance", "desc.id_ref", "the biller's own numbering"),
    ("pbb", "desc.tanggal", "the moment of the question"),
    ("pbb", "desc.nop", "the customer number"),
    ("pbb", "desc.total_tagihan", "the bill's amounts say it"),
    ("pbb", "desc.admin", "the bill's amounts say it"),
    ("pbb", "desc.total_bayar", "the bill's amounts say it"),
];

/// What each sample of an inquiry becomes, in the contract's order.
const INQUIRIES: &[(&str, &str)] = &[
    (
        "pln",
        r#"{"tarif":"R1","daya":1300,"lembar_tagihan":1,"detail":[{"periode":"201608","nilai_tagihan":"300000","admin":"2500","denda":"0"}]}"#,
    ),
    (
        "pln-nontaglist",
        r#"{"lembar_tagihan":1,"transaksi":"PENYAMBUNGAN BARU","no_registrasi":"5392112011703","tanggal_registrasi":"20120524"}"#,
    ),
    (
        "bpjs-kesehatan",
        r#"{"jumlah_peserta":"2","lembar_tagihan":1,"alamat":"JAKARTA PUSAT","detail":[{"periode":"02"}],"sisa_pembayaran":"0"}"#,
    ),
    (
        "bpjs-ketenagakerjaan/BPU",
        r#"{"lembar_tagihan":1,"kode_iuran":"","kode_program":"JKK,JKM","jkk":10000,"jkm":6800,"jht":0,"kantor_cabang":"KABUPATEN TANGERANG","tgl_efektif":"05-11-2022","tgl_expired":"09-10-2026"}"#,
    ),
    (
        "bpjs-ketenagakerjaan/PU",
        r#"{"lembar_tagihan":1,"kode_iuran":"210300016066","jht":61688,"jkk":1082,"jkm":2166,"jpk":2597,"jpn":32467,"npp":"15092873","kode_divisi":"000"}"#,
    ),
    (
        "pdam",
        r#"{"tarif":"3A","lembar_tagihan":1,"alamat":"WONOKROMO S.S BARU 2 8","jatuh_tempo":"1-15 DES 2014","detail":[{"periode":"201412","nilai_tagihan":"27240","denda":"7500","meter_awal":"4589","meter_akhir":"4613","biaya_lain":"750"}]}"#,
    ),
    (
        "pdam",
        r#"{"tarif":"","lembar_tagihan":1,"alamat":"WONOKROMO S.S BARU 2 8","detail":[{"periode":"201803,201804","nilai_tagihan":"27240","denda":"7500","meter_awal":"4589","meter_akhir":"4613","biaya_lain":"750"}]}"#,
    ),
    (
        "internet/telkom",
        r#"{"lembar_tagihan":3,"detail":[{"periode":"MEI 2014","nilai_tagihan":"49870","admin":"2500"},{"periode":"JUN 2014","nilai_tagihan":"44870","admin":"2500"},{"periode":"JUL 2014","nilai_tagihan":"34870","admin":"2500"}]}"#,
    ),
    (
        "internet/non-telkom",
        r#"{"lembar_tagihan":1,"detail":[{"periode":"201905","nilai_tagihan":"30000","admin":"0"}],"product_desc":"CBN Anywhere Basic"}"#,
    ),
    ("telco", r#"{"lembar_tagihan":1}"#),
    (
        "television/telkomvision",
        r#"{"lembar_tagihan":1,"detail":[{"periode":"MEI 12","nilai_tagihan":"99000","no_ref":"205A"}]}"#,
    ),
    ("television/non-telkomvision", r#"{"lembar_tagihan":1}"#),
    (
        "pgas",
        r#"{"lembar_tagihan":1,"alamat":"-","detail":[{"periode":"0917","meter_awal":"006538","meter_akhir":"006573","usage":"35"}]}"#,
    ),
    (
        "multifinance",
        r#"{"lembar_tagihan":1,"item_name":"HONDA VARIO TECHNO 125 PGM FI NON CBS","no_rangka":"MH1JFB111CK196426","no_pol":"B6213UWX","tenor":"030","detail":[{"periode":"005","denda":"3305","biaya_lain":"0","nilai_tagihan":"657695"}],"last_paid_due_date":"14 Dec 12"}"#,
    ),
    (
        "insurance",
        r#"{"lembar_tagihan":1,"insured":"XX","policy_status":"XX","jatuh_tempo":"XX","footer":"AIA CUSTOMER CARE 1500980"}"#,
    ),
    (
        "pbb",
        r#"{"lembar_tagihan":1,"alamat":"KO. GRIYA ASRI CIPAGERAN","tahun_pajak":"2019","kelurahan":"CIPAGERAN","kecamatan":"CIMAHI UTARA","kode_kab_kota":"0023","kab_kota":"PEMKOT CIMAHI","luas_tanah":"113 M2","luas_gedung":"47 M2","jatuh_tempo":"31/10/2019","denda":"0"}"#,
    ),
    (
        "esamsat",
        r#"{"lembar_tagihan":1,"alamat":"GRIYA BULELENG 2 RT 005 RW 014 BULELENG","nomor_identitas":"0212502110170100","nomor_rangka":"MHKV5EA2JFJ001044","nomor_mesin":"1NRF012268","nomor_polisi":"DK 1243AL","milik_kenama":"001","merek_kb":"DAIHATSU","model_kb":"XENIA 1.3 R M/T F653RV-GMDFJ","tahun_buatan":"2018","tgl_akhir_pajak_baru":"20191022","biaya_pokok_bbn":"0","biaya_pokok_swd":"143500","biaya_pokok_pkb":"2131000","biaya_denda_swd":"0","biaya_denda_bbn":"0","biaya_denda_pkb":"0","biaya_admin_stnk":"0","biaya_admin_tnkb":"0","biaya_parkir_pokok":"0","biaya_pajak_progresif":"0"}"#,
    ),
    ("custom-denom", r#"{"lembar_tagihan":1}"#),
    ("persembahan-gereja/member", r#"{"lembar_tagihan":1}"#),
    ("persembahan-gereja/non-member", r#"{"lembar_tagihan":1}"#),
];

/// Where the public shapes stand, and under which heading there each family of ours.
const SHAPES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/contract/suppliers/digiflazz.md"));
const SHAPE_OF: &[(&str, &str)] = &[
    ("pln", "PLN"),
    ("pln-nontaglist", "PLN Nontaglis"),
    ("bpjs-kesehatan", "BPJS Kesehatan"),
    ("bpjs-ketenagakerjaan/BPU", "BPJSTK (BPU)"),
    ("bpjs-ketenagakerjaan/PU", "BPJSTKPU"),
    ("pdam", "PDAM"),
    ("internet/telkom", "INTERNET (Telkom/Indihome etc.)"),
    ("internet/non-telkom", "INTERNET (Telkom/Indihome etc.)"),
    ("telco", "E-Money"),
    ("television/telkomvision", "TV"),
    ("pgas", "GAS NEGARA/PERTAGAS"),
    ("multifinance", "Multifinance"),
    ("pbb", "PBB"),
    ("esamsat", "SAMSAT"),
    ("custom-denom", "E-Money"),
];

/// The public names of members, and of those of the lines in `detail`.
fn names(members: &'static [Member]) -> (Vec<&'static str>, Vec<&'static str>) {
    let mut lines = Vec::new();
    let name = |member: &'static Member| match member {
        Member::Text(name, _) | Member::Filled(name, _) | Member::Amount(name, _) | Member::Number(name, _) => *name,
        Member::Sheets(_) => "lembar_tagihan",
        Member::Lines(_, members) | Member::Line(members) => {
            lines = names(members).0;
            "detail"
        }
    };
    let top = members.iter().map(name).collect();
    (top, lines)
}

/// What of `data` a member comes from.
fn sources(members: &'static [Member], inside: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for member in members {
        match member {
            Member::Text(_, path)
            | Member::Filled(_, path)
            | Member::Amount(_, path)
            | Member::Number(_, path)
            | Member::Sheets(Some(path)) => paths.push(format!("{inside}{path}")),
            Member::Sheets(None) => {}
            Member::Lines(path, members) => {
                paths.push(format!("{inside}{path}"));
                paths.extend(sources(members, &format!("{path}.")));
            }
            Member::Line(members) => paths.extend(sources(members, inside)),
        }
    }
    paths
}

fn family(heading: &str) -> &'static Family {
    family_of(&contract::sample(heading, "inquiry")).unwrap()
}

#[test]
fn every_familys_bill_gets_the_public_shape() {
    let samples = contract::samples();
    let inquiries: Vec<_> = samples.iter().filter(|sample| sample.1 == "inquiry").collect();
    assert_eq!(inquiries.len(), INQUIRIES.len());
    for ((heading, _, data), (expected_heading, expected)) in inquiries.into_iter().zip(INQUIRIES) {
        assert_eq!(heading, expected_heading);
        assert_eq!(public_desc(data).to_string(), *expected, "{heading}");
    }
}

#[test]
fn the_public_shapes_come_first_and_in_their_order() {
    for (heading, shape) in SHAPE_OF {
        let begins = format!("- {shape}: `{{");
        let line = SHAPES.lines().find(|line| line.starts_with(&begins)).unwrap();
        let shape: Value = serde_json::from_str(line.split('`').nth(1).unwrap()).unwrap();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let (top, lines) = names(family(heading).members);
        assert_eq!(top[..keys(&shape).len()], keys(&shape), "{heading}");
        if let Some(line) = shape.get("detail").map(|detail| &detail[0]) {
            assert_eq!(lines[..keys(line).len()], keys(line), "{heading}");
        }
    }
}

#[test]
fn what_only_a_payment_says_comes_at_its_place() {
    let public = |heading| public_desc(&contract::sample(heading, "payment")).to_string();
    let pln = r#"{"tarif":"R1","daya":1300,"lembar_tagihan":1,"detail":[{"periode":"201608","nilai_tagihan":"300000","admin":"2500","denda":"0","meter_awal":"00080000","meter_akhir":"00080000"}],"lembar_tagihan_sisa":0}"#;
    assert_eq!(public("pln"), pln);
    assert!(public("esamsat").ends_with(r#","ntpd":"Q8T3L318R0Z3"}"#));
    assert!(public("bpjs-ketenagakerjaan/BPU").contains(r#""kode_iuran":"922053115900""#));
}

#[test]
fn every_documented_member_is_passed_on_or_dropped_for_a_reason() {
    for (heading, documented) in contract::desc_members() {
        let sources = sources(family(heading).members, "");
        // `desc.tagihandetail` is the contract's spelling of `desc.tagihan.detail`, and an object is its members.
        let documented = documented.replace("tagihandetail", "tagihan.detail");
        let is_passed_on =
            sources.iter().any(|path| *path == documented || path.starts_with(&format!("{documented}.")));
        let is_dropped = DROPPED.iter().any(|(family, path, _)| *family == heading && *path == documented);
        // Where the list of a family is shorter than its sample.
        let is_without_lines = heading == "television/non-telkomvision" && documented == "desc.tagihan";
        assert!(is_passed_on != is_dropped || is_without_lines, "{heading}: {documented}");
    }
}

#[test]
fn details_that_cant_be_read_are_left_out() {
    for (desc, expected) in [
        (json!(null), r#"{"lembar_tagihan":1}"#),
        (json!("PLN"), r#"{"lembar_tagihan":1}"#),
        (json!([{"daya": 1300}]), r#"{"lembar_tagihan":1}"#),
        (json!({"new": "member"}), r#"{"lembar_tagihan":1}"#),
        (json!({"usage": 35.0}), r#"{"lembar_tagihan":1,"detail":[{"usage":"35"}]}"#),
        (json!({"footer": "a\nb"}), r#"{"lembar_tagihan":1,"footer":"a\nb"}"#),
        (json!({"footer": ["a", "b"]}), r#"{"lembar_tagihan":1,"footer":"a\nb"}"#),
        (json!({"footer": [1, {}]}), r#"{"lembar_tagihan":1}"#),
        (json!({"daya": {}, "lembar_tagihan": -1}), r#"{"lembar_tagihan":1}"#),
        (json!({"daya": "1300.0", "lembar_tagihan": "x", "tagihan": []}), r#"{"daya":1300,"lembar_tagihan":1}"#),
        (json!({"daya": 1, "tagihan": {"detail": {"0": {}}}}), r#"{"daya":1,"lembar_tagihan":1}"#),
        (json!({"daya": 1, "tagihan": {"detail": [1, null, {}, {"periode": ""}]}}), r#"{"daya":1,"lembar_tagihan":1}"#),
    ] {
        assert_eq!(public_desc(&json!({"desc": desc})).to_string(), expected, "{desc}");
    }
    assert_eq!(public_desc(&Value::Null).to_string(), r#"{"lembar_tagihan":1}"#);
}

#[test]
fn amounts_are_whole_rupiah_in_text() {
    let line = |amount: Value| {
        let data = json!({"desc": {"bill": {"detail": [{"bill_amount": amount}]}}});
        public_desc(&data)["detail"][0]["nilai_tagihan"].clone()
    };
    for (amount, expected) in [(json!(27_240), "27240"), (json!(27_240.0), "27240"), (json!("27240.00"), "27240")] {
        assert_eq!(line(amount), json!(expected));
    }
    // Nobody pays by it: it is shown as it was written.
    assert_eq!(line(json!("27.240,-")), json!("27.240,-"));
}
