//! What is wrong with which field: the `errors` of an answer.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::language::{Language, Sentence};

/// Something said about a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// To people, in their language.
    Sentence(Sentence),
    /// To programs and their writers, the same in every language: a hash, a time, a place in a text.
    Verbatim(String),
}

impl From<Sentence> for Remark {
    fn from(sentence: Sentence) -> Self {
        Self::Sentence(sentence)
    }
}

/// Fields with what is said about them, in the order in which they were found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<(Cow<'static, str>, Vec<Remark>)>);

impl FieldErrors {
    /// Nothing is wrong.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// One thing is wrong with one field.
    pub fn of(field: impl Into<Cow<'static, str>>, remark: impl Into<Remark>) -> Self {
        Self(vec![(field.into(), vec![remark.into()])])
    }

    /// Says one more thing about a field.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, remark: impl Into<Remark>) {
        let field = field.into();
        match self.0.iter_mut().find(|(known, _)| *known == field) {
            Some((_, remarks)) => remarks.push(remark.into()),
            None => self.0.push((field, vec![remark.into()])),
        }
    }

    /// With one more thing said about a field, for programs.
    #[must_use]
    pub fn with(mut self, field: &'static str, verbatim: String) -> Self {
        self.add(field, Remark::Verbatim(verbatim));
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

    /// As it is written for readers of that language: `{"field": ["sentence", …]}`.
    pub const fn spoken(&self, language: Language) -> Spoken<'_> {
        Spoken { errors: self, language }
    }

    /// The fields that something was said about.
    #[cfg(test)]
    pub fn fields(&self) -> Vec<&str> {
        self.0.iter().map(|(field, _)| field.as_ref()).collect()
    }
}

/// Field errors in one language.
#[derive(Clone, Copy, Debug)]
pub struct Spoken<'a> {
    errors: &'a FieldErrors,
    language: Language,
}

impl Serialize for Spoken<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(Some(self.errors.0.len()))?;
        for (field, remarks) in &self.errors.0 {
            fields.serialize_entry(field, &Remarks { remarks, language: self.language })?;
        }
        fields.end()
    }
}

struct Remarks<'a> {
    remarks: &'a [Remark],
    language: Language,
}

impl Serialize for Remarks<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.remarks.len()))?;
        for remark in self.remarks {
            match remark {
                Remark::Sentence(sentence) => list.serialize_element(sentence.spoken(self.language))?,
                Remark::Verbatim(text) => list.serialize_element(text)?,
            }
        }
        list.end()
    }
}
