//! A member of an answer, of whatever type the supplier gave it this time.

use std::borrow::Cow;

use domain::money::Rupiah;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use thiserror::Error;

use crate::wire::decimal::Decimal;

/// A member as it was written. With `#[serde(default)]` it is absent if it isn't there.
///
/// Every reader gives `None` for what says nothing (absent, `null`, empty text) and [`Unreadable`] for what can't be what is asked for.
#[derive(Clone, Debug, Default)]
pub struct Field(Option<Box<RawValue>>);

/// A member that can't be what it should.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("a member can't be read")]
pub struct Unreadable;

/// In text, more zeros than this after a point may be thousands: `10.000` is ten thousand to whoever wrote it.
const CENTS: usize = 2;

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|raw| Self(Some(raw)))
    }
}

impl Field {
    /// The member is there, and not `null`; it may be empty.
    pub fn is_given(&self) -> bool {
        self.0.as_ref().is_some_and(|raw| raw.get() != "null")
    }

    /// Text, or a number as it was written. An empty text is text here.
    pub fn text_or_empty(&self) -> Result<Option<Cow<'_, str>>, Unreadable> {
        let Some(raw) = self.0.as_ref().filter(|_| self.is_given()) else {
            return Ok(None);
        };
        match raw.get().as_bytes() {
            [b'"', ..] => serde_json::from_str(raw.get()).map(|text: String| Some(text.into())).map_err(|_| Unreadable),
            [b'-' | b'0'..=b'9', ..] => Ok(Some(raw.get().into())),
            _ => Err(Unreadable),
        }
    }

    /// Text without the space around it, or a number as it was written.
    pub fn text(&self) -> Result<Option<Cow<'_, str>>, Unreadable> {
        let trimmed = |text| match text {
            Cow::Borrowed(text) => Cow::Borrowed(str::trim(text)),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        Ok(self.text_or_empty()?.map(trimmed).filter(|text| !text.is_empty()))
    }

    /// A whole number.
    pub fn whole(&self) -> Result<Option<i64>, Unreadable> {
        match self.decimal()? {
            Some(Decimal { has_fraction: true, .. }) => Err(Unreadable),
            number => Ok(number.map(|number| number.whole)),
        }
    }

    /// An amount of whole rupiah, or nothing: a price.
    pub fn rupiah(&self) -> Result<Option<Rupiah>, Unreadable> {
        match self.whole()? {
            Some(amount) if amount < 0 => Err(Unreadable),
            amount => amount.map(|amount| Rupiah::new(amount).ok_or(Unreadable)).transpose(),
        }
    }

    /// An amount that may be below nothing and whose fraction is of no use to anybody: a balance.
    pub fn balance(&self) -> Result<Option<Rupiah>, Unreadable> {
        let number = self.decimal()?;
        number.map(|number| Rupiah::new(number.whole).ok_or(Unreadable)).transpose()
    }

    /// An object or array.
    pub fn nested<T: DeserializeOwned>(&self) -> Result<Option<T>, Unreadable> {
        let given = self.0.as_ref().filter(|_| self.is_given());
        given.map(|raw| serde_json::from_str(raw.get()).map_err(|_| Unreadable)).transpose()
    }

    fn decimal(&self) -> Result<Option<Decimal>, Unreadable> {
        let Some(text) = self.text()? else {
            return Ok(None);
        };
        let is_text = self.0.as_ref().is_some_and(|raw| raw.get().starts_with('"'));
        if is_text && text.split_once('.').is_some_and(|(_, zeros)| zeros.len() > CENTS) {
            return Err(Unreadable);
        }
        Decimal::parse(&text).map(Some).ok_or(Unreadable)
    }

    /// Yes or no: `true`, `1`, `"1"`, `"true"`, and their opposites.
    pub fn flag(&self) -> Result<Option<bool>, Unreadable> {
        let Some(raw) = self.0.as_ref().filter(|_| self.is_given()) else {
            return Ok(None);
        };
        match raw.get().trim_matches('"').trim() {
            "" => Ok(None),
            "true" | "1" => Ok(Some(true)),
            "false" | "0" => Ok(Some(false)),
            _ => Err(Unreadable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Answer {
        #[serde(default)]
        member: Field,
    }

    fn field(value: &str) -> Field {
        serde_json::from_str::<Answer>(&format!("{{\"member\": {value} }}")).unwrap().member
    }

    #[test]
    fn absent_null_and_empty_are_told_apart_and_say_nothing() {
        let absent = serde_json::from_str::<Answer>("{}").unwrap().member;
        assert!(!absent.is_given() && !field("null").is_given() && field("\"\"").is_given());
        assert_eq!(field("\"\"").text_or_empty(), Ok(Some("".into())));
        for nothing in [absent, field("null"), field("\"\""), field("\"  \"")] {
            assert_eq!(nothing.text(), Ok(None));
            assert_eq!(nothing.rupiah(), Ok(None));
            assert_eq!(nothing.flag(), Ok(None));
        }
    }

    #[test]
    fn text_comes_as_text_or_number() {
        let table = [
            ("\"S1\"", Ok("S1")),
            ("\" 1-15 DES \"", Ok("1-15 DES")),
            ("\"\\u00e9\\n\"", Ok("é")),
            ("201901", Ok("201901")),
            ("1.0", Ok("1.0")),
            ("true", Err(Unreadable)),
            ("[\"S1\"]", Err(Unreadable)),
            ("{}", Err(Unreadable)),
        ];
        for (value, text) in table {
            assert_eq!(field(value).text(), text.map(|text| Some(text.into())), "{value}");
        }
    }

    #[test]
    fn amounts_come_as_anything_and_are_whole() {
        for value in ["10000", "10000.0", "10000.000", "1e4", "\"10000\"", "\"10000.0\"", "\"10000.00\"", "\" 10000 \""]
        {
            assert_eq!(field(value).rupiah(), Ok(Some(Rupiah::whole(10_000))), "{value}");
        }
        for value in [
            "10000.5",
            "-1",
            "\"-1\"",
            "\"10.000\"",
            "\"10,000\"",
            "\"1.000.000\"",
            "\"Rp 10000\"",
            "1e16",
            "1e400",
            "true",
            "[1]",
            "\"abc\"",
        ] {
            assert_eq!(field(value).rupiah(), Err(Unreadable), "{value}");
        }
        assert_eq!(field("-5.75").balance(), Ok(Some(Rupiah::whole(5).negated())));
    }

    #[test]
    fn yes_and_no_come_as_anything() {
        for (value, expected) in [
            ("true", Ok(Some(true))),
            ("1", Ok(Some(true))),
            ("\"0\"", Ok(Some(false))),
            ("\"false\"", Ok(Some(false))),
            ("2", Err(Unreadable)),
            ("\"yes\"", Err(Unreadable)),
            ("{}", Err(Unreadable)),
        ] {
            assert_eq!(field(value).flag(), expected, "{value}");
        }
    }
}
