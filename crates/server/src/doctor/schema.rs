//! Whether the database's schema is this program's.

use super::{Finding, Patient};

/// Its migrations.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let database = match &patient.database {
        Ok(Some(database)) => database,
        Ok(None) => return Some(Finding::ok("there is no database yet; the first start makes it")),
        Err(error) => return Some(Finding::error(error)),
    };
    Some(match database.schema_state() {
        Ok(state) if state.missing.is_empty() => {
            Finding::ok(format!("version {}, as this program has it", state.version()))
        }
        Ok(state) => Finding::warn(
            format!("version {}; {} migrations are to be done", state.version(), state.missing.len()),
            "run `loket db migrate`, or start the server with this program: what is there is backed up first",
        ),
        Err(error) => Finding::error(&error),
    })
}
