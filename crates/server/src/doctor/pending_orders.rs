//! Whether orders wait for longer than suppliers usually take.

use std::time::Duration;

use domain::order::OrderStatus;
use store::OrderFilter;

use super::{Finding, Patient};

/// By then a supplier has mostly said what became of an order.
const LONG: Duration = Duration::from_mins(30);
/// More aren't counted.
const MOST: u32 = 100_000;

/// The oldest of them.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let now = patient.clock.wall();
    patient.read(|snapshot| {
        let filter = OrderFilter { status: Some(OrderStatus::Pending), ..OrderFilter::default() };
        let pending = snapshot.orders(&filter, MOST)?;
        let stuck: Vec<_> = pending.iter().filter(|order| now.since(order.created_at) > LONG).collect();
        Ok(match stuck.iter().min_by_key(|order| order.created_at) {
            None => Finding::ok(format!("{}, none for long", pending.len())),
            Some(oldest) => Finding::warn(
                format!(
                    "{} wait for more than {} minutes; the longest is {}, since {} WIB",
                    stuck.len(),
                    LONG.as_secs() / 60,
                    oldest.key.ref_id,
                    oldest.created_at.wib()
                ),
                "see `loket order list --status pending`; `loket order check REF` asks now; nothing is asked while no server runs",
            ),
        })
    })
}
