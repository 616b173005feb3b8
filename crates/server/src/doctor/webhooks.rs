//! Whether what merchants are to be told leaves in time.

use std::time::Duration;

use domain::endpoint::EndpointState;

use super::{Finding, Patient};

/// A try that is due is made at once, unless its endpoint was left alone for a moment, or nobody makes it.
const LATE: Duration = Duration::from_mins(15);

/// What has been due for long, at endpoints that are on.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let overdue_at = patient.clock.wall().minus(LATE);
    let serves = patient.server.is_some();
    patient.read(|snapshot| {
        let endpoints: Vec<_> = snapshot.all_endpoints()?.into_iter().flat_map(|endpoints| endpoints.list).collect();
        let mut late = Vec::new();
        for endpoint in endpoints.iter().filter(|endpoint| endpoint.state == EndpointState::On) {
            let due = snapshot.due_deliveries(endpoint.endpoint_id, overdue_at, 1)?;
            late.extend(due.iter().filter_map(|first| first.delivery.next_at));
        }
        Ok(match late.iter().min() {
            None => Finding::ok(format!("nothing is late at {} endpoints", endpoints.len())),
            Some(oldest) => Finding::warn(
                format!("what {} endpoints are to be told is late, since {} WIB", late.len(), oldest.wib()),
                if serves {
                    "see `loket webhook log`, and the server's log"
                } else {
                    "start the server: nobody delivers meanwhile"
                },
            ),
        })
    })
}
