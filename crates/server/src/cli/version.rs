//! `loket version`.

use clap::Args;
use serde::Serialize;

use super::Outcome;
use super::shell::Shell;

/// Print the version
#[derive(Args)]
pub struct VersionArgs {}

#[derive(Serialize)]
struct Version {
    name: &'static str,
    version: &'static str,
}

/// Prints it.
pub fn run(shell: &Shell, VersionArgs {}: &VersionArgs) -> Outcome {
    let version = Version { name: "loket", version: env!("CARGO_PKG_VERSION") };
    shell.print(&version, |version| format!("{} {}", version.name, version.version))
}
