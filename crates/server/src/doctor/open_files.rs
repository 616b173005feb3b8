//! Whether the system lets the server open as many connections as it may have.

use super::{Finding, Patient};
use crate::control::ServerShown;

/// For the database, the listeners, suppliers and whatever else.
const OTHERS: u64 = 256;

/// The server's own limit, or this program's if none runs.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let settings = &patient.config.as_ref().ok()?.settings;
    let needed = u64::from(settings.max_connections.get()) + u64::from(settings.webhooks_in_flight.get()) + OTHERS;
    let (whose, limit) = match patient.seen_server() {
        Some(server) => ("the server", server.itself.open_files),
        None => ("this shell", ServerShown::open_files()),
    };
    let limit = limit.unwrap_or(u64::MAX);
    Some(if limit < needed {
        Finding::warn(
            format!("{whose} may open {limit}, and by its settings up to {needed} may be needed"),
            format!(
                "set LimitNOFILE={needed} in its unit, or `ulimit -n {needed}` before it starts; or lower max_connections"
            ),
        )
    } else {
        Finding::ok(format!("{whose} may open as many as its settings may need, {needed}"))
    })
}
