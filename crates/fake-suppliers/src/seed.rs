//! Chance that repeats itself: the same texts always draw the same numbers.

use std::ops::RangeInclusive;

/// A row of numbers drawn from some texts. The algorithms are fixed here, so that a bill or a plan survives a new compiler.
#[derive(Clone, Copy, Debug)]
pub struct Seed(u64);

impl Seed {
    /// A seed of these texts (FNV-1a, with a separator after each).
    pub fn of(texts: &[&str]) -> Self {
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        Self(texts.iter().fold(0xCBF2_9CE4_8422_2325, |hash, text| fold(text.bytes().fold(hash, fold), b'|')))
    }

    /// 64 bits (SplitMix64).
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number of the range.
    pub fn draw(&mut self, range: RangeInclusive<i64>) -> i64 {
        let count = range.end().saturating_sub(*range.start()).unsigned_abs() + 1;
        range.start() + i64::try_from(self.bits() % count).unwrap_or_default()
    }

    /// One of these.
    pub fn pick<T: Copy, const N: usize>(&mut self, from: &[T; N]) -> T {
        const { assert!(N > 0, "there must be something to pick from") }
        let index = self.bits() % u64::try_from(N).unwrap_or(1);
        from[usize::try_from(index).unwrap_or_default()]
    }

    /// A text of that many digits.
    pub fn digits(&mut self, count: usize) -> String {
        std::iter::repeat_with(|| char::from(b'0' + u8::try_from(self.bits() % 10).unwrap_or_default()))
            .take(count)
            .collect()
    }

    /// Whether an event of that many in a million happens.
    pub const fn happens(&mut self, per_million: u64) -> bool {
        self.bits() % 1_000_000 < per_million
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_texts_draw_the_same() {
        let draws = |texts: &[&str]| Seed::of(texts).digits(20);
        assert_eq!(draws(&["pln", "5301"]), draws(&["pln", "5301"]));
        assert_ne!(draws(&["pln", "5301"]), draws(&["pln5", "301"]));
    }

    #[test]
    fn draws_stay_in_their_range() {
        let mut seed = Seed::of(&["range"]);
        for _ in 0..1_000 {
            assert!((5..=7).contains(&seed.draw(5..=7)));
        }
        assert!(!seed.happens(0));
        assert!(seed.happens(1_000_000));
    }
}
