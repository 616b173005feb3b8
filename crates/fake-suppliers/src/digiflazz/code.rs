//! The codes of Digiflazz: message, status, and whether a transaction comes into being with them.

/// One code.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// Two digits.
    pub rc: &'static str,
    /// As its table says it.
    pub message: &'static str,
    /// `Sukses`, `Pending` or `Gagal`.
    pub status: &'static str,
    /// Column "Terbentuk Transaksi": the reference is used up.
    pub forms_transaction: bool,
}

const YES: bool = true;
const NO: bool = false;

/// Its table, in its order.
const TABLE: [(&str, &str, bool); 47] = [
    ("00", "Transaksi Sukses", YES),
    ("01", "Timeout", YES),
    ("02", "Transaksi Gagal", YES),
    ("03", "Transaksi Pending", YES),
    ("40", "Payload Error", NO),
    ("41", "Signature tidak valid", NO),
    ("42", "Gagal memproses API Buyer", NO),
    ("43", "SKU tidak di temukan atau Non-Aktif", NO),
    ("44", "Saldo tidak cukup", NO),
    ("45", "IP Anda tidak kami kenali", NO),
    ("47", "Transaksi sudah terjadi di buyer lain", NO),
    ("49", "Ref ID tidak unik", NO),
    ("50", "Transaksi Tidak Ditemukan", YES),
    ("51", "Nomor Tujuan Diblokir", YES),
    ("52", "Prefix Tidak Sesuai Dengan Operator", YES),
    ("53", "Produk Seller Sedang Tidak Tersedia", YES),
    ("54", "Nomor Tujuan Salah", YES),
    ("55", "Produk Sedang Gangguan", YES),
    ("56", "Limit saldo seller", NO),
    ("57", "Jumlah Digit Kurang Atau Lebih", YES),
    ("58", "Sedang Cut Off", YES),
    ("59", "Tujuan di Luar Wilayah/Cluster", YES),
    ("60", "Tagihan belum tersedia", YES),
    ("61", "Belum pernah melakukan deposit", NO),
    ("62", "Seller sedang mengalami gangguan", NO),
    ("63", "Tidak support transaksi multi", NO),
    ("64", "Tarik tiket gagal, coba nominal lain atau hubungi admin.", NO),
    ("65", "Limit transaksi multi", NO),
    ("66", "Cut Off (Perbaikan Sistem Seller)", NO),
    ("67", "Seller belum ter-verfikasi", NO),
    ("68", "Stok habis", NO),
    ("69", "Harga seller lebih besar dari ketentuan harga Buyer", NO),
    ("70", "Timeout Dari Biller", YES),
    ("71", "Produk Sedang Tidak Stabil", YES),
    ("72", "Lakukan Unreg Paket Dahulu", YES),
    ("73", "Kwh Melebihi Batas", YES),
    ("74", "Transaksi Refund", YES),
    ("80", "Akun Anda telah diblokir oleh Seller", NO),
    ("81", "Seller ini telah diblokir oleh Anda", NO),
    ("82", "Akun Anda belum ter-verfikasi", NO),
    ("83", "Anda telah mencapai limitasi pengecekan pricelist, silahkan coba beberapa saat lagi", NO),
    ("84", "Nominal tidak valid", YES),
    ("85", "Anda telah mencapai limitasi transaksi, silahkan coba beberapa 1 menit lagi", YES),
    ("86", "Anda telah mencapai limitasi pengecekan nomor PLN, silahkan coba beberapa saat lagi", YES),
    ("87", "E-money wajib kelipatan Rp 1.000", NO),
    ("88", "Akun Anda tidak dapat melakukan aksi ini", NO),
    ("99", "DF Router Issue", YES),
];

impl Code {
    /// The code of the table, or one that is unknown: a failure without words.
    pub fn of(rc: &str) -> Self {
        let found = TABLE.iter().find(|(known, _, _)| *known == rc);
        let (rc, message, forms_transaction) = found.copied().unwrap_or(("", "", NO));
        let status = match rc {
            "00" => "Sukses",
            "03" | "99" => "Pending",
            _ => "Gagal",
        };
        Self { rc, message, status, forms_transaction }
    }
}
