//! The shapes of `desc`, by family, in the order in which the public API shows their members.
//!
//! They are those of `docs/contract/suppliers/digiflazz.md`, section *desc shapes*; a test compares them. A family is told from the members
//! that are there, not from a product's code, which every operator chooses as he likes.

use crate::suppliers::digiflazz::families::Kind::{Amount, Count, Money, Words};

/// What a member is, and how it is written in the public API.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Text.
    Words,
    /// A number of things, as a number.
    Count,
    /// Whole rupiah, as text.
    Money,
    /// Whole rupiah, as a number.
    Amount,
}

/// Members, in order.
pub type Members = &'static [(&'static str, Kind)];

/// A family of bills.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// The members that tell it from those below it in the table.
    pub marks: &'static [&'static str],
    /// The same, of the lines in `detail`.
    pub line_marks: &'static [&'static str],
    /// Its members; `detail` stands last.
    pub members: Members,
    /// The members of its lines. Empty: it has no `detail`.
    pub lines: Members,
    /// Which of a line's amounts add up to the bill, where that is documented.
    pub sum: &'static [&'static str],
}

/// E-money, telephone, and whatever comes next: nothing more is known of them.
const LEAST: Family =
    Family { marks: &[], line_marks: &[], members: &[("lembar_tagihan", Count)], lines: &[], sum: &[] };

/// What lies on a piece of land.
const LAND: Members = &[
    ("lembar_tagihan", Count),
    ("alamat", Words),
    ("tahun_pajak", Words),
    ("kelurahan", Words),
    ("kecamatan", Words),
    ("kode_kab_kota", Words),
    ("kab_kota", Words),
    ("luas_tanah", Words),
    ("luas_gedung", Words),
    ("provinsi", Words),
];

/// PDAM: hundreds of waterworks, of which not every one gives every member.
const WATER: Family = Family {
    marks: &["tarif"],
    members: &[("tarif", Words), ("lembar_tagihan", Count), ("alamat", Words), ("jatuh_tempo", Words)],
    lines: &[
        ("periode", Words),
        ("nilai_tagihan", Money),
        ("denda", Money),
        ("meter_awal", Words),
        ("meter_akhir", Words),
        ("biaya_lain", Money),
    ],
    ..LEAST
};

/// All families; the first whose marks are there is the right one, and the last one takes what is left.
pub const FAMILIES: &[Family] = &[
    // SAMSAT.
    Family {
        marks: &["nomor_polisi"],
        members: &[
            ("lembar_tagihan", Count),
            ("alamat", Words),
            ("nomor_identitas", Words),
            ("nomor_rangka", Words),
            ("nomor_mesin", Words),
            ("nomor_polisi", Words),
            ("milik_kenama", Words),
            ("merek_kb", Words),
            ("model_kb", Words),
            ("tahun_buatan", Words),
            ("tgl_akhir_pajak_baru", Words),
            ("biaya_pokok_bbn", Money),
            ("biaya_pokok_swd", Money),
            ("biaya_pokok_pkb", Money),
            ("biaya_denda_swd", Money),
            ("biaya_denda_bbn", Money),
            ("biaya_denda_pkb", Money),
            ("biaya_admin_stnk", Money),
            ("biaya_admin_tnkb", Money),
            ("biaya_parkir_pokok", Money),
            ("biaya_pajak_progresif", Money),
        ],
        ..LEAST
    },
    // BPJS Ketenagakerjaan of employers.
    Family {
        marks: &["npp"],
        members: &[
            ("lembar_tagihan", Count),
            ("kode_iuran", Words),
            ("jht", Amount),
            ("jkk", Amount),
            ("jkm", Amount),
            ("jpk", Amount),
            ("jpn", Amount),
            ("npp", Words),
            ("kode_divisi", Words),
        ],
        ..LEAST
    },
    // BPJS Ketenagakerjaan of the self-employed.
    Family {
        marks: &["kode_iuran"],
        members: &[
            ("lembar_tagihan", Count),
            ("kode_iuran", Words),
            ("kode_program", Words),
            ("jkk", Amount),
            ("jkm", Amount),
            ("jht", Amount),
            ("kantor_cabang", Words),
            ("tgl_efektif", Words),
            ("tgl_expired", Words),
        ],
        ..LEAST
    },
    // PLN Nontaglis.
    Family {
        marks: &["no_registrasi"],
        members: &[
            ("lembar_tagihan", Count),
            ("transaksi", Words),
            ("no_registrasi", Words),
            ("tanggal_registrasi", Words),
        ],
        ..LEAST
    },
    // PBB; with a province, other local taxes.
    Family { marks: &["tahun_pajak"], members: LAND, ..LEAST },
    // BPJS Kesehatan.
    Family {
        marks: &["jumlah_peserta"],
        members: &[("jumlah_peserta", Words), ("lembar_tagihan", Count), ("alamat", Words)],
        lines: &[("periode", Words)],
        ..LEAST
    },
    // Multifinance.
    Family {
        marks: &["tenor"],
        members: &[
            ("lembar_tagihan", Count),
            ("item_name", Words),
            ("no_rangka", Words),
            ("no_pol", Words),
            ("tenor", Words),
        ],
        lines: &[("periode", Words), ("denda", Money), ("biaya_lain", Money)],
        ..LEAST
    },
    // PLN. Its samples add up: what was used and what is late make the bill.
    Family {
        marks: &["tarif", "daya"],
        members: &[("tarif", Words), ("daya", Count), ("lembar_tagihan", Count)],
        lines: &[
            ("periode", Words),
            ("nilai_tagihan", Money),
            ("admin", Money),
            ("denda", Money),
            ("meter_awal", Words),
            ("meter_akhir", Words),
        ],
        sum: &["nilai_tagihan", "denda"],
        ..LEAST
    },
    // Gas.
    Family {
        line_marks: &["usage"],
        members: &[("lembar_tagihan", Count), ("alamat", Words)],
        lines: &[("periode", Words), ("meter_awal", Words), ("meter_akhir", Words), ("usage", Words)],
        ..LEAST
    },
    // TV.
    Family {
        line_marks: &["no_ref"],
        members: &[("lembar_tagihan", Count)],
        lines: &[("periode", Words), ("nilai_tagihan", Money), ("no_ref", Words)],
        ..LEAST
    },
    WATER,
    Family { marks: &["jatuh_tempo"], ..WATER },
    Family { marks: &[], line_marks: &["nilai_tagihan", "biaya_lain"], ..WATER },
    // Internet, telephone lines.
    Family {
        line_marks: &["nilai_tagihan"],
        members: &[("lembar_tagihan", Count)],
        lines: &[("periode", Words), ("nilai_tagihan", Money), ("admin", Money)],
        ..LEAST
    },
    LEAST,
];
