//! The operator's counter: every command of the command line goes this one way, whether a server runs or not.
//!
//! A running server listens on a Unix socket in the data directory, which only its owner can open. A command connects there and says one
//! [`ControlRequest`] a line; it is answered in [`ControlAnswer`]s, one a line: some progress, then the result. If nobody listens, the
//! command opens the house itself and executes the same request in its own process. [`Door`] hides the difference.
//!
//! To add a request: one file with its data and its [`Request`] implementation, and its name in the list of `control/request.rs`.
//!
//! Deliberately absent: authentication. Whoever can open the socket owns the directory, and could read the key there anyway.

mod answer;
mod client;
mod door;
mod fund;
mod listener;
pub mod merchant;
pub mod order;
pub mod product;
mod progress;
mod refused;
mod request;
pub mod route;
mod secret_text;
mod server;
mod server_process;
mod socket;
pub mod supplier;
mod verify;
pub mod webhook;

pub use answer::ControlAnswer;
pub use client::Client;
pub use door::{Door, DoorError};
pub use fund::{Fund, FundKind, Funded};
pub use listener::{Listener, ListenerError};
pub use progress::Progress;
pub use refused::Refused;
pub use request::{ControlRequest, Request};
pub use secret_text::SecretText;
pub use server::{DescribeServer, ServerShown};
pub use server_process::server_process;
pub use verify::{BrokenRule, Verified, Verify};
