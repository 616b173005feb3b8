//! What each code says to a person: one plain sentence that a shop owner understands, in Indonesian and in English.
//!
//! The sentences of the four codes of success that the contract gives are exact. None names a supplier, a key or an inner part of Loket.

use super::codes::Code;
use super::language::{Sentence, sentence};

/// `SUCCESS` of `/v1/balance`; given by the contract.
pub const BALANCE_READ: Sentence = sentence("Saldo berhasil didapatkan", "The balance was read");
/// `SUCCESS` of `/v1/products`.
pub const PRODUCTS_LISTED: Sentence = sentence("Daftar produk berhasil didapatkan", "The products were listed");
/// `SUCCESS` of `/v1/mutations`.
pub const MUTATIONS_LISTED: Sentence = sentence("Mutasi saldo berhasil didapatkan", "The mutations were listed");

/// `SUCCESS` of `/v1/events`.
pub const EVENTS_LISTED: Sentence = sentence("Daftar event berhasil didapatkan", "The events were listed");
/// `SUCCESS` of `webhooks`.
pub const WEBHOOKS_LISTED: Sentence = sentence("Daftar webhook berhasil didapatkan", "The webhooks were listed");
/// `SUCCESS` of `webhook-add`.
pub const WEBHOOK_ADDED: Sentence = sentence("Webhook berhasil ditambahkan", "The webhook was added");
/// `SUCCESS` of `webhook-set`.
pub const WEBHOOK_SET: Sentence = sentence("Webhook berhasil diubah", "The webhook was changed");
/// `SUCCESS` of `webhook-secret`.
pub const SECRET_READ: Sentence = sentence("Secret webhook berhasil didapatkan", "The webhook's secret was read");
/// `SUCCESS` of `webhook-secret` with `rotate`.
pub const SECRET_ROTATED: Sentence = sentence(
    "Secret webhook berhasil diganti. Secret lama masih ikut menandatangani selama 24 jam",
    "The webhook has a new secret. The old one signs beside it for 24 hours",
);
/// `SUCCESS` of `webhook-remove`.
pub const WEBHOOK_REMOVED: Sentence = sentence("Webhook berhasil dihapus", "The webhook was removed");
/// `SUCCESS` of `webhook-log`.
pub const LOG_LISTED: Sentence = sentence("Log webhook berhasil didapatkan", "The log of webhooks was read");
/// `SUCCESS` of `webhook-event`.
pub const EVENT_READ: Sentence = sentence("Event berhasil didapatkan", "The event was read");
/// `SUCCESS` of `webhook-resend`.
pub const EVENT_RESENT: Sentence = sentence("Event akan dikirim ulang", "The event is being sent again");
/// `SUCCESS` of `webhook-recover`.
pub const EVENTS_RECOVERED: Sentence =
    sentence("Event yang belum sampai akan dikirim ulang", "What never arrived is being sent again");
/// `SUCCESS` of `webhook-test`.
pub const TEST_SENT: Sentence = sentence("Event percobaan sedang dikirim", "A test event is being sent");

impl Code {
    /// What it says unless a call says it better.
    #[expect(clippy::too_many_lines, reason = "a table: one line of thought for each code")]
    pub const fn message(self) -> Sentence {
        match self {
            Self::Success => sentence("Permintaan berhasil", "The request succeeded"),
            Self::OrderSuccess => sentence("Transaksi berhasil diproses", "The order was completed"),
            Self::BillInquirySuccess => sentence("Tagihan berhasil ditemukan", "The bill was found"),
            Self::BillPaymentSuccess => sentence("Pembayaran tagihan berhasil", "The bill was paid"),
            Self::OrderPending => sentence(
                "Transaksi sedang diproses. Hasilnya akan kami kirim lewat webhook",
                "The order is being processed. Its result will be sent by webhook",
            ),
            Self::BillPaymentPending => sentence(
                "Pembayaran tagihan sedang diproses. Hasilnya akan kami kirim lewat webhook",
                "The payment is being processed. Its result will be sent by webhook",
            ),
            Self::OrderFailed => {
                sentence("Transaksi gagal. Saldo Anda tidak berkurang", "The order failed. It cost you nothing")
            }
            Self::BillPaymentFailed => sentence(
                "Pembayaran tagihan gagal. Saldo Anda tidak berkurang",
                "The payment failed. It cost you nothing",
            ),
            Self::MalformedJson => sentence(
                "Isi permintaan bukan objek JSON yang benar",
                "The body of the request is not a correct JSON object",
            ),
            Self::SignatureInvalid => {
                sentence("Tanda tangan atau api_id tidak cocok", "The signature or the api_id does not match")
            }
            Self::TimestampExpired => sentence(
                "Waktu permintaan terlalu jauh dari waktu server. Periksa jam komputer Anda",
                "The request's time is too far from the server's. Check the clock of your computer",
            ),
            Self::InsufficientBalance => {
                sentence("Saldo Anda tidak cukup untuk transaksi ini", "Your balance does not cover this order")
            }
            Self::IpNotAllowed => sentence(
                "Alamat IP ini belum diizinkan untuk akun Anda",
                "This IP address is not allowed for your account",
            ),
            Self::MerchantSuspended => sentence(
                "Akun Anda sedang dibekukan. Silakan hubungi penyedia layanan",
                "Your account is suspended. Please ask your provider",
            ),
            Self::ProductNotFound => sentence(
                "Kode produk tidak ditemukan untuk perintah ini",
                "There is no product with this code for this command",
            ),
            Self::BillNotFound => sentence(
                "Tagihan untuk nomor pelanggan ini tidak ditemukan",
                "There is no bill for this customer number",
            ),
            Self::InquiryNotFound => {
                sentence("Belum ada cek tagihan dengan ref_id ini", "No bill was checked under this ref_id")
            }
            Self::OrderNotFound => {
                sentence("Transaksi dengan ref_id ini tidak ditemukan", "There is no order under this ref_id")
            }
            Self::NotFound => sentence(
                "Tidak ditemukan. Periksa alamat API dan isian yang disebut di errors",
                "Not found. Check the path, and the fields that errors names",
            ),
            Self::MethodNotAllowed => sentence(
                "Metode HTTP ini tidak bisa dipakai di alamat ini",
                "This HTTP method cannot be used on this path",
            ),
            Self::RefIdConflict => sentence(
                "ref_id ini sudah dipakai untuk transaksi lain. Pakai ref_id yang baru",
                "This ref_id is already used for another order. Use a new one",
            ),
            Self::InquiryMismatch => sentence(
                "Pembayaran ini tidak sama dengan cek tagihannya",
                "This payment is not for what was checked under its ref_id",
            ),
            Self::BillAlreadyPaid => sentence("Tagihan ini sudah dibayar", "This bill is already paid"),
            Self::PaymentInProgress => sentence(
                "Tagihan ini sedang dibayar. Tunggu sampai pembayarannya selesai",
                "This bill is being paid. Wait until that payment is done",
            ),
            Self::BillChanged => sentence(
                "Jumlah tagihan sudah berubah. Silakan cek tagihan lagi",
                "The bill has changed. Please check the bill again",
            ),
            Self::PriceAboveMax => sentence(
                "Harga produk di atas batas harga Anda (max_price)",
                "The price is above your limit (max_price)",
            ),
            Self::DuplicateOrder => sentence(
                "Baru saja ada transaksi yang sama untuk nomor ini. Kirim allow_duplicate bila memang disengaja",
                "There was a like order for this number just now. Send allow_duplicate if it is meant",
            ),
            Self::InquiryExpired => sentence(
                "Cek tagihan sudah lewat waktunya. Silakan cek tagihan lagi",
                "The inquiry has expired. Please check the bill again",
            ),
            Self::PayloadTooLarge => {
                sentence("Isi permintaan lebih dari 64 KiB", "The body of the request is larger than 64 KiB")
            }
            Self::UnsupportedMediaType => sentence(
                "Kirim permintaan dengan Content-Type: application/json",
                "Send the request with Content-Type: application/json",
            ),
            Self::ValidationError => {
                sentence("Ada isian permintaan yang belum benar", "Some parameters of the request are not correct")
            }
            Self::CustomerNoInvalid => sentence(
                "Nomor pelanggan tidak sesuai untuk produk ini",
                "The customer number does not fit this product",
            ),
            Self::RateLimited => sentence(
                "Terlalu banyak permintaan. Tunggu sebentar lalu coba lagi",
                "Too many requests. Wait a moment and try again",
            ),
            Self::InternalError => sentence(
                "Terjadi gangguan di server. Ulangi permintaan dengan ref_id yang sama",
                "Something went wrong in the server. Repeat the request with the same ref_id",
            ),
            Self::ProductUnavailable => {
                sentence("Produk ini sedang tidak tersedia", "This product is not available at the moment")
            }
            Self::ProductCutOff => sentence(
                "Produk ini sedang dalam jam tutup harian. Coba lagi sesudahnya",
                "This product is in its daily closing hours. Try again afterwards",
            ),
            Self::SupplierUnavailable => sentence(
                "Penyedia produk ini sedang gangguan. Coba lagi nanti",
                "The provider of this product is out of order. Try again later",
            ),
            Self::Overloaded => sentence(
                "Server sedang sangat sibuk. Tidak ada yang diproses; coba lagi sebentar lagi",
                "The server is very busy. Nothing was done; try again in a moment",
            ),
            Self::SupplierTimeout => sentence(
                "Cek tagihan belum dijawab oleh penyedia. Silakan coba lagi",
                "The provider did not answer the inquiry in time. Please try again",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::language::Language;
    use super::*;

    #[test]
    fn given_messages_are_exact() {
        for (message, given) in [
            (Code::BillInquirySuccess.message(), "Tagihan berhasil ditemukan"),
            (Code::BillPaymentSuccess.message(), "Pembayaran tagihan berhasil"),
            (Code::OrderSuccess.message(), "Transaksi berhasil diproses"),
            (BALANCE_READ, "Saldo berhasil didapatkan"),
        ] {
            assert_eq!(message.spoken(Language::Indonesian), given);
        }
    }

    #[test]
    fn every_code_says_something_of_its_own_in_both_languages() {
        for language in [Language::Indonesian, Language::English] {
            let mut said: Vec<_> = Code::ALL.iter().map(|code| code.message().spoken(language)).collect();
            assert!(said.iter().all(|sentence| !sentence.is_empty()));
            said.sort_unstable();
            said.dedup();
            assert_eq!(said.len(), Code::ALL.len());
        }
    }
}
