//! The codes of Digiflazz, and what each means in each call.
//!
//! The first four columns are Digiflazz's own (`docs/contract/suppliers/digiflazz.md`; a test compares them), the others are our decisions,
//! and stand in groups with their reasons. What isn't here is unknown. Where money is at stake the doubt is resolved towards *Silent*: an
//! order that stays pending is looked at by a person, one that is failed by mistake is paid for by the operator.

use crate::suppliers::digiflazz::code::{Bill, Code, Formed, Says, Status};

macro_rules! table {
    ($($rc:literal $message:literal $status:ident $formed:ident |
       $inquiry:ident | $pay:ident $state:ident $callback:ident | $top_up:ident $again:ident)*) => {
        &[$(Code {
            rc: $rc,
            message: $message,
            status: Status::$status,
            formed: Formed::$formed,
            inquiry: Bill::$inquiry,
            pay: Says::$pay,
            state: Says::$state,
            callback: Says::$callback,
            top_up: Says::$top_up,
            again: Says::$again,
        }),*]
    };
}

/// All of them.
pub const CODES: &[Code] = table! {
    //                                                                          inquiry   pay    status callbk   top-up again

    // What became of a transaction, in every call the same. An inquiry that is pending has no bill, and nothing to wait for. A success
    // needs a proof too, since an inquiry's looks alike: that is for whoever reads the rest of the answer.
    "00" "Transaksi Sukses"                                        Sukses  Ya    | Here   | Done   Done   Done   | Done   Done
    "03" "Transaksi Pending"                                       Pending Ya    | Down   | Wait   Wait   Wait   | Wait   Wait
    "99" "DF Router Issue"                                         Pending Ya    | Down   | Wait   Wait   Wait   | Wait   Wait
    "02" "Transaksi Gagal"                                         Gagal   Ya    | Down   | Failed Failed Failed | Failed Failed
    "74" "Transaksi Refund"                                        Gagal   Ya    | Silent | Refund Refund Refund | Refund Refund

    // Nobody knows whether a biller that didn't answer did it, but Digiflazz calls it failed at once. That is believed only when it still
    // says so a while later: we ask a minute after the sending at the earliest.
    "01" "Timeout"                                                 Gagal   Ya    | Down   | Wait   Failed Wait   | Wait   Failed
    "70" "Timeout Dari Biller"                                     Gagal   Ya    | Down   | Wait   Failed Wait   | Wait   Failed

    // About the customer's number or the order itself. That is as true of an earlier sending, so it is final whenever it is said.
    "51" "Nomor Tujuan Diblokir"                                   Gagal   Ya    | Number | Failed Failed Failed | Failed Failed
    "52" "Prefix Tidak Sesuai Dengan Operator"                     Gagal   Ya    | Number | Failed Failed Failed | Failed Failed
    "54" "Nomor Tujuan Salah"                                      Gagal   Ya    | Number | Failed Failed Failed | Failed Failed
    "57" "Jumlah Digit Kurang Atau Lebih"                          Gagal   Ya    | Number | Failed Failed Failed | Failed Failed
    "59" "Tujuan di Luar Wilayah/Cluster"                          Gagal   Ya    | Number | Failed Failed Failed | Failed Failed
    "72" "Lakukan Unreg Paket Dahulu"                              Gagal   Ya    | Down   | Failed Failed Failed | Failed Failed
    "73" "Kwh Melebihi Batas"                                      Gagal   Ya    | Down   | Failed Failed Failed | Failed Failed
    "84" "Nominal tidak valid"                                     Gagal   Ya    | Down   | Failed Failed Failed | Failed Failed

    // Trouble with the product. As a transaction's end it is final. Asked about a bill, it may be that the biller has trouble now, and not
    // that it had when the bill was paid. A top-up sent again is answered with the transaction that there is under its reference, or has
    // just become one: failed, both times. But a cut-off may be found before anything is looked up.
    "53" "Produk Seller Sedang Tidak Tersedia"                     Gagal   Ya    | Down   | Failed Silent Failed | Failed Failed
    "55" "Produk Sedang Gangguan"                                  Gagal   Ya    | Down   | Failed Silent Failed | Failed Failed
    "71" "Produk Sedang Tidak Stabil"                              Gagal   Ya    | Down   | Failed Silent Failed | Failed Failed
    "58" "Sedang Cut Off"                                          Gagal   Ya    | Down   | Failed Silent Failed | Failed Silent

    // There is no such bill (any more). In answer to a first payment, somebody else has paid it; later, we may be that somebody.
    "60" "Tagihan belum tersedia"                                  Gagal   Ya    | None   | Failed Silent Failed | Failed Silent

    // The first sending found nothing to pay. Later it proves nothing: a bill's inquiry is under the same reference, a transaction may be
    // on its way between two of their machines, and after 90 days nothing is found any more.
    "50" "Transaksi Tidak Ditemukan"                               Gagal   Ya    | Down   | Failed Silent Silent | Failed Silent

    // A limit: of how often one may send, and later of how often one may ask.
    "85" "transaction limit reached, retry in 1 minute"            Gagal   Ya    | Down   | Failed Silent Silent | Failed Silent

    // Refused at the door: no transaction was made, so another supplier may be asked. Later, it is about the question (its signature, its
    // address, its shape, our deposit, the product's state today), or about the earlier sending being there (47, 49, 63).
    "40" "Payload Error"                                           Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "41" "Signature tidak valid"                                   Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "42" "Gagal memproses API Buyer"                               Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "43" "SKU tidak di temukan atau Non-Aktif"                     Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "44" "Saldo tidak cukup"                                       Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "45" "IP Anda tidak kami kenali"                               Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "47" "Transaksi sudah terjadi di buyer lain"                   Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "49" "Ref ID tidak unik"                                       Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "56" "Limit saldo seller"                                      Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "61" "Belum pernah melakukan deposit"                          Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "62" "Seller sedang mengalami gangguan"                        Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "63" "Tidak support transaksi multi"                           Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "65" "Limit transaksi multi"                                   Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "66" "Cut Off (Perbaikan Sistem Seller)"                       Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "67" "Seller belum ter-verfikasi"                              Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "68" "Stok habis"                                              Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "69" "Harga seller lebih besar dari ketentuan harga Buyer"     Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "80" "Akun Anda telah diblokir oleh Seller"                    Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "81" "Seller ini telah diblokir oleh Anda"                     Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "82" "Akun Anda belum ter-verfikasi"                           Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "87" "E-money wajib kelipatan Rp 1.000"                        Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent
    "88" "Akun Anda tidak dapat melakukan aksi ini"                Gagal   Tidak | Down   | Unmade Silent Silent | Unmade Silent

    // Of other calls: the deposit ticket, the price list, the check of a PLN number. In answer to ours they can't be explained.
    "64" "Tarik tiket gagal, coba nominal lain atau hubungi admin." Gagal  Tidak | Down   | Silent Silent Silent | Silent Silent
    "83" "limit of price-list checks reached"                      Gagal   Tidak | Down   | Silent Silent Silent | Silent Silent
    "86" "PLN number check limit reached"                          Gagal   Ya    | Down   | Silent Silent Silent | Silent Silent
};
