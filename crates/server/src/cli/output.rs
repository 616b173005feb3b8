//! The one place that prints: data to stdout, complaints to stderr.

use std::error::Error;
use std::io::{self, Write};

use comfy_table::{Table, presets};
use domain::money::Rupiah;
use serde::Serialize;

/// Prints a text and ends its last line.
pub fn text(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// Prints one line of JSON.
pub fn json(value: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_string(value)?;
    line.push('\n');
    text(&line)
}

/// Says why something failed.
pub fn complain(error: &(dyn Error + 'static)) {
    // Where even stderr is closed there is nobody left to tell.
    let _ = writeln!(io::stderr().lock(), "loket: {error}");
}

/// Says something that isn't data.
pub fn remark(remark: &str) {
    let _ = writeln!(io::stderr().lock(), "{remark}");
}

/// A table without lines, which people and `awk` can read.
pub fn table<const COLUMNS: usize>(
    header: [&str; COLUMNS],
    rows: impl IntoIterator<Item = [String; COLUMNS]>,
) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header);
    for row in rows {
        table.add_row(row);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

/// Names and values, one a line; what has no value is left out.
pub fn list(lines: &[(&str, Option<String>)]) -> String {
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    lines.iter().filter_map(|(name, value)| Some(format!("{name:width$}  {}\n", value.as_ref()?))).collect()
}

/// An amount as people write it.
pub fn rupiah(amount: i64) -> String {
    Rupiah::new(amount).map_or_else(|| amount.to_string(), |amount| amount.to_string())
}

/// A value that may be missing, in a table.
pub fn or_dash(value: Option<&str>) -> String {
    value.unwrap_or("-").to_owned()
}
