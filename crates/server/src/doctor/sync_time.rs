//! How long the disk takes to promise something: every payment waits for it twice.

use std::time::Duration;

use super::{Finding, Patient};
use crate::disk::measure_sync;

/// Longer is what a worn or crowded disk does.
const SLOW: Duration = Duration::from_millis(25);

/// A small file in the data directory, which is gone afterwards.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    if !patient.data.is_dir() {
        return None;
    }
    Some(match measure_sync(patient.data, patient.clock) {
        Ok(time) if time > SLOW => Finding::warn(
            format!("the disk takes {} ms to keep something, and every payment waits for that twice", time.as_millis()),
            "use a faster disk, or see what else keeps it busy",
        ),
        Ok(time) => Finding::ok(format!("the disk takes {} µs to keep something", time.as_micros())),
        Err(error) => {
            Finding::fail(format!("nothing can be written to the data directory: {error}"), "mend that first")
        }
    })
}
