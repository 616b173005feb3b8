//! PostgreSQL's texts can't hold the character NUL, which names and suppliers' words can. It is written as two others.
//!
//! `␀0` stands for NUL and `␀␀` for the sign `␀` itself, so that every text comes back as it was.

use std::borrow::Cow;

const SIGN: char = '\u{2400}';

/// A text as it is stored.
pub fn without_nul(text: &str) -> Cow<'_, str> {
    if !text.contains(['\0', SIGN]) {
        return Cow::Borrowed(text);
    }
    let mut stored = String::with_capacity(text.len().saturating_add(8));
    for character in text.chars() {
        match character {
            '\0' => stored.extend([SIGN, '0']),
            SIGN => stored.extend([SIGN, SIGN]),
            other => stored.push(other),
        }
    }
    Cow::Owned(stored)
}

/// A stored text as it was. `None` if it was never written by [`without_nul`].
pub fn with_nul(stored: &str) -> Option<Cow<'_, str>> {
    if !stored.contains(SIGN) {
        return Some(Cow::Borrowed(stored));
    }
    let mut text = String::with_capacity(stored.len());
    let mut characters = stored.chars();
    while let Some(character) = characters.next() {
        match character {
            SIGN => match characters.next()? {
                '0' => text.push('\0'),
                SIGN => text.push(SIGN),
                _ => return None,
            },
            other => text.push(other),
        }
    }
    Some(Cow::Owned(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_text_comes_back(text in "[a0\0\u{2400}]*|.*") {
            let stored = without_nul(&text).into_owned();
            prop_assert!(!stored.contains('\0'));
            prop_assert_eq!(with_nul(&stored), Some(Cow::Owned(text)));
        }
    }

    #[test]
    fn what_nobody_wrote_is_not_read() {
        assert_eq!(with_nul("a\u{2400}"), None);
        assert_eq!(with_nul("a\u{2400}b"), None);
    }
}
