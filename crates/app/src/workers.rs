//! What runs beside the requests.

mod check_attempts;
mod forget_events;
mod watch_suppliers;

use crate::context::Context;

/// Starts every worker. They end with [`crate::Tasks::stop`].
pub fn start_workers(context: &Context) {
    context.tasks.spawn_worker(check_attempts::run(context.clone()));
    context.tasks.spawn_worker(forget_events::run(context.clone()));
    context.couriers.wake_all(context);
    context.tasks.spawn_worker(watch_suppliers::run(context.clone()));
}
