//! The machine's own randomness.

use crate::seams::Random;

/// The randomness of a running server: the operating system's.
#[derive(Clone, Copy, Debug)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "this file owns the machine's randomness")]
    fn fill(&self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            // References and keys that could be guessed or repeated would break every promise; there is nothing to go on with.
            tracing::error!("the operating system gives no randomness; stopping");
            std::process::abort();
        }
    }
}
