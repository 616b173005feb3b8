//! When a receiver wants to hear from us again.

use std::time::{Duration, UNIX_EPOCH};

use domain::time::Timestamp;

/// What a `Retry-After` header says (RFC 9110, section 10.2.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RetryAfter {
    /// After so many seconds.
    Wait(Duration),
    /// Not before that moment, by the receiver's clock.
    Until(Timestamp),
}

impl RetryAfter {
    /// Reads seconds or one of the three forms of an HTTP date. `None` for anything else. More seconds than can be counted are the most that
    /// can be.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim_ascii();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Wait(Duration::from_secs(text.parse().unwrap_or(u64::MAX))));
        }
        let until = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self::Until(Timestamp::default().plus(until)))
    }

    /// How long that is from now; nothing if it is over. Not capped: a receiver may say a century.
    pub fn wait(self, now: Timestamp) -> Duration {
        match self {
            Self::Wait(wait) => wait,
            Self::Until(moment) => moment.since(now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(784_111_777);

    #[test]
    fn seconds_and_dates_are_understood() {
        let table = [
            ("0", 0),
            ("120", 120),
            (" 007 ", 7),
            ("99999999999999999999999", u64::MAX),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
            ("Sun, 06 Nov 1994 08:50:37 GMT", 60),
            ("Sunday, 06-Nov-94 08:50:37 GMT", 60),
            ("Sun Nov  6 08:50:37 1994", 60),
            ("Sun, 06 Nov 1994 08:49:36 GMT", 0),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ];
        for (text, seconds) in table {
            let wait = RetryAfter::read(text).map(|after| after.wait(NOW));
            assert_eq!(wait, Some(Duration::from_secs(seconds)), "{text}");
        }
    }

    #[test]
    fn anything_else_says_nothing() {
        for text in
            ["", " ", "-1", "+1", "1.5", "1e3", "soon", "0x10", "１２", "Sun, 06 Nov 1994 08:49:37 WIB", "1994-11-06"]
        {
            assert_eq!(RetryAfter::read(text), None, "{text}");
        }
    }
}
