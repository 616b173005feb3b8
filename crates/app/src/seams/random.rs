//! The randomness seam.

/// Gives unpredictable bytes.
pub trait Random: Send + Sync {
    /// Fills `bytes`. It never gives anything less than unpredictable: where the system has none, the process ends.
    fn fill(&self, bytes: &mut [u8]);
}
