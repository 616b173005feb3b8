//! Whether the settings can be read.

use super::{Finding, Patient};

/// Every setting, from wherever it comes.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    Some(match &patient.config {
        Ok(config) => {
            let set = config.entries.iter().filter(|entry| entry.value != entry.key.default).count();
            Finding::ok(format!("in order; {set} settings differ from their defaults"))
        }
        Err(error) => Finding::error(error),
    })
}
