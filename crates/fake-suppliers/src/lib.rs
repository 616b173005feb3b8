//! Stand-ins for suppliers: programs of their own that speak the real interfaces, and nothing simpler than they do.
//!
//! A fake checks signatures, knows every test number, pays one bill once for one reference, and holds its supplier's limits. It writes down
//! in a [`Journal`] what it was asked and what it really did: the truth that a test compares with. A [`Plan`] makes it misbehave in every
//! way that a network or a supplier can.
//!
//! A test starts one in its own process with [`FakeSupplier::start`], or with [`Background::start`] if it isn't async; an integrator runs
//! the binary. To find a room: `digiflazz.rs` and
//! `iak.rs` speak, `desk.rs` and `book.rs` keep what is known, `fake.rs` is the way of a request, `plan/` and `spoil.rs` what goes wrong.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use fake_suppliers::{Call, FakeSupplier, Fault, Options, Plan, Rule, Supplier};
//!
//! let fake = FakeSupplier::start(Options::new(Supplier::Digiflazz)).await?;
//! fake.set_plan(Plan::of([Rule::once(Call::PayPasca, Fault::SilentAfter).of_customer("530000000001")]));
//! // … let the program under test pay at `fake.url()` …
//! fake.wait_for(|line| line.delivery().is_some()).await?;
//! assert!(fake.journal()?.paid_twice().is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! Deliberately absent: encryption, a look at the caller's address, and any of Loket's own code: a fake that shares it would share its
//! mistakes.

mod background;
mod book;
mod call;
mod callback;
pub mod cli;
mod control;
mod desk;
mod digiflazz;
mod fake;
mod http;
mod iak;
mod journal;
mod month;
mod names;
mod options;
mod plan;
mod protocol;
mod running;
mod seed;
mod settlement;
mod signature;
mod spoil;
mod tasks;
mod time;

pub use background::Background;
pub use book::{State, Transaction};
pub use call::{Call, Subject};
pub use journal::{BrokenRule, Delivery, Entry, Event, Journal, Kind, Outcome};
pub use options::{Options, Settling, Supplier, Webhook};
pub use plan::{CallbackFault, Calls, Contradiction, Fault, Match, Nth, Plan, Rule, StatusBody};
pub use running::{FakeSupplier, Running};
pub use signature::{Credentials, hub_signature};
pub use time::{Clock, ManualClock, Moment, Pause, SystemClock};
