//! What comes in from outside so that a test can hold it in its hand: clocks and randomness.

mod clock;
mod manual_clock;
mod random;
mod seeded_random;
mod system_clock;
mod system_random;

pub use clock::Clock;
pub use manual_clock::ManualClock;
pub use random::Random;
pub use seeded_random::SeededRandom;
pub use system_clock::SystemClock;
pub use system_random::SystemRandom;
