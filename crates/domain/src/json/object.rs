//! Objects that keep the order of their members, which a signature and an answer both depend on.

use std::{borrow::Cow, slice, vec};

use super::{JsonFault, Value, duplicate::find_duplicate, fault::shorten};

/// A key and its value.
pub type Member<'a> = (Cow<'a, str>, Value<'a>);

/// A JSON object: distinct keys, in the order in which they were written.
///
/// Finding a member walks them all; objects with many members are iterated over, not searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object<'a>(Vec<Member<'a>>);

impl<'a> Object<'a> {
    /// An object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// The object of these members, if their keys are distinct.
    pub(super) fn from_members(members: Vec<Member<'a>>) -> Result<Self, JsonFault> {
        match find_duplicate(&members) {
            Some(key) => Err(JsonFault::DuplicateKey(shorten(key))),
            None => Ok(Self(members)),
        }
    }

    /// Gives `key` this value: in its place if the key is known, otherwise at the end.
    pub fn set(&mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Value<'a>>) {
        let (key, value) = (key.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, place)) => *place = value,
            None => self.0.push((key, value)),
        }
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// The members in their order.
    pub fn iter(&self) -> slice::Iter<'_, Member<'a>> {
        self.0.iter()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for Object<'a> {
    type Item = Member<'a>;
    type IntoIter = vec::IntoIter<Member<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'o, 'a> IntoIterator for &'o Object<'a> {
    type Item = &'o Member<'a>;
    type IntoIter = slice::Iter<'o, Member<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
