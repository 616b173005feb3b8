//! What is said to a merchant whose webhook can't be what it asks for: every reason of the guard has its sentence, in exhaustive matches.

use outbound::{GuardFault, HeaderFault};

use crate::http::language::{Sentence, sentence};

/// Why webhooks don't go to an address.
pub const fn url_sentence(fault: GuardFault) -> Sentence {
    match fault {
        GuardFault::TooLong => {
            sentence("URL ini lebih dari 2048 karakter.", "This URL is longer than 2048 characters.")
        }
        GuardFault::OddCharacter => sentence(
            "Di URL ini ada karakter yang harus ditulis dengan persen, misalnya %20 (di nama host: dengan xn--).",
            "This URL has a character that must be percent-encoded (in a host: written as xn--).",
        ),
        GuardFault::NoUrl => sentence("Ini bukan URL.", "This is not a URL."),
        GuardFault::OtherScheme => sentence("URL harus diawali https://", "This URL must begin with https://"),
        GuardFault::UserInfo => sentence(
            "URL tidak boleh memuat nama pengguna atau kata sandi; pakai headers.",
            "This URL must not have a user or a password; use headers.",
        ),
        GuardFault::Fragment => sentence(
            "URL tidak boleh memuat bagian setelah #, karena tidak pernah dikirim.",
            "This URL must not have a part after #, which is never sent.",
        ),
        GuardFault::OddHost => sentence(
            "Host harus ditulis biasa: nama lengkap, atau alamat IP dalam bentuk yang lazim.",
            "The host must be written plainly: a full name, or an IP address in its usual form.",
        ),
        GuardFault::Unencrypted => sentence(
            "Dengan http:// isi webhook bisa dibaca siapa saja; pakai https://",
            "With http:// everybody could read the webhook; use https://",
        ),
        GuardFault::PrivateName => sentence(
            "Nama ini hanya ada di jaringan pribadi; webhook dikirim lewat internet.",
            "This name is one of a private network; webhooks are sent over the Internet.",
        ),
        GuardFault::NotPublic => sentence("Alamat IP ini bukan alamat publik.", "This IP address is not a public one."),
        GuardFault::NotAllowed => sentence(
            "Tanpa https:// atau di port lain, alamat ini harus di jaringan yang diizinkan penyedia layanan.",
            "Without https:// or at another port, this address must be in a network that your provider allowed.",
        ),
        GuardFault::OtherPort => sentence("Webhook tidak dikirim ke port ini.", "Webhooks are not sent to this port."),
    }
}

/// Why a header isn't sent with webhooks.
pub const fn header_sentence(fault: HeaderFault) -> Sentence {
    match fault {
        HeaderFault::Name => sentence(
            "Ini bukan nama header: huruf, angka dan tanda -, paling banyak 128.",
            "This is no name of a header: letters, digits and hyphens, at most 128.",
        ),
        HeaderFault::Value => sentence(
            "Nilai header harus 1 sampai 4096 karakter ASCII, tanpa spasi di awal atau akhir.",
            "The value of a header must be 1 to 4096 characters of ASCII, without spaces at either end.",
        ),
        HeaderFault::Ours => sentence("Header ini diisi sendiri oleh Loket.", "This header is set by Loket itself."),
    }
}
