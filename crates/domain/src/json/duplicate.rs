//! Finds a key that occurs twice: parsers disagree about which one counts, so neither does here.

use super::Member;

/// Up to here comparing every key with every other is cheaper than sorting them, and allocates nothing.
const FEW: usize = 16;

/// A key that occurs more than once, if there is one. Keys are compared as read: `"a"` and `"\u0061"` are the same.
///
/// Sorting, not hashing: no attacker can choose keys that make it slow, and it needs no randomness.
pub(super) fn find_duplicate<'m>(members: &'m [Member<'_>]) -> Option<&'m str> {
    if members.len() <= FEW { find_among_few(members) } else { find_among_many(members) }
}

fn find_among_few<'m>(members: &'m [Member<'_>]) -> Option<&'m str> {
    let mut rest = members;
    while let Some(((key, _), others)) = rest.split_first() {
        if others.iter().any(|(other, _)| other == key) {
            return Some(key);
        }
        rest = others;
    }
    None
}

fn find_among_many<'m>(members: &'m [Member<'_>]) -> Option<&'m str> {
    let mut keys: Vec<&str> = members.iter().map(|(key, _)| key.as_ref()).collect();
    keys.sort_unstable();
    keys.iter().zip(keys.iter().skip(1)).find(|(key, next)| key == next).map(|(key, _)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Value;

    /// `count` distinct keys, and then `last`.
    fn keys(count: usize, last: &str) -> Vec<Member<'static>> {
        (0..count).map(|n| format!("k{n}")).chain([last.to_owned()]).map(|key| (key.into(), Value::Null)).collect()
    }

    #[test]
    fn a_repeated_key_is_found_among_few_and_among_many() {
        for count in [1, 2, FEW - 1, FEW, FEW + 1, 5_000] {
            assert_eq!(find_duplicate(&keys(count, "k0")), Some("k0"), "{count} keys");
            assert_eq!(find_duplicate(&keys(count, "K0")), None, "{count} keys");
        }
        assert_eq!(find_duplicate(&[]), None);
    }
}
