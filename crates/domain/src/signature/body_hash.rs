//! The hash of what is signed, made without writing it down first.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{canonical::write_canonical, hex::lower_hex};
use crate::json::{LineSeparators, Member, Sink};

/// The SHA-256 of a canonical body, in lower-case hex.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BodyHash([u8; 64]);

impl BodyHash {
    /// The hash of these business parameters, which are already in the order of their keys. The canonical body passes
    /// through the hash as it is written, and is never in memory.
    pub(super) fn of_parameters<'m, 'a: 'm>(
        sorted: impl IntoIterator<Item = &'m Member<'a>>,
        separators: LineSeparators,
    ) -> Self {
        let mut hash = Sha256::new();
        write_canonical(sorted, separators, &mut hash);
        Self(lower_hex(hash.finalize().into()))
    }

    /// The hash of a canonical body that is already written, for a program that signs much and knows what it signs.
    pub fn of_canonical(canonical: &str) -> Self {
        Self(lower_hex(Sha256::digest(canonical).into()))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Sink for Sha256 {
    fn put(&mut self, text: &str) {
        self.update(text);
    }
}

impl fmt::Display for BodyHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| fmt::Write::write_char(formatter, char::from(*digit)))
    }
}

impl fmt::Debug for BodyHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
