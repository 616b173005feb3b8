//! Whether the database's log stays small.

use super::{Finding, Patient};

const MIB: u64 = 1024 * 1024;
/// Three times what a server lets it grow to.
const LONG: u64 = 256 * MIB;

/// The file beside the database.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let size = patient.database.as_ref().ok()?.as_ref()?.log_size();
    let what = format!("{} MiB", size.div_ceil(MIB));
    Some(if size > LONG {
        Finding::warn(
            format!("{what}: something keeps it from beginning anew"),
            "see whether a backup, `loket verify` or another program has been reading the database for long; it shrinks when that ends",
        )
    } else {
        Finding::ok(what)
    })
}
