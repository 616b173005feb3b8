//! In which language people are spoken to.

/// A language that Loket speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// The default.
    #[default]
    Indonesian,
    /// For `Accept-Language: en`.
    English,
}

impl Language {
    /// The language of an `Accept-Language` header: of those that it names, the first that Loket speaks.
    ///
    /// Weights (`;q=`) are not compared: programs send one language, and browsers send them in order.
    pub fn accepted(header: &str) -> Self {
        header.split(',').find_map(Self::named).unwrap_or_default()
    }

    fn named(range: &str) -> Option<Self> {
        let tag = range.split(';').next().unwrap_or_default().trim();
        let primary = tag.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") {
            Some(Self::English)
        } else if primary.eq_ignore_ascii_case("id") {
            Some(Self::Indonesian)
        } else {
            None
        }
    }
}

/// One sentence in every language that Loket speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// In Indonesian.
    pub indonesian: &'static str,
    /// In English.
    pub english: &'static str,
}

impl Sentence {
    /// The sentence in one of them.
    pub const fn spoken(self, language: Language) -> &'static str {
        match language {
            Language::Indonesian => self.indonesian,
            Language::English => self.english,
        }
    }
}

/// A sentence; Indonesian first.
pub const fn sentence(indonesian: &'static str, english: &'static str) -> Sentence {
    Sentence { indonesian, english }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_is_spoken_counts() {
        use Language::{English, Indonesian};
        for (header, language) in [
            ("en", English),
            ("EN-us,id;q=0.5", English),
            ("fr, en;q=0.8", English),
            ("id-ID,en;q=0.9", Indonesian),
            ("*", Indonesian),
            ("english", Indonesian),
            ("", Indonesian),
        ] {
            assert_eq!(Language::accepted(header), language, "{header:?}");
        }
    }
}
