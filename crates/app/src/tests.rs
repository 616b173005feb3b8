//! The use cases and workers against suppliers that say what a test tells them to, on a clock that moves when it is told.

mod checks;
pub mod house;
pub mod post;
mod routing;
mod sending;
pub mod supplier;
