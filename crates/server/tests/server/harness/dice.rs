//! Chance that can be repeated.

use app::seams::{Random, SeededRandom, SystemRandom};

/// Dice that fall the same way for the same seed.
pub struct Dice(SeededRandom);

impl Dice {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self(SeededRandom::new(seed))
    }

    /// A seed for a whole test: `LOKET_SEED`, or a new one. It is printed, which is seen when the test fails.
    pub fn seed() -> u64 {
        #[expect(clippy::disallowed_methods, reason = "the switch to repeat a failure concerns tests alone")]
        let given = std::env::var("LOKET_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| {
            let mut bytes = [0; 8];
            SystemRandom.fill(&mut bytes);
            u64::from_le_bytes(bytes)
        });
        println!("LOKET_SEED={seed}");
        seed
    }

    /// A number below `limit`.
    pub fn below(&self, limit: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % limit
    }

    /// One of these.
    pub fn one_of<T: Copy>(&self, choices: &[T]) -> T {
        choices[self.index(choices.len())]
    }

    /// An index of something that long.
    pub fn index(&self, length: usize) -> usize {
        usize::try_from(self.below(length.try_into().unwrap())).unwrap()
    }

    /// True so many times in a hundred.
    pub fn happens(&self, percent: u64) -> bool {
        self.below(100) < percent
    }
}
