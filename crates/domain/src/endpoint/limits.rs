//! What may be said of an endpoint, whoever says it.

/// The longest description, in characters.
pub const LONGEST_DESCRIPTION: usize = 200;
/// The most headers of an owner's own.
pub const MOST_HEADERS: usize = 20;
/// The most deliveries under way at once.
pub const MOST_IN_FLIGHT: u32 = 64;
/// The most deliveries a second that a limit can be set to.
pub const HIGHEST_RATE: u32 = 10_000;

/// Whether an endpoint may be called that.
pub fn is_description(text: &str) -> bool {
    text.chars().count() <= LONGEST_DESCRIPTION && !text.chars().any(char::is_control)
}

/// Whether so many headers may be sent besides.
pub const fn is_header_count(count: usize) -> bool {
    count <= MOST_HEADERS
}

/// Whether so many deliveries may be under way at once.
pub const fn is_in_flight(count: u32) -> bool {
    0 < count && count <= MOST_IN_FLIGHT
}

/// Whether that may be the limit of deliveries a second.
pub const fn is_rate(per_second: u32) -> bool {
    0 < per_second && per_second <= HIGHEST_RATE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_inclusive() {
        for (text, is_fine) in [("", true), ("Toko é", true), ("a\nb", false), ("\u{85}", false)] {
            assert_eq!(is_description(text), is_fine, "{text:?}");
        }
        assert!(is_description(&"é".repeat(200)) && !is_description(&"e".repeat(201)));
        assert!(is_header_count(0) && is_header_count(20) && !is_header_count(21));
        assert!(!is_in_flight(0) && is_in_flight(1) && is_in_flight(64) && !is_in_flight(65));
        assert!(!is_rate(0) && is_rate(1) && is_rate(10_000) && !is_rate(10_001));
    }
}
