//! How single values are read, and what is said of those that can't be.

use domain::id::{CustomerNo, Mode, ProductCode, RefId};
use domain::json::Value;
use domain::money::Rupiah;
use domain::product::ProductKind;
use domain::time::Timestamp;

use crate::http::language::{Sentence, sentence};

const NOT_TEXT: Sentence = sentence("Harus berupa teks (string).", "This must be a string.");
const NOT_BOOLEAN: Sentence = sentence("Harus true atau false.", "This must be true or false.");
const NOT_CODE: Sentence = sentence(
    "Harus berupa kode produk: 1 sampai 64 karakter tanpa spasi.",
    "This must be a product code: 1 to 64 characters without spaces.",
);
const NOT_NUMBER: Sentence = sentence(
    "Harus 1 sampai 64 karakter, tanpa spasi di awal atau akhir dan tanpa karakter kontrol.",
    "This must be 1 to 64 characters, without spaces at either end and without control characters.",
);
const NOT_REFERENCE: Sentence =
    sentence("Harus 1 sampai 64 karakter dari A-Z a-z 0-9 - _ . : /", "This must be 1 to 64 of A-Z a-z 0-9 - _ . : /");
const NOT_AMOUNT: Sentence = sentence(
    "Harus bilangan bulat rupiah, tidak kurang dari 0.",
    "This must be an integer of whole rupiah, not below 0.",
);
const NOT_KIND: Sentence = sentence("Harus postpaid, prepaid atau game.", "This must be postpaid, prepaid or game.");
const NOT_PAGE: Sentence =
    sentence("Harus bilangan bulat 1 sampai 1000000.", "This must be an integer from 1 to 1000000.");
const NOT_PAGE_SIZE: Sentence =
    sentence("Harus bilangan bulat 1 sampai 500.", "This must be an integer from 1 to 500.");
const NOT_TIME: Sentence = sentence(
    "Harus berupa tanggal YYYY-MM-DD atau YYYY-MM-DD HH:MM:SS (WIB).",
    "This must be a date YYYY-MM-DD or YYYY-MM-DD HH:MM:SS (WIB).",
);

/// The most pages that can be asked for.
pub const PAGE_MAX: u32 = 1_000_000;
/// The most entries a page.
pub const PER_PAGE_MAX: u32 = 500;

fn as_text<'v>(value: &'v Value<'_>) -> Result<&'v str, Sentence> {
    value.as_str().ok_or(NOT_TEXT)
}

/// Any text.
pub fn text(value: &Value<'_>) -> Result<String, Sentence> {
    as_text(value).map(str::to_owned)
}

/// `true` or `false`, and nothing that merely looks so.
pub fn boolean(value: &Value<'_>) -> Result<bool, Sentence> {
    value.as_bool().ok_or(NOT_BOOLEAN)
}

/// `testing`.
pub fn mode(value: &Value<'_>) -> Result<Mode, Sentence> {
    boolean(value).map(|is_testing| if is_testing { Mode::Testing } else { Mode::Production })
}

/// A product code.
pub fn product_code(value: &Value<'_>) -> Result<ProductCode, Sentence> {
    ProductCode::parse(as_text(value)?).ok_or(NOT_CODE)
}

/// A customer number; always a string, since leading zeros count.
pub fn customer_no(value: &Value<'_>) -> Result<CustomerNo, Sentence> {
    CustomerNo::parse(as_text(value)?).ok_or(NOT_NUMBER)
}

/// A reference; an empty one counts as none.
pub fn ref_id(value: &Value<'_>) -> Result<Option<RefId>, Sentence> {
    match as_text(value)? {
        "" => Ok(None),
        text => RefId::parse(text).map(Some).ok_or(NOT_REFERENCE),
    }
}

/// An amount from nothing upwards.
pub fn amount(value: &Value<'_>) -> Result<Rupiah, Sentence> {
    value.as_integer().and_then(Rupiah::new).filter(|amount| !amount.is_negative()).ok_or(NOT_AMOUNT)
}

/// A kind of product.
pub fn product_kind(value: &Value<'_>) -> Result<ProductKind, Sentence> {
    match as_text(value)? {
        "postpaid" => Ok(ProductKind::Postpaid),
        "prepaid" => Ok(ProductKind::Prepaid),
        "game" => Ok(ProductKind::Game),
        _ => Err(NOT_KIND),
    }
}

/// Which page of a list.
pub fn page(value: &Value<'_>) -> Result<u32, Sentence> {
    integer_up_to(value, PAGE_MAX).ok_or(NOT_PAGE)
}

/// How many entries a page.
pub fn per_page(value: &Value<'_>) -> Result<u32, Sentence> {
    integer_up_to(value, PER_PAGE_MAX).ok_or(NOT_PAGE_SIZE)
}

fn integer_up_to(value: &Value<'_>, most: u32) -> Option<u32> {
    let number = u32::try_from(value.as_integer()?).ok()?;
    (1..=most).contains(&number).then_some(number)
}

/// The first moment of a day or second.
pub fn first_moment(value: &Value<'_>) -> Result<Timestamp, Sentence> {
    Timestamp::parse_wib(as_text(value)?).ok_or(NOT_TIME)
}

/// The last moment of a day or second: whoever asks for mutations up to a day means the whole day.
pub fn last_moment(value: &Value<'_>) -> Result<Timestamp, Sentence> {
    let text = as_text(value)?;
    let first = Timestamp::parse_wib(text).ok_or(NOT_TIME)?;
    let seconds = if text.contains(' ') { 1 } else { 86_400 };
    Ok(Timestamp::from_micros(first.micros().saturating_add(seconds * 1_000_000 - 1)))
}
