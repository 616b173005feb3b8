//! JSON as the signature needs it: a strict reader, and a writer that agrees with PHP byte for byte.
//!
//! A signature covers what a request *says*, so two programs must never read the same bytes differently. The reader
//! therefore refuses whatever parsers disagree about: duplicate keys, lone surrogates, invalid UTF-8, a byte order mark,
//! leading zeros, text after the end. It borrows from the wire wherever nothing is escaped; numbers keep their text, and
//! objects keep the order of their members.
//!
//! Reading costs time and memory in proportion to the size of the body (the check for duplicate keys sorts), and never
//! goes deeper than [`MAX_DEPTH`], whatever is sent.
//!
//! It deliberately lacks numbers as numbers (an amount is never a float), streams, and any mapping to Rust types.

mod cursor;
mod duplicate;
mod error;
mod fault;
mod line_separators;
mod number;
mod object;
mod read;
mod sink;
mod string;
mod value;
mod writer;

pub use error::JsonError;
pub use fault::JsonFault;
pub use line_separators::LineSeparators;
pub use object::{Member, Object};
pub use read::{MAX_DEPTH, read_object};
pub use sink::Sink;
pub use value::Value;
pub use writer::Writer;

pub(crate) use fault::shorten;

#[cfg(test)]
mod properties;
