//! Holds the house to what the compiler can't see.
//!
//! Each module has one or a few rules: pure functions from the files of the repository to findings, with a test beside
//! it that shows an offender being caught. `tests/tidy.rs` runs them all over this repository.

pub mod finding;
pub mod links;
pub mod readmes;
pub mod rust_source;
pub mod shape;
pub mod sql;
pub mod text;
pub mod tree;
pub mod walls;
pub mod words;
