//! What runs beside the requests.

mod check_attempts;
mod forget_events;
mod keep_leases;
mod make_rounds;
mod refresh_lists;
mod watch_suppliers;

use crate::context::Context;

/// Starts what a node owes the others as long as it runs. It ends with [`crate::Tasks::stop`].
pub(crate) fn start_membership(context: &Context) {
    context.tasks.spawn_worker(keep_leases::run(context.clone()));
    context.tasks.spawn_worker(refresh_lists::run(context.clone()));
}

/// Starts every worker. They end with [`crate::Tasks::stop`].
pub fn start_workers(context: &Context) {
    context.membership.begin_work();
    if context.membership.is_shared() {
        context.tasks.spawn_worker(make_rounds::run(context.clone()));
    }
    context.tasks.spawn_worker(check_attempts::run(context.clone()));
    context.tasks.spawn_worker(forget_events::run(context.clone()));
    context.couriers.wake_all(context);
    context.tasks.spawn_worker(watch_suppliers::run(context.clone()));
}
