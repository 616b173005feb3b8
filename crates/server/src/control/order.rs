//! Requests about orders.

mod find;
mod list;
mod resolve;
mod show;
mod shown;

pub use find::OrderReference;
pub use list::{ListOrders, OrderState};
pub use resolve::{ResolveOrder, Verdict};
pub use show::ShowOrder;
pub use shown::{AttemptShown, OrderShown};
