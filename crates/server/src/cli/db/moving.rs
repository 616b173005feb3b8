//! `loket db move`: from the data directory's database into PostgreSQL.

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde::Serialize;
use store::{MovedTable, Schema, SqliteFile, UnopenedStore};

use super::super::shell::Shell;
use super::super::stage_bars::StageBars;
use super::super::{FOUND_SOMETHING, Outcome, output};
use crate::config::DatabaseUrl;
use crate::control::{Verified, Verify};
use crate::house::{DataDirectory, Seams};
use crate::stages::Stage;

#[derive(Serialize)]
struct Shown {
    to: String,
    tables: Vec<TableShown>,
    verified: Verified,
}

#[derive(Serialize)]
struct TableShown {
    name: &'static str,
    rows: u64,
    /// As text, since moments add up to more than a number of JSON's holds.
    sums: BTreeMap<&'static str, String>,
}

/// Moves, and holds what is there then against every rule.
pub fn run(shell: &Shell) -> Outcome {
    let config = shell.config()?;
    let DatabaseUrl::Postgres(url) = &config.settings.database_url else {
        return Err("name the PostgreSQL database with --to or LOKET_DATABASE_URL; it must be empty".into());
    };
    let place = config.settings.database_url.to_string();
    let data = DataDirectory::find(shell.data())?;
    let missing = match SqliteFile::within(data.path())? {
        Some(database) => database.schema_state()?.missing,
        None => return Err(format!("there is no database in {} that could be moved", data.path().display()).into()),
    };
    if !missing.is_empty() {
        return Err("the database has an older schema than this program; run `loket db migrate` without LOKET_DATABASE_URL first".into());
    }
    let mut writer_id = [0; 16];
    Seams::system().random.fill(&mut writer_id);
    let bars = StageBars::default();
    let rows = bars.begin(Stage::Items("rows written and compared"));
    let source = UnopenedStore::take_to_move(data.path(), Schema::known())?;
    let moved = source.move_to(url, &place, writer_id, &mut |done, of| rows.tell(done, of));
    bars.finish();
    let moved = moved?;
    let verified = shell.ask_with(Verify {}, &bars.begin(Stage::Items("books verified")));
    bars.finish();
    let shown = Shown { to: place, tables: moved.into_iter().map(shown).collect(), verified: verified? };
    shell.print(&shown, in_words)?;
    Ok(if shown.verified.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND_SOMETHING) })
}

fn shown(table: MovedTable) -> TableShown {
    let sums = table.sums.into_iter().map(|(column, sum)| (column, sum.to_string())).collect();
    TableShown { name: table.name, rows: table.rows, sums }
}

fn in_words(shown: &Shown) -> String {
    let rows = shown.tables.iter().map(|table| {
        let columns = table.sums.len();
        [table.name.to_owned(), table.rows.to_string(), table.rows.to_string(), format!("{columns} columns, all equal")]
    });
    let table = output::table(["TABLE", "ROWS HERE", "ROWS THERE", "SUMS"], rows);
    let outcome = if shown.verified.findings.is_empty() {
        "Every row was read back and is the same, and every rule holds there. Start the server with the same LOKET_DATABASE_URL, and keep \
         this data directory: the master key is in it."
            .to_owned()
    } else {
        let broken = shown.verified.findings.iter().map(|finding| [finding.rule.clone(), finding.place.clone()]);
        format!(
            "Every row was read back and is the same, but something was wrong in the books already:\n\n{}",
            output::table(["BROKEN RULE", "WHERE"], broken)
        )
    };
    format!("{table}\n\nMoved to {}. {outcome}", shown.to)
}
