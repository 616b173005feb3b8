//! The domain's rules, told as tests: tables of single rules, and a million random commands under watch.
//!
//! [`shop`] is the harness: rows in maps, a clock in hand, and verbs. [`watch`] looks at every step of the random sequences.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by panicking")]

#[path = "rules/attempts.rs"]
mod attempts;
#[path = "rules/bills.rs"]
mod bills;
#[path = "rules/contradictions.rs"]
mod contradictions;
#[path = "rules/deliveries.rs"]
mod deliveries;
#[path = "rules/desk.rs"]
mod desk;
#[path = "rules/events.rs"]
mod events;
#[path = "rules/exchanges.rs"]
mod exchanges;
#[path = "rules/mended.rs"]
mod mended;
#[path = "rules/money.rs"]
mod money;
#[path = "rules/refusals.rs"]
mod refusals;
#[path = "rules/repeats.rs"]
mod repeats;
#[path = "rules/routing.rs"]
mod routing;
#[path = "rules/sequences.rs"]
mod sequences;
#[path = "rules/sessions.rs"]
mod sessions;
#[path = "rules/shop.rs"]
mod shop;
#[path = "rules/suppliers.rs"]
mod suppliers;
#[path = "rules/tampering.rs"]
mod tampering;
#[path = "rules/watch.rs"]
mod watch;
