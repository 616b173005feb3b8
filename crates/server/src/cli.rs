//! The command line: one file a subcommand.
//!
//! Data goes to stdout, chatter to stderr. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a check found something. Nothing ever prompts.
//!
//! To add a subcommand: a file with its `Args` and a `run`, a variant and a line here.

mod adjust;
mod amount;
mod api_address;
mod backup;
mod bench;
mod call;
mod completions;
mod config;
#[cfg(test)]
mod contract;
mod db;
mod demo;
mod deposit;
mod doctor;
mod exchange;
mod global;
#[cfg(test)]
mod help;
mod keys;
mod merchant;
mod order;
mod output;
mod product;
mod progress_bar;
mod restore;
mod route;
mod serve;
mod server_address;
mod shell;
mod sign;
mod signals;
mod signed_call;
mod span;
mod stage_bars;
mod supplier;
mod verify;
mod version;
mod webhook;

use std::error::Error;
use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::global::Global;
pub(crate) use self::server_address::ServerAddress;
use self::shell::Shell;

/// How a subcommand ends.
type Outcome = Result<ExitCode, Box<dyn Error>>;

/// What a check that found something exits with.
const FOUND_SOMETHING: u8 = 3;

/// A self-hosted bill-payment server
#[derive(Parser)]
#[command(name = "loket", version, propagate_version = false, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::DemoArgs),
    Serve(serve::ServeArgs),
    Merchant(merchant::MerchantArgs),
    Deposit(deposit::DepositArgs),
    Adjust(adjust::AdjustArgs),
    Product(product::ProductArgs),
    Supplier(supplier::SupplierArgs),
    Route(route::RouteArgs),
    Order(order::OrderArgs),
    Webhook(webhook::WebhookArgs),
    Sign(sign::SignArgs),
    Call(call::CallArgs),
    Verify(verify::VerifyArgs),
    Doctor(doctor::DoctorArgs),
    Backup(backup::BackupArgs),
    Restore(restore::RestoreArgs),
    Db(db::DbArgs),
    Config(config::ConfigArgs),
    Bench(bench::BenchArgs),
    Completions(completions::CompletionsArgs),
    Version(version::VersionArgs),
}

/// Does what the command line says.
pub fn main() -> ExitCode {
    let Cli { global, command } = Cli::parse();
    let shell = Shell::new(global);
    let outcome = match command {
        Command::Demo(args) => demo::run(&shell, &args),
        Command::Serve(args) => serve::run(shell, &args),
        Command::Merchant(args) => merchant::run(&shell, args),
        Command::Deposit(args) => deposit::run(&shell, args),
        Command::Adjust(args) => adjust::run(&shell, args),
        Command::Product(args) => product::run(&shell, args),
        Command::Route(args) => route::run(&shell, args),
        Command::Supplier(args) => supplier::run(&shell, args),
        Command::Order(args) => order::run(&shell, args),
        Command::Webhook(args) => webhook::run(&shell, args),
        Command::Sign(args) => sign::run(&args),
        Command::Call(args) => call::run(&args),
        Command::Verify(args) => verify::run(&shell, &args),
        Command::Doctor(args) => doctor::run(&shell, &args),
        Command::Backup(args) => backup::run(&shell, args),
        Command::Restore(args) => restore::run(&shell, &args),
        Command::Db(args) => db::run(shell, args),
        Command::Config(args) => config::run(&shell, &args),
        Command::Bench(args) => bench::run(&shell, args),
        Command::Completions(args) => completions::run(&args),
        Command::Version(args) => version::run(&shell, &args),
    };
    outcome.unwrap_or_else(|error| {
        if is_broken_pipe(error.as_ref()) {
            // Whoever read us, such as `head`, has read enough.
            return ExitCode::SUCCESS;
        }
        output::complain(error.as_ref());
        ExitCode::FAILURE
    })
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
