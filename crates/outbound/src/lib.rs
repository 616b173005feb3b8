//! Calls: suppliers, and receivers of webhooks. The only outgoing traffic of the house.
//!
//! Every supplier is an adapter behind one trait, [`Supplier`], whose answers are typed: what was said, or that nothing can be said.
//! The [`Sandbox`] is built in, and [`demo_catalogue`] is what it sells; the others, [`Digiflazz`] and [`Iak`], are asked over the network
//! through the one [`Client`]. How to add one: `docs/suppliers.md`.
//!
//! A [`WebhookSender`] tells merchants what happened, and its [`Guard`] judges where it may go.
//!
//! Deliberately absent: the ledger, the store, retries. What follows from an answer is decided in the domain.

mod account;
mod adapter_clock;
mod catalogue;
mod client;
mod guard;
mod sandbox;
mod supplier;
mod suppliers;
mod transport;
mod webhook;
mod wire;

pub use account::{Account, Secret};
pub use adapter_clock::AdapterClock;
pub use catalogue::{CatalogueError, demo_catalogue};
pub use client::{AddressFault, CallLimit, Client, Limits, Reply, leaving_only_if};
pub use guard::{Destination, Guard, GuardFault, GuardPolicy};
pub use sandbox::{RecordEvent, RecordLine, Sandbox, SandboxRecord};
pub use supplier::{
    BillQuestion, BillQuote, CallFault, CallbackFault, CallbackNews, CallbackRequest, Exchange, Heard, InquiryAnswer,
    Manners, Pace, PriceList, Question, Supplier, SupplierProduct, Task, Unavailable,
};
pub use suppliers::{AccountFault, connect};
pub use webhook::{
    Delivery, DeliveryFault, HeaderFault, NameServer, RetryAfter, SystemNames, WebhookLimits, WebhookSender,
    check_header,
};
