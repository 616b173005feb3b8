//! Whether there is room to go on.

use super::{Finding, Patient};
use crate::disk::Room;

const MIB: u64 = 1024 * 1024;
/// Less, and a burst of orders or one backup fills it.
const LITTLE: u64 = 2 * 1024 * MIB;
/// Less, and the log of the database alone may fill it.
const TOO_LITTLE: u64 = 256 * MIB;

/// The disk that has the data directory.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let room = match Room::at(patient.data) {
        Ok(room) => room,
        Err(_) if !patient.data.exists() => return None,
        Err(error) => return Some(Finding::error(&error)),
    };
    let what = format!("{} of {} MiB are free", room.free / MIB, room.total / MIB);
    let advice = "make room, or move the data directory to a larger disk";
    Some(match room.free {
        ..TOO_LITTLE => Finding::fail(what, advice),
        TOO_LITTLE..LITTLE => Finding::warn(what, advice),
        _ => Finding::ok(what),
    })
}
