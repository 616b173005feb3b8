//! Products in a file: a spreadsheet if it is named `.xlsx`, else CSV; `-` is stdin or stdout, as CSV.

use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use super::super::output;
use super::{csv_file, xlsx_file};
use crate::control::product::ProductRow;

/// In place of a file: stdin or stdout.
const STANDARD: &str = "-";
/// The largest catalogue is a hundredth of it; more is another file by mistake.
const MAX_BYTES: u64 = 16 << 20;
/// Spreadsheets of other kinds, which would only look like broken CSV.
const OTHER_KINDS: [&str; 5] = ["numbers", "ods", "xls", "xlsb", "xlsm"];

/// How products are written in a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Csv,
    Xlsx,
}

/// Reads a file's products.
pub fn read(file: &Path) -> Result<Vec<ProductRow>, Box<dyn Error>> {
    let kind = kind_of(file)?;
    let bytes = contents(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let table = match kind {
        Kind::Csv => csv_file::parse(&bytes),
        Kind::Xlsx => xlsx_file::parse(&bytes),
    };
    let rows = table.and_then(|table| Ok(table.products()?));
    rows.map_err(|error| format!("{}: {error}", file.display()).into())
}

/// Writes products to a new file.
pub fn write(file: &Path, products: &[ProductRow]) -> Result<(), Box<dyn Error>> {
    let bytes = match kind_of(file)? {
        Kind::Csv => csv_file::format(products)?,
        Kind::Xlsx => xlsx_file::format(products)?,
    };
    if file == Path::new(STANDARD) {
        output::text(&String::from_utf8(bytes)?)?;
        return Ok(());
    }
    let written =
        OpenOptions::new().write(true).create_new(true).open(file).and_then(|mut file| file.write_all(&bytes));
    written.map_err(|error| format!("{} cannot be written: {error}", file.display()).into())
}

fn kind_of(file: &Path) -> Result<Kind, String> {
    let extension = file.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("xlsx") => Ok(Kind::Xlsx),
        Some(other) if OTHER_KINDS.contains(&other) => {
            Err(format!("{}: only .xlsx and .csv are understood; save it as one of them", file.display()))
        }
        _ => Ok(Kind::Csv),
    }
}

fn contents(file: &Path) -> io::Result<Vec<u8>> {
    let source: Box<dyn Read> =
        if file == Path::new(STANDARD) { Box::new(io::stdin()) } else { Box::new(File::open(file)?) };
    let mut bytes = Vec::new();
    // One byte more than is allowed tells that there is more.
    if source.take(MAX_BYTES + 1).read_to_end(&mut bytes)? as u64 > MAX_BYTES {
        return Err(io::Error::other("it is larger than 16 MiB"));
    }
    Ok(bytes)
}
