//! The families, each a table from IAK's members to those of the public shape (`docs/contract/suppliers/digiflazz.md`, "desc shapes").

use crate::suppliers::iak::desc::family::Family;
use crate::suppliers::iak::desc::family::Member::{Amount, Filled, Line, Lines, Number, Sheets, Text};

/// The first whose mark is there is the family; the last has none. Above each stands its heading in `docs/contract/suppliers/iak.md`.
pub const FAMILIES: &[Family] = &[
    // pln
    Family {
        marks: &["daya"],
        members: &[
            Text("tarif", "desc.tarif"),
            Number("daya", "desc.daya"),
            Sheets(Some("desc.lembar_tagihan")),
            Lines(
                "desc.tagihan.detail",
                &[
                    Text("periode", "periode"),
                    Amount("nilai_tagihan", "nilai_tagihan"),
                    Amount("admin", "admin"),
                    Amount("denda", "denda"),
                    Text("meter_awal", "meter_awal"),
                    Text("meter_akhir", "meter_akhir"),
                ],
            ),
            Number("lembar_tagihan_sisa", "desc.lembar_tagihan_sisa"),
        ],
    },
    // pln-nontaglist
    Family {
        marks: &["no_registrasi"],
        members: &[
            Sheets(None),
            Text("transaksi", "desc.transaksi"),
            Text("no_registrasi", "desc.no_registrasi"),
            Text("tanggal_registrasi", "desc.tanggal_registrasi"),
        ],
    },
    // bpjs-kesehatan
    Family {
        marks: &["jumlah_peserta"],
        members: &[
            Text("jumlah_peserta", "desc.jumlah_peserta"),
            Sheets(None),
            Text("alamat", "desc.nama_cabang"),
            Line(&[Text("periode", "period")]),
            Amount("sisa_pembayaran", "desc.sisa_pembayaran"),
        ],
    },
    // bpjs-ketenagakerjaan/PU
    Family {
        marks: &["npp"],
        members: &[
            Sheets(None),
            Text("kode_iuran", "desc.kode_iuran"),
            Number("jht", "desc.jht"),
            Number("jkk", "desc.jkk"),
            Number("jkm", "desc.jkm"),
            Number("jpk", "desc.jpk"),
            Number("jpn", "desc.jpn"),
            Text("npp", "desc.npp"),
            Text("kode_divisi", "desc.kode_divisi"),
            Filled("kode_program", "desc.kode_program"),
        ],
    },
    // bpjs-ketenagakerjaan/BPU
    Family {
        marks: &["kode_iuran"],
        members: &[
            Sheets(None),
            Text("kode_iuran", "desc.kode_iuran"),
            Text("kode_program", "desc.kode_program"),
            Number("jkk", "desc.jkk"),
            Number("jkm", "desc.jkm"),
            Number("jht", "desc.jht"),
            Text("kantor_cabang", "desc.kantor_cabang"),
            Text("tgl_efektif", "desc.tgl_efektif"),
            Text("tgl_expired", "desc.tgl_expired"),
        ],
    },
    // pdam
    Family {
        marks: &["bill"],
        members: &[
            Text("tarif", "desc.kode_tarif"),
            Sheets(Some("desc.bill_quantity")),
            Text("alamat", "desc.address"),
            Text("jatuh_tempo", "desc.due_date"),
            Lines(
                "desc.bill.detail",
                &[
                    Text("periode", "period"),
                    Amount("nilai_tagihan", "bill_amount"),
                    Amount("denda", "penalty"),
                    Text("meter_awal", "first_meter"),
                    Text("meter_akhir", "last_meter"),
                    Amount("biaya_lain", "misc_amount"),
                    Filled("stand", "stand"),
                ],
            ),
            Filled("biaya_materai", "desc.stamp_duty"),
        ],
    },
    // internet/telkom, and telco, whose one line is empty
    Family {
        marks: &["jumlah_tagihan"],
        members: &[
            Sheets(Some("desc.jumlah_tagihan")),
            Lines(
                "desc.tagihan.detail",
                &[Text("periode", "periode"), Amount("nilai_tagihan", "nilai_tagihan"), Amount("admin", "admin")],
            ),
        ],
    },
    // internet/non-telkom
    Family {
        marks: &["product_desc"],
        members: &[
            Sheets(None),
            Line(&[Text("periode", "period"), Amount("nilai_tagihan", "nominal"), Amount("admin", "admin")]),
            Filled("product_desc", "desc.product_desc"),
        ],
    },
    // television
    Family {
        marks: &["product_category"],
        members: &[
            Sheets(Some("desc.bill_quantity")),
            Lines(
                "desc.tagihan.detail",
                &[Text("periode", "periode"), Amount("nilai_tagihan", "nilai_tagihan"), Text("no_ref", "no_ref")],
            ),
        ],
    },
    // pgas
    Family {
        marks: &["usage"],
        members: &[
            Sheets(None),
            Text("alamat", "desc.address"),
            Line(&[
                Text("periode", "period"),
                Text("meter_awal", "desc.first_meter"),
                Text("meter_akhir", "desc.last_meter"),
                Text("usage", "desc.usage"),
            ]),
        ],
    },
    // pbb
    Family {
        marks: &["tahun_pajak"],
        members: &[
            Sheets(None),
            Text("alamat", "desc.lokasi"),
            Text("tahun_pajak", "desc.tahun_pajak"),
            Text("kelurahan", "desc.kelurahan"),
            Text("kecamatan", "desc.kecamatan"),
            Text("kode_kab_kota", "desc.kode_kab_kota"),
            Text("kab_kota", "desc.kab_kota"),
            Text("luas_tanah", "desc.luas_tanah"),
            Text("luas_gedung", "desc.luas_gedung"),
            Filled("jatuh_tempo", "desc.jatuh_tempo"),
            Amount("denda", "desc.denda"),
        ],
    },
    // esamsat
    Family {
        marks: &["nomor_mesin"],
        members: &[
            Sheets(None),
            Text("alamat", "desc.alamat"),
            Text("nomor_identitas", "desc.nomor_identitas"),
            Text("nomor_rangka", "desc.nomor_rangka"),
            Text("nomor_mesin", "desc.nomor_mesin"),
            Text("nomor_polisi", "desc.nomor_polisi"),
            Text("milik_kenama", "desc.milik_kenama"),
            Text("merek_kb", "desc.merek_kb"),
            Text("model_kb", "desc.model_kb"),
            Text("tahun_buatan", "desc.tahun_buatan"),
            Text("tgl_akhir_pajak_baru", "desc.tgl_akhir_pajak_baru"),
            Amount("biaya_pokok_bbn", "desc.biaya_pokok.BBN"),
            Amount("biaya_pokok_swd", "desc.biaya_pokok.SWD"),
            Amount("biaya_pokok_pkb", "desc.biaya_pokok.PKB"),
            Amount("biaya_denda_swd", "desc.biaya_denda.SWD"),
            Amount("biaya_denda_bbn", "desc.biaya_denda.BBN"),
            Amount("biaya_denda_pkb", "desc.biaya_denda.PKB"),
            Amount("biaya_admin_stnk", "desc.biaya_admin.stnk"),
            Amount("biaya_admin_tnkb", "desc.biaya_admin.tnkb"),
            Amount("biaya_parkir_pokok", "desc.biaya_parkir_pokok"),
            Amount("biaya_pajak_progresif", "desc.biaya_pajak_progresif"),
            Filled("ntpd", "desc.ntpd"),
        ],
    },
    // insurance
    Family {
        marks: &["policy_status", "insured"],
        members: &[
            Sheets(None),
            Filled("insured", "desc.insured"),
            Filled("policy_status", "desc.policy_status"),
            Filled("jatuh_tempo", "desc.due_date"),
            Filled("footer", "desc.footer"),
        ],
    },
    // multifinance
    Family {
        marks: &["installment", "penalty_bill", "tenor", "item_name", "no_rangka", "no_pol"],
        members: &[
            Sheets(None),
            Text("item_name", "desc.item_name"),
            Text("no_rangka", "desc.no_rangka"),
            Text("no_pol", "desc.no_pol"),
            Text("tenor", "desc.tenor"),
            Line(&[
                Text("periode", "period"),
                Amount("denda", "desc.penalty_bill"),
                Amount("biaya_lain", "desc.misc_fee"),
                Amount("nilai_tagihan", "desc.installment"),
            ]),
            Filled("last_paid_due_date", "desc.last_paid_due_date"),
        ],
    },
    // custom-denom, persembahan-gereja (whose `desc` is an empty array), and all that is new
    Family { marks: &[], members: &[Sheets(None), Filled("footer", "desc.footer")] },
];
