//! Calls: suppliers, and later webhook receivers. The only outgoing traffic of the house.
//!
//! Every supplier is an adapter behind one trait, [`Supplier`], whose answers are typed: what was said, or that nothing can be said.
//!
//! Deliberately absent: the ledger, the store, retries. What follows from an answer is decided in the domain.

mod supplier;

pub use supplier::{BillQuestion, BillQuote, InquiryAnswer, Question, Supplier, Task, Unavailable};
