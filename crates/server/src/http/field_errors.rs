//! What is wrong with which field: the `errors` of an answer.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// Fields with the sentences said about them, in the order in which they were found wrong. Written as `{"field": ["sentence", …]}`, or
/// as `null` when nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<(Cow<'static, str>, Vec<String>)>);

impl FieldErrors {
    /// Nothing is wrong.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Says one sentence about one field.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, sentence: impl Into<String>) {
        let (field, sentence) = (field.into(), sentence.into());
        match self.0.iter_mut().find(|(known, _)| *known == field) {
            Some((_, sentences)) => sentences.push(sentence),
            None => self.0.push((field, vec![sentence])),
        }
    }

    /// With one more sentence about one field.
    #[must_use]
    pub fn with(mut self, field: impl Into<Cow<'static, str>>, sentence: impl Into<String>) -> Self {
        self.add(field, sentence);
        self
    }

    /// Whether nothing is wrong.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something was said about that field.
    pub fn blames(&self, field: &str) -> bool {
        self.0.iter().any(|(known, _)| known == field)
    }

    /// The fields that something was said about.
    #[cfg(test)]
    pub fn fields(&self) -> Vec<&str> {
        self.0.iter().map(|(field, _)| field.as_ref()).collect()
    }
}

impl Serialize for FieldErrors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_empty() {
            return serializer.serialize_none();
        }
        let mut fields = serializer.serialize_map(Some(self.0.len()))?;
        for (field, sentences) in &self.0 {
            fields.serialize_entry(field, sentences)?;
        }
        fields.end()
    }
}
