//! The one form of the business parameters that is signed.

use crate::json::{LineSeparators, Member, Sink, Writer};

/// Writes the canonical body of these business parameters, which are already in the order of their keys.
pub(super) fn write_canonical<'m, 'a: 'm>(
    sorted: impl IntoIterator<Item = &'m Member<'a>>,
    separators: LineSeparators,
    sink: &mut impl Sink,
) {
    let mut sorted = sorted.into_iter().peekable();
    if sorted.peek().is_some() {
        Writer::new(sink, separators).object(sorted);
    }
}
