//! Chance that repeats itself: the same texts always draw the same numbers.

use std::ops::RangeInclusive;

/// A row of numbers drawn from some texts. The algorithms are fixed here, not the standard library's: what a customer's bill says must
/// survive a new compiler.
#[derive(Clone, Copy, Debug)]
pub struct Seed(u64);

impl Seed {
    /// A seed of these texts. Only letters and digits count, and case doesn't, as with normalised customer numbers: however a number is
    /// written, its bill is the same.
    pub fn of(texts: &[&str]) -> Self {
        // FNV-1a, with a separator after each text.
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        let hash = texts.iter().fold(0xCBF2_9CE4_8422_2325, |hash, text| {
            let counted = text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_uppercase());
            fold(counted.fold(hash, fold), b'|')
        });
        Self(hash)
    }

    /// 64 bits (SplitMix64).
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number of the range.
    pub fn draw(&mut self, range: RangeInclusive<u32>) -> u32 {
        let count = u64::from(range.end().saturating_sub(*range.start())) + 1;
        range.start() + u32::try_from(self.bits() % count).unwrap_or_default()
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

    /// Groups of four digits with hyphens between, as vouchers and tokens are printed.
    pub fn groups(&mut self, count: usize) -> String {
        let groups: Vec<String> = std::iter::repeat_with(|| self.digits(4)).take(count).collect();
        groups.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_texts_draw_the_same() {
        let draws = |texts: &[&str]| Seed::of(texts).digits(20);
        assert_eq!(draws(&["pln", "5300-01"]), draws(&["PLN", "530001"]));
        assert_ne!(draws(&["PLN", "530001"]), draws(&["PLN5", "30001"]));
    }

    #[test]
    fn draws_stay_in_their_range() {
        let mut seed = Seed::of(&["range"]);
        for _ in 0..1_000 {
            assert!((5..=7).contains(&seed.draw(5..=7)));
            assert!(["a", "b"].contains(&seed.pick(&["a", "b"])));
        }
        assert_eq!(seed.groups(4).len(), 19);
    }
}
