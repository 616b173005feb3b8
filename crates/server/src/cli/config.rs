//! `loket config`: what is set, and where.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::shell::Shell;
use super::{Outcome, output};
use crate::config::{Entry, write_new_file};
use crate::house::DataDirectory;

/// Write, check or show the settings
#[derive(Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Write loket.toml into the data directory with every setting at its default; never overwrites
    Init,
    /// Read all settings and say what is wrong with them
    Check,
    /// Show the settings in force and where each comes from
    Show,
}

#[derive(Serialize)]
struct Shown<'a> {
    key: &'static str,
    value: &'a str,
    origin: &'static str,
    default: &'static str,
    variable: String,
    meaning: String,
}

/// Does one of the three.
pub fn run(shell: &Shell, args: &ConfigArgs) -> Outcome {
    match args.command {
        ConfigCommand::Init => init(shell),
        ConfigCommand::Check => check(shell),
        ConfigCommand::Show => show(shell),
    }
}

fn init(shell: &Shell) -> Outcome {
    let directory = DataDirectory::find_or_make(shell.data())?;
    let path = write_new_file(directory.path())?.display().to_string();
    shell.print(&serde_json::json!({ "path": path }), |_| {
        format!("{path} is written; change what you like, then restart.")
    })
}

fn check(shell: &Shell) -> Outcome {
    let config = shell.config()?;
    let set = config.entries.iter().filter(|entry| entry.value != entry.key.default).count();
    shell.print(&serde_json::json!({ "ok": true, "set": set }), |_| {
        format!("The settings are in order; {set} differ from their defaults.")
    })
}

fn show(shell: &Shell) -> Outcome {
    let config = shell.config()?;
    if shell.json {
        output::json(&config.entries.iter().map(shown).collect::<Vec<_>>())?;
    } else {
        let rows = config.entries.iter().map(|Entry { key, value, origin }| {
            [key.name.to_owned(), key.write_toml(value).into_owned(), origin.place().to_owned()]
        });
        output::text(&output::table(["KEY", "VALUE", "FROM"], rows))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn shown(entry: &Entry) -> Shown<'_> {
    Shown {
        key: entry.key.name,
        value: &entry.value,
        origin: entry.origin.place(),
        default: entry.key.default,
        variable: entry.key.variable(),
        meaning: entry.key.meaning.concat().trim().to_owned(),
    }
}
