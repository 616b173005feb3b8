//! Calls: suppliers, and later webhook receivers. The only outgoing traffic of the house.
//!
//! Every supplier is an adapter behind one trait, [`Supplier`], whose answers are typed: what was said, or that nothing can be said.
//! The first is the [`Sandbox`], which is built in; [`demo_catalogue`] is what it sells.
//!
//! Deliberately absent: the ledger, the store, retries. What follows from an answer is decided in the domain.

mod account;
mod catalogue;
mod sandbox;
mod supplier;

pub use account::{Account, Secret};
pub use catalogue::{CatalogueError, demo_catalogue};
pub use sandbox::{RecordEvent, RecordLine, Sandbox, SandboxClock, SandboxRecord};
pub use supplier::{
    BillQuestion, BillQuote, CallFault, CallbackFault, CallbackNews, CallbackRequest, Exchange, Heard, InquiryAnswer,
    Manners, Pace, PriceList, Question, Supplier, SupplierProduct, Task, Unavailable,
};
