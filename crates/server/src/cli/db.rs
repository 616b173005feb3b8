//! `loket db`: the database's schema, and where it is.

mod moving;

use std::path::PathBuf;

use app::seams::SystemClock;
use clap::{Args, Subcommand};
use serde::Serialize;
use store::{Schema, SchemaState, SchemaStep, SqliteFile, UnopenedStore};

use super::shell::Shell;
use super::stage_bars::StageBars;
use super::{Outcome, output};
use crate::house::{DataDirectory, HouseError, open_embedded};
use crate::stages::Stages;

/// Bring the database up to date, or move it to PostgreSQL
#[derive(Args)]
pub struct DbArgs {
    #[command(subcommand)]
    command: DbCommand,
}

#[derive(Subcommand)]
enum DbCommand {
    /// Bring the schema up to this program's version, as the server does at its start; what is there is backed up first
    Migrate {
        /// Only show what would be done
        #[arg(long)]
        dry_run: bool,
    },
    /// Move everything from the data directory's database into an empty PostgreSQL database; both sides are compared, and the one here is
    /// left as it is, but can't be opened any more
    Move {
        /// Where to: `postgres://…`; if it isn't said here, the database that is configured
        #[arg(long, value_name = "URL")]
        to: Option<String>,
    },
}

#[derive(Serialize)]
struct Shown {
    version: u32,
    known: u32,
    applied: Vec<StepShown>,
    missing: Vec<StepShown>,
    dry_run: bool,
    backup: Option<PathBuf>,
}

#[derive(Serialize)]
struct StepShown {
    version: u32,
    name: String,
    applied_at: Option<String>,
}

/// Does what is asked.
pub fn run(shell: Shell, args: DbArgs) -> Outcome {
    match args.command {
        DbCommand::Migrate { dry_run } => run_migrate(&shell, dry_run),
        DbCommand::Move { to } => moving::run(&shell.with_flags(to.map(|url| ("database_url", url)))),
    }
}

fn run_migrate(shell: &Shell, dry_run: bool) -> Outcome {
    shell.embedded_config("db migrate")?;
    let data = DataDirectory::find(shell.data())?;
    let found = match SqliteFile::within(data.path())? {
        Some(database) => database.schema_state()?,
        None => {
            return Err(format!("there is no database in {}; `loket serve` makes one", data.path().display()).into());
        }
    };
    let backup = if dry_run || found.missing.is_empty() { None } else { migrate(&data)? };
    shell.print(&shown(found, dry_run, backup), in_words)
}

fn migrate(data: &DataDirectory) -> Result<Option<PathBuf>, HouseError> {
    let bars = StageBars::default();
    // An old server that still runs here has the lock, and is told to be stopped.
    let store = UnopenedStore::take(data.path(), Schema::known())?;
    let opened = open_embedded(data.path(), store, &SystemClock::start(), Stages::to(&|stage| bars.begin(stage)));
    bars.finish();
    Ok(opened?.1.backup)
}

fn shown(state: SchemaState, dry_run: bool, backup: Option<PathBuf>) -> Shown {
    let version = state.version();
    let steps = |steps: Vec<SchemaStep>| {
        let shown = |SchemaStep { version, name, applied_at }| StepShown { version, name, applied_at };
        steps.into_iter().map(shown).collect()
    };
    let (applied, missing) = (steps(state.applied), steps(state.missing));
    Shown { version, known: Schema::known().version(), applied, missing, dry_run, backup }
}

fn in_words(shown: &Shown) -> String {
    let rows = shown.applied.iter().chain(&shown.missing).map(|step| {
        let state =
            step.applied_at.clone().unwrap_or_else(|| if shown.dry_run { "to do" } else { "done now" }.to_owned());
        [step.version.to_string(), step.name.clone(), state]
    });
    let table = output::table(["VERSION", "MIGRATION", "APPLIED"], rows);
    let outcome = match (&shown.backup, shown.missing.is_empty(), shown.dry_run) {
        (_, true, _) => "The database is up to date; nothing was to do.".to_owned(),
        (_, false, true) => "Nothing was changed. What is there will be backed up first.".to_owned(),
        (Some(backup), false, false) => format!("What was there before is in {}.", backup.display()),
        (None, false, false) => "The database is up to date.".to_owned(),
    };
    format!("{table}\n\n{outcome}")
}
