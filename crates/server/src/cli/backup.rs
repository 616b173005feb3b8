//! `loket backup`: the database in one file, beside a running server or without one.

mod show;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::seams::SystemClock;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::shell::Shell;
use super::stage_bars::StageBars;
use super::{FOUND_SOMETHING, Outcome, output};
use crate::backup::{Made, Manifest, Pace, inspect, make_backup};
use crate::control::Client;
use crate::house::{DataDirectory, KEY_FILE};
use crate::stages::Stages;

pub use show::manifest as show_manifest;

/// Back up the database, while the server runs or not
///
/// FILE is made whole or not at all, readable for this user alone, and never overwrites anything. The master key is not in it.
#[derive(Args)]
#[command(subcommand_negates_reqs = true)]
pub struct BackupArgs {
    /// The file to make
    #[arg(required = true)]
    file: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<BackupCommand>,
}

#[derive(Subcommand)]
enum BackupCommand {
    /// Look at every byte of a backup, and hold its books against every rule; exit code 3 when something is wrong
    Verify {
        /// The backup
        file: PathBuf,
    },
}

#[derive(Serialize)]
struct MadeShown<'a> {
    path: &'a Path,
    #[serde(flatten)]
    manifest: &'a Manifest,
    master_key_path: PathBuf,
}

#[derive(Serialize)]
struct InspectionShown<'a> {
    path: &'a Path,
    #[serde(flatten)]
    manifest: Option<&'a Manifest>,
    /// Whether the books were held against the rules: not those of an older version, and not where something is damaged.
    books_verified: bool,
    faults: &'a [String],
}

/// Makes one, or verifies one.
pub fn run(shell: &Shell, args: BackupArgs) -> Outcome {
    match (args.command, args.file) {
        (Some(BackupCommand::Verify { file }), None) => verify(shell, &file),
        (None, Some(file)) => make(shell, &file),
        (Some(_), Some(_)) | (None, None) => Err("say either `loket backup FILE` or `loket backup verify FILE`".into()),
    }
}

fn make(shell: &Shell, file: &Path) -> Outcome {
    shell.embedded_config("backup")?;
    let data = DataDirectory::find(shell.data())?;
    let bars = StageBars::default();
    let clock = SystemClock::start();
    let serves = Client::connect(data.path())?.is_some();
    let pace = if serves { Pace::beside_server(&clock)? } else { Pace::full(&clock) };
    let made = make_backup(data.path(), file, &pace, Stages::to(&|stage| bars.begin(stage)));
    bars.finish();
    let Made { manifest, key_fault } = made?;
    let master_key_path = data.path().join(KEY_FILE);
    if let Some(fault) = key_fault {
        output::remark(&format!("Warning: {fault}. The backup cannot say which key belongs to it."));
    }
    shell.print(&MadeShown { path: file, manifest: &manifest, master_key_path }, |shown| {
        let key = shown.master_key_path.display();
        format!(
            "{}\n{}\nThe master key is not in the backup. Keep a copy of {key} too, and elsewhere: without it nobody can read the merchants' \
             and suppliers' keys in the backup, and whoever has both can.",
            show::manifest(shown.manifest),
            file.display()
        )
    })
}

fn verify(shell: &Shell, file: &Path) -> Outcome {
    let bars = StageBars::default();
    let inspection = inspect(file, Stages::to(&|stage| bars.begin(stage)));
    bars.finish();
    let inspection = inspection?;
    let shown = InspectionShown {
        path: file,
        manifest: inspection.manifest.as_ref(),
        books_verified: inspection.verification.is_some(),
        faults: &inspection.faults,
    };
    shell.print(&shown, |_| show::inspection(&inspection))?;
    Ok(if inspection.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND_SOMETHING) })
}
