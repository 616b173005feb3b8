//! A place in a text that is being read: what the reader moves, and what says where a fault is.

use super::{JsonError, JsonFault};

/// A place in a text that is being read.
///
/// It moves by whole runs of bytes and holds no index, so that nothing here can point outside of the text. All bytes
/// that the grammar asks about are ASCII; between two of those there is always a character boundary.
pub(super) struct Cursor<'a> {
    text: &'a str,
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, rest: text }
    }

    /// The next byte, not yet consumed.
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    /// Consumes `expected` if it comes next.
    pub(super) fn eat(&mut self, expected: &str) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Consumes the bytes before the first that `ends` is true for. `ends` treats all bytes beyond ASCII alike.
    pub(super) fn take_until(&mut self, ends: impl Fn(u8) -> bool) -> &'a str {
        let length = self.rest.bytes().position(ends).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Consumes one character.
    pub(super) fn take_character(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next();
        self.rest = characters.as_str();
        character
    }

    /// Consumes white space as JSON has it.
    pub(super) fn skip_blanks(&mut self) {
        self.take_until(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    /// What was consumed since `start`, an earlier copy of [`rest`](Self::rest).
    pub(super) fn since(&self, start: &'a str) -> &'a str {
        start.split_at(start.len().saturating_sub(self.rest.len())).0
    }

    /// What is not yet consumed.
    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// How many bytes were consumed.
    pub(super) fn position(&self) -> usize {
        self.text.len().saturating_sub(self.rest.len())
    }

    /// The error that `fault` is found here; or, where nothing is left, that the text ends early.
    pub(super) fn fail(&self, fault: JsonFault) -> JsonError {
        let fault = if self.rest.is_empty() { JsonFault::EndsEarly } else { fault };
        JsonError { position: self.position(), fault }
    }
}
