//! Everything that can be wrong with a text, each with the sentence that its sender is told.

use thiserror::Error;

/// How much of a key that somebody sent is repeated to them, in characters.
const SHOWN: usize = 64;

/// Why a text is not the JSON object that was expected.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JsonFault {
    /// The bytes are not UTF-8.
    #[error("invalid UTF-8")]
    NotUtf8,
    /// The text begins with U+FEFF.
    #[error("a byte order mark; send the JSON without one")]
    ByteOrderMark,
    /// The text begins with something else than `{`.
    #[error("expected a JSON object, that is, a `{{`")]
    NotAnObject,
    /// The text ends inside of the object.
    #[error("the text ends before the object does")]
    EndsEarly,
    /// Something follows the object.
    #[error("text after the end of the object")]
    TrailingText,
    /// No key where one has to be; also a comma before `}`.
    #[error("expected a key in double quotes")]
    ExpectedKey,
    /// No `:` after a key.
    #[error("expected a `:` after the key")]
    ExpectedColon,
    /// Nothing that is a value; also a comma before `]`.
    #[error("expected a value")]
    ExpectedValue,
    /// Neither the next member nor the end of the object.
    #[error("expected a `,` or a `}}`")]
    ExpectedCommaOrBrace,
    /// Neither the next value nor the end of the array.
    #[error("expected a `,` or a `]`")]
    ExpectedCommaOrBracket,
    /// No digit where a number needs one, as in `-`, `1.` or `1e+`.
    #[error("expected a digit")]
    ExpectedDigit,
    /// A number such as `007`.
    #[error("a number with a leading zero; send it as a string")]
    LeadingZero,
    /// A character below U+0020 in a string.
    #[error("a raw control character in a string; escape it")]
    ControlCharacter,
    /// A `\` that begins none of the escapes that JSON has.
    #[error("an unknown escape in a string")]
    UnknownEscape,
    /// An escape such as `\ud83d` without its other half.
    #[error("half of a surrogate pair, alone")]
    LoneSurrogate,
    /// An object has this key (its beginning, if it is long) twice; the position is the end of that object.
    #[error("the key `{0}` occurs twice")]
    DuplicateKey(String),
    /// More arrays and objects inside one another than [`MAX_DEPTH`](super::MAX_DEPTH).
    #[error("nested too deeply")]
    TooDeep,
}

/// The beginning of a key, for an answer to whoever sent it.
pub(crate) fn shorten(key: &str) -> String {
    key.chars().take(SHOWN).collect()
}
