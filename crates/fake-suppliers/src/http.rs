//! HTTP as a fake needs it: a server that can break its own connections, and a client for callbacks.

mod breakable;
mod listener;
mod post;
mod reply;

pub(crate) use listener::{Answerer, Incoming, listen};
pub(crate) use post::{Message, post};
pub(crate) use reply::{Ending, Reply};
