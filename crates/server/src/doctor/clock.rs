//! Whether the machine's clock is right.

use std::time::Duration;

use domain::time::Timestamp;

use super::{Finding, Patient};

/// 2026-01-01: this program is younger.
const EARLIEST: Timestamp = Timestamp::from_seconds(1_767_225_600);
/// What two processors' clocks may differ by.
const SMALL: Duration = Duration::from_secs(2);
/// By default a request may be this far off.
const LARGE: Duration = Duration::from_mins(5);

/// The wall's clock against the newest moment in the database, after which nothing can have happened yet.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let advice = "set it right, and keep it so with systemd-timesyncd or chrony";
    let now = patient.clock.wall();
    if now < EARLIEST {
        return Some(Finding::fail(format!("it says {} WIB, which is long ago", now.wib()), advice));
    }
    let told = patient.read(|snapshot| {
        let (newest, _) = snapshot.newest()?;
        let behind = newest.since(now);
        let what = format!(
            "it says {} WIB, and the database knows {}: it was set back, or was ahead before; until then the times in the books run ahead of it",
            now.wib(),
            newest.wib()
        );
        Ok(match behind {
            behind if behind > LARGE => Finding::fail(what, advice),
            behind if behind > SMALL => Finding::warn(what, advice),
            _ => Finding::ok(format!("{} WIB, not behind the books", now.wib())),
        })
    });
    Some(told.unwrap_or_else(|| Finding::ok(format!("{} WIB", now.wib()))))
}
