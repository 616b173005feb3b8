//! One line of the table of keys.

use std::borrow::Cow;

/// How a value is written in `loket.toml`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// In quotation marks.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Switch,
    /// Texts in brackets. Elsewhere they are written with commas between them.
    List,
}

/// Something that may be set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
    /// Its name in the file; in the environment it is upper case after `LOKET_`.
    pub name: &'static str,
    /// How it is written in the file.
    pub kind: Kind,
    /// What it must be, to end the sentence "… must be".
    pub form: &'static str,
    /// What it is when nobody sets it, as in the environment.
    pub default: &'static str,
    /// What it does: lines as its comment has them.
    pub meaning: &'static [&'static str],
}

impl Key {
    /// Its name in the environment.
    pub fn variable(&self) -> String {
        format!("{}{}", super::PREFIX, self.name.to_uppercase())
    }

    /// A value of it, as `loket.toml` writes it.
    pub fn write_toml<'a>(&self, value: &'a str) -> Cow<'a, str> {
        match self.kind {
            Kind::Number | Kind::Switch => value.into(),
            Kind::Text => quote(value).into(),
            Kind::List => {
                let items: Vec<String> =
                    value.split(',').map(str::trim).filter(|item| !item.is_empty()).map(quote).collect();
                format!("[{}]", items.join(", ")).into()
            }
        }
    }
}

fn quote(text: &str) -> String {
    toml::Value::from(text).to_string()
}
