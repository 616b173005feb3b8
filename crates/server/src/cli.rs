//! The command line: one file a subcommand.

mod bench;
mod call;
mod keys;
mod server_address;
mod sign;

pub use server_address::ServerAddress;

use std::{error::Error, process::ExitCode};

use clap::Parser;

#[derive(Parser)]
#[command(name = "loket")]
enum Command {
    Sign(sign::SignArgs),
    Call(call::CallArgs),
    Bench(bench::BenchArgs),
}

/// Does what the command line says.
pub fn run() -> Result<ExitCode, Box<dyn Error>> {
    match Command::parse() {
        Command::Sign(args) => sign::run(&args),
        Command::Call(args) => call::run(&args),
        Command::Bench(args) => bench::run(args),
    }
}
