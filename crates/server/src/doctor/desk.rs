//! Whether orders wait for a person.

use store::OrderFilter;

use super::{Finding, Patient};

/// More aren't counted.
const MOST: u32 = 100_000;

/// What was contradicted, and what nobody asks about any more.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    patient.read(|snapshot| {
        let desk = snapshot.orders(&OrderFilter { on_desk: true, ..OrderFilter::default() }, MOST)?;
        Ok(match desk.last() {
            None => Finding::ok("empty"),
            Some(oldest) => Finding::warn(
                format!("{} orders need a person; the oldest is {}", desk.len(), oldest.key.ref_id),
                "see `loket order list --desk`, and `loket order resolve` once it is known what became of them",
            ),
        })
    })
}
