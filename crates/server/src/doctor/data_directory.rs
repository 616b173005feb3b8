//! Whether the data directory is ours alone.

use super::{Finding, Patient};
use crate::house::DataDirectory;

/// Its owner and its rights.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    Some(match DataDirectory::find(patient.data) {
        Ok(directory) => Finding::ok(format!("{}, for this user alone", directory.path().display())),
        Err(fault) => Finding::error(&fault),
    })
}
