//! Products as a CSV file: the columns of the demo catalogue, and more.
//!
//! It takes what spreadsheets write: a byte order mark, and semicolons where the country writes commas in numbers. Deliberately absent:
//! XLSX, which comes later.

use std::error::Error;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use super::super::output;
use crate::control::product::ProductRow;

/// In place of a file: stdin or stdout.
const STANDARD: &str = "-";

/// Reads a file's products.
pub fn read(file: &Path) -> Result<Vec<ProductRow>, Box<dyn Error>> {
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
        return Err("XLSX cannot be read yet, it comes later; save the file as CSV".into());
    }
    let mut text = String::new();
    let read = if file == Path::new(STANDARD) {
        io::stdin().lock().read_to_string(&mut text).map(|_| ())
    } else {
        fs::File::open(file).and_then(|mut file| file.read_to_string(&mut text)).map(|_| ())
    };
    read.map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let rows = parse(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(rows)
}

/// Writes products to a new file.
pub fn write(file: &Path, products: &[ProductRow]) -> Result<(), Box<dyn Error>> {
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
        return Err("XLSX cannot be written yet, it comes later; name a .csv".into());
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    for product in products {
        writer.serialize(product)?;
    }
    let bytes = writer.into_inner()?;
    if file == Path::new(STANDARD) {
        output::text(&String::from_utf8(bytes)?)?;
        return Ok(());
    }
    let written =
        OpenOptions::new().write(true).create_new(true).open(file).and_then(|mut file| file.write_all(&bytes));
    written.map_err(|error| format!("{} cannot be written: {error}", file.display()).into())
}

fn parse(text: &str) -> csv::Result<Vec<ProductRow>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let header = text.lines().next().unwrap_or_default();
    let count = |delimiter| header.matches(delimiter).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes())
        .into_deserialize()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_are_understood() {
        let rows = parse("\u{feff}code;type;name;price\r\nTSEL5;prepaid;Telkomsel 5.000;5500\r\n").unwrap();
        assert_eq!((rows[0].code.as_str(), rows[0].price), ("TSEL5", Some(5_500)));
        assert_eq!(rows[0].admin, None);
    }

    #[test]
    fn a_column_that_nobody_knows_is_told() {
        let error = parse("code,colour\nA,green\n").unwrap_err().to_string();
        assert!(error.contains("colour"), "{error}");
    }
}
