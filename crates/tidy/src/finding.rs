//! What a rule has to say about a place.

use std::fmt;

/// One offence: where, and a sentence for whoever has to mend it.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// Relative to the repository's root.
    pub path: String,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong and what to do instead.
    pub sentence: String,
}

impl Finding {
    /// A finding at a line of a file.
    pub fn new(path: &str, line: usize, sentence: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, sentence: sentence.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.sentence)
    }
}
