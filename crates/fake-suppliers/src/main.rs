//! The program `fake-suppliers`: everything is in the library, so that tests can reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    fake_suppliers::cli::main()
}
