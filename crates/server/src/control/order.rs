//! Requests about orders.

mod check;
mod find;
mod history;
mod list;
mod resolve;
mod show;
mod shown;

pub use check::CheckOrder;
pub use find::OrderReference;
pub use history::{CallbackShown, ExchangeShown, InquiryShown, WordsShown};
pub use list::{ListOrders, OrderState};
pub use resolve::{ResolveOrder, Verdict};
pub use show::ShowOrder;
pub use shown::{AttemptShown, OrderShown};
