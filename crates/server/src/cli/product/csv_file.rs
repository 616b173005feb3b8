//! Products as CSV: the columns of the demo catalogue, and more.
//!
//! It takes what spreadsheets write: a byte order mark, and semicolons where the country writes commas in numbers.

use std::error::Error;

use super::table::Table;
use crate::control::product::ProductRow;

/// Reads the rows of a text.
pub fn parse(bytes: &[u8]) -> Result<Table, Box<dyn Error>> {
    let text = str::from_utf8(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let header = text.lines().next().unwrap_or_default();
    let count = |delimiter| header.matches(delimiter).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    let reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut table = Table::new(None);
    for record in reader.into_records() {
        let record = record?;
        table.add(record.position().map_or(0, csv::Position::line), record)?;
    }
    Ok(table)
}

/// Writes products as a text.
pub fn format(products: &[ProductRow]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for product in products {
        writer.serialize(product)?;
    }
    Ok(writer.into_inner()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_are_understood() {
        let text = "\u{feff}code;type;name;price\r\nTSEL5;prepaid;Telkomsel 5.000;5500\r\n;;;\r\n";
        let rows = parse(text.as_bytes()).unwrap().products().unwrap();
        assert_eq!((rows.len(), rows[0].code.as_str(), rows[0].price), (1, "TSEL5", Some(5_500)));
        assert_eq!(rows[0].admin, None);
    }

    #[test]
    fn a_row_is_named_by_its_line() {
        let fault = parse(b"code,price\n\nA,1\nB,x\n").unwrap().products().unwrap_err();
        assert!(fault.starts_with("row 4, column price: "), "{fault}");
    }
}
