//! The whole server as its users meet it: the real program, started, asked, killed and started again.
//!
//! To add tests: a file in `server/`, and its line here. The harness has the verbs.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what is wrong by panicking")]
#![expect(clippy::print_stdout, reason = "a test that fails shows what it printed, such as its seed")]

#[path = "server/backups.rs"]
mod backups;
#[path = "server/balance.rs"]
mod balance;
#[path = "server/bench.rs"]
mod bench;
#[path = "server/chain.rs"]
mod chain;
#[path = "server/chaos.rs"]
mod chaos;
#[path = "server/cli.rs"]
mod cli;
#[path = "server/configuration.rs"]
mod configuration;
#[path = "server/crashes.rs"]
mod crashes;
#[path = "server/disk.rs"]
mod disk;
#[path = "server/doctor.rs"]
mod doctor;
#[path = "server/examples.rs"]
mod examples;
#[path = "server/harness.rs"]
mod harness;
#[path = "server/hostile.rs"]
mod hostile;
#[path = "server/moves.rs"]
mod moves;
#[path = "server/nodes.rs"]
mod nodes;
#[path = "server/order_history.rs"]
mod order_history;
#[path = "server/postgres.rs"]
mod postgres;
#[path = "server/processes.rs"]
mod processes;
#[path = "server/routes.rs"]
mod routes;
#[path = "server/same_payment.rs"]
mod same_payment;
#[path = "server/schemathesis.rs"]
mod schemathesis;
#[path = "server/slow.rs"]
mod slow;
#[path = "server/stand_ins.rs"]
mod stand_ins;
#[path = "server/stopped.rs"]
mod stopped;
#[path = "server/supplier.rs"]
mod supplier;
#[path = "server/suppliers.rs"]
mod suppliers;
#[path = "server/webhook_commands.rs"]
mod webhook_commands;
#[path = "server/webhook_crashes.rs"]
mod webhook_crashes;
#[path = "server/webhook_disk.rs"]
mod webhook_disk;
#[path = "server/webhook_keys.rs"]
mod webhook_keys;
#[path = "server/webhook_receivers.rs"]
mod webhook_receivers;
#[path = "server/webhook_to_receivers.rs"]
mod webhook_to_receivers;
#[path = "server/webhook_verifiers.rs"]
mod webhook_verifiers;
