//! The double-entry ledger. Each merchant has a book; every transfer stays inside one book and has two sides.

mod account;
mod book;
pub mod movements;
mod transfer;

pub use account::Account;
pub use book::Book;
pub use transfer::{Mutation, Slot, Transfer};
