//! The one choice that a writer has.

/// How U+2028 and U+2029 are written, the only thing that the languages' compact JSON disagrees about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineSeparators {
    /// `\u2028`, as PHP does.
    Escaped,
    /// The character itself, as JavaScript and Python do.
    Raw,
}
