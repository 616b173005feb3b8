//! `loket restore`: the database of a backup, put into a directory that has none.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::Outcome;
use super::backup::show_manifest;
use super::shell::Shell;
use super::stage_bars::StageBars;
use crate::backup::{KeyState, Manifest, Restored, restore};
use crate::house::KEY_FILE;
use crate::stages::Stages;

/// Put the database of a backup into the data directory; never overwrites one
///
/// The backup is verified first. It has no master key: put the one that belongs to it into the data directory, before or afterwards.
#[derive(Args)]
pub struct RestoreArgs {
    /// The backup
    file: PathBuf,
}

#[derive(Serialize)]
struct Shown<'a> {
    data: &'a Path,
    #[serde(flatten)]
    manifest: &'a Manifest,
    master_key_path: PathBuf,
    master_key_state: &'static str,
}

/// Verifies and restores.
pub fn run(shell: &Shell, args: &RestoreArgs) -> Outcome {
    shell.embedded_config("restore")?;
    let bars = StageBars::default();
    let restored = restore(&args.file, shell.data(), Stages::to(&|stage| bars.begin(stage)));
    bars.finish();
    let Restored { manifest, key } = restored?;
    let shown = Shown {
        data: shell.data(),
        manifest: &manifest,
        master_key_path: shell.data().join(KEY_FILE),
        master_key_state: match key {
            KeyState::Fits => "fits",
            KeyState::Missing => "missing",
            KeyState::Unknown => "unknown",
        },
    };
    shell.print(&shown, |shown| in_words(shown, key))
}

fn in_words(shown: &Shown<'_>, key: KeyState) -> String {
    let path = shown.master_key_path.display();
    let key = match key {
        KeyState::Fits => "The master key that is there fits.".to_owned(),
        KeyState::Missing => format!(
            "The master key is missing: put the one that is called {} there as {path}, and run: chmod 600 {path}",
            shown.manifest.master_key.as_deref().unwrap_or_default()
        ),
        KeyState::Unknown => {
            format!("The backup does not say which master key belongs to it; put the right one there as {path}.")
        }
    };
    let Shown { manifest, data, .. } = shown;
    format!(
        "{}\nThe database is in {}. {key}\n\nBefore you open the doors (docs/operations.md, \"After a restore\"):\n  \
         - What happened after {} WIB is not in the books: orders that suppliers did, deposits, new merchants and keys. Compare with the \
         suppliers' lists and the bank's first, or bills are paid twice.\n  \
         - {} orders are pending: the server asks their suppliers about them by itself.\n  \
         - Webhooks that were delivered after that moment may come again, under the same webhook-id.\n  \
         - Set the clock right before the server starts: new order numbers go on from it. Then run: loket doctor",
        show_manifest(manifest),
        data.display(),
        manifest.made_at,
        manifest.pending_orders,
    )
}
