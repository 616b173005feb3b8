//! Listens: the public API, the command line, the wiring.
//!
//! Deliberately absent: rules about money or state, SQL. What a call or a subcommand wants done is a use case of `app`.

mod backup;
mod bench;
pub mod cli;
pub mod config;
pub mod control;
mod disk;
mod doctor;
pub mod house;
pub mod http;
pub mod log;
pub mod serve;
mod stages;
