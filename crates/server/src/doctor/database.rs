//! Whether the database's file is whole.

use store::Look;

use super::{Finding, Patient};
use crate::stages::Stage;

/// Every page of it.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let database = patient.database.as_ref().ok()?.as_ref()?;
    patient.stages.begin(Stage::Items("pages"));
    let advice = "stop the server, and restore the newest backup that `loket backup verify` finds nothing wrong with";
    Some(match database.damage(Look::Quick) {
        Ok(faults) => match faults.first() {
            None => Finding::ok("every page is whole"),
            Some(fault) => Finding::fail(format!("it is damaged in {} places or more: {fault}", faults.len()), advice),
        },
        Err(error) => Finding::fail(format!("it is damaged: {error}"), advice),
    })
}
