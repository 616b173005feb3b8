//! What all suppliers' adapters need to read and write: members of changing type, signatures, what may be shown.
//!
//! The same member is a number today and text tomorrow, or in the next call; amounts come as integers, as floats that end in `.0`, and as
//! text. The readers take all of these, and nothing that would have to be guessed.

mod decimal;
mod field;
mod masks;
mod md5_hex;

pub use field::{Field, Unreadable};
pub use masks::Masks;
pub use md5_hex::md5_hex;
