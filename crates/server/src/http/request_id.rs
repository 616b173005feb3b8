//! The name of one request, in its answer (`X-Request-Id`, `meta.request_id`) and in the log.
//!
//! Always made here: a name that a client chose could be anybody's, or a thousand lines long.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::HeaderValue;

/// Sixteen lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RequestId([u8; 16]);

impl RequestId {
    /// The bare text.
    pub fn as_str(&self) -> &str {
        // All bytes are hex digits, so there is nothing to fail.
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// As a header's value.
    pub fn header_value(&self) -> HeaderValue {
        HeaderValue::from_bytes(&self.0).unwrap_or_else(|_| HeaderValue::from_static(""))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Makes names that differ from each other, and look random.
///
/// The counter goes through SplitMix64, which maps no two numbers to the same one: no name repeats within a process. The random seed
/// keeps the names of two processes apart.
#[derive(Debug)]
pub struct RequestIds(AtomicU64);

impl RequestIds {
    /// A source of names, begun at a random place.
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// The next name.
    pub fn make(&self) -> RequestId {
        let state = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mut digits = [0; 16];
        // Sixteen digits always fit the sixteen bytes of a u64.
        let _ = hex::encode_to_slice((mixed ^ (mixed >> 31)).to_be_bytes(), &mut digits);
        RequestId(digits)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_hex_and_never_repeat() {
        let ids = RequestIds::new(u64::MAX - 5);
        let names: HashSet<String> = (0..10_000).map(|_| ids.make().to_string()).collect();
        assert_eq!(names.len(), 10_000);
        assert!(
            names.iter().all(|name| name.len() == 16 && name.bytes().all(|byte| b"0123456789abcdef".contains(&byte)))
        );
    }
}
