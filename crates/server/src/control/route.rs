//! Requests about routes: which supplier serves a product, in which order.

mod change;
mod list;
mod set;
mod shown;

pub use change::ChangeRoute;
pub use list::ListRoutes;
pub use set::{RouteForm, SetRoutes};
pub use shown::RouteShown;
