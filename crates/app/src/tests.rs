//! The use cases and workers against suppliers that say what a test tells them to, on a clock that moves when it is told.

mod checks;
mod couriers;
pub mod house;
pub mod mailroom;
mod nodes;
pub mod post;
mod routing;
mod sending;
pub mod supplier;
pub mod told_store;
