//! How far something has come that is done in several stages.

use crate::control::Progress;

/// One of them, by what its progress counts, such as `copied`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Bytes that are …
    Bytes(&'static str),
    /// These things.
    Items(&'static str),
}

/// Whoever is told of each stage as it begins, and shows how far it comes.
#[derive(Clone, Copy)]
pub struct Stages<'a>(&'a dyn Fn(Stage) -> Progress);

impl<'a> Stages<'a> {
    /// Tells `listener`.
    pub const fn to(listener: &'a dyn Fn(Stage) -> Progress) -> Self {
        Self(listener)
    }

    /// The next stage begins.
    pub fn begin(&self, stage: Stage) -> Progress {
        (self.0)(stage)
    }
}

impl Stages<'static> {
    /// Tells nobody.
    pub const fn ignored() -> Self {
        Self(&|_| Progress::ignored())
    }
}
