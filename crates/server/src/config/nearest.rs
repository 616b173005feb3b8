//! Which key somebody may have meant.

use super::key::Key;
use super::settings::KEYS;

/// From here on, a name in our own file reminds of a key.
pub const A_LITTLE_LIKE: f64 = 0.75;
/// From here on, a variable in the environment, which is not ours alone, is a key's name misspelt.
pub const VERY_LIKE: f64 = 0.93;

/// The key whose name resembles this one most, if it does so at least that much.
pub fn nearest(name: &str, likeness: f64) -> Option<&'static str> {
    let likeness_of = |key: &&Key| strsim::jaro_winkler(key.name, name);
    let best = KEYS.iter().max_by(|one, other| likeness_of(one).total_cmp(&likeness_of(other)))?;
    (likeness_of(&best) >= likeness).then_some(best.name)
}
