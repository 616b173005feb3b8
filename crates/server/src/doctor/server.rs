//! Whether a server runs, of this version, and can write.

use super::{Finding, Patient};

/// What it says of itself.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let ours = env!("CARGO_PKG_VERSION");
    Some(match patient.server.as_ref() {
        None => Finding::ok("none runs on this data directory"),
        Some(Err(fault)) => Finding::fail(format!("one runs, and cannot be asked: {fault}"), "look into its log"),
        Some(Ok(server)) => match &server.itself {
            itself if itself.write_fault.is_some() => Finding::fail(
                format!("it cannot write: {}", itself.write_fault.as_deref().unwrap_or_default()),
                "mend that first; nothing can be paid meanwhile",
            ),
            itself if itself.version != ours => Finding::warn(
                format!("it is version {}, and this program is {ours}", itself.version),
                "restart it with this program",
            ),
            itself => Finding::ok(format!("runs, version {}, and can write", itself.version)),
        },
    })
}
