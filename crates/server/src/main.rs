//! Loket.

mod bench;
mod cli;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::print_stderr, reason = "a failed command says why")]
fn main() -> ExitCode {
    cli::run().unwrap_or_else(|failure| {
        eprintln!("loket: {failure}");
        ExitCode::FAILURE
    })
}
