//! Decides: money, ledger, orders and commands, as pure functions.
//!
//! Everything that Loket promises about money and state is decided here and only here: every way that money moves is a function of
//! [`ledger::movements`], every change of state is a [`command::Command`] applied to a [`world::World`].
//!
//! Deliberately absent: input and output, async, clocks, randomness, serde, SQL, HTTP. Moments and identities come in as arguments.

#![warn(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm
)]

pub mod answer;
pub mod attempt;
pub mod audit;
pub mod bill;
pub mod callback;
pub mod command;
pub mod delivery_try;
pub mod dispatch;
pub mod duplicate;
pub mod endpoint;
pub mod event;
pub mod exchange;
pub mod id;
pub mod inquiry;
pub mod json;
pub mod lease;
pub mod ledger;
pub mod merchant;
pub mod money;
pub mod order;
pub mod product;
pub mod refusal;
pub mod revision;
pub mod row;
pub mod signature;
pub mod supplier;
pub mod time;
pub mod voucher;
pub mod world;
