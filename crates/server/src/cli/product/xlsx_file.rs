//! Products as a spreadsheet: the first sheet, with the columns of the CSV file.
//!
//! A spreadsheet has only fractions for numbers, and turns codes into them: a number is taken by its digits, and only if it is whole and
//! none of its digits were lost. Formulas count as what they last were. Deliberately absent: a limit on what a file unpacks to, since it
//! is the operator's own.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};
use csv::StringRecord;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::{Map, Value};

use super::table::Table;
use crate::control::product::ProductRow;

/// What the sheet that we write is called.
const SHEET: &str = "Products";
/// How many digits of a number a spreadsheet keeps.
const DIGITS_KEPT: usize = 15;
/// More than there are columns with a meaning.
const MAX_COLUMNS: u32 = 256;

/// Reads the rows of the first sheet.
pub fn parse(bytes: &[u8]) -> Result<Table, Box<dyn Error>> {
    let mut workbook = Xlsx::new(Cursor::new(bytes))?;
    let sheet = workbook.sheet_names().into_iter().next().ok_or("there is no sheet in it")?;
    let mut cells = workbook.worksheet_cells_reader(&sheet)?;
    let mut table = Table::new(Some(sheet));
    // By row and column: a file may have its cells in any order.
    let mut rows: BTreeMap<u32, BTreeMap<u32, Result<String, &str>>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        if *cell.get_value() != DataRef::Empty {
            if column >= MAX_COLUMNS {
                let last = usize::try_from(column)?;
                return Err(table.fault(u64::from(row) + 1, Some(last), "products have no such column").into());
            }
            rows.entry(row).or_default().insert(column, text_of(cell.get_value()));
        }
    }
    for (row, cells) in rows {
        let number = u64::from(row) + 1;
        let mut record = StringRecord::new();
        for column in 0..=cells.keys().next_back().copied().unwrap_or_default() {
            match cells.get(&column) {
                Some(Ok(text)) => record.push_field(text.trim()),
                Some(Err(sentence)) => return Err(table.fault(number, Some(record.len()), sentence).into()),
                None => record.push_field(""),
            }
        }
        table.add(number, record)?;
    }
    Ok(table)
}

/// Writes products as a spreadsheet with one sheet.
pub fn format(products: &[ProductRow]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name(SHEET)?.set_freeze_panes(1, 0)?;
    for (row, product) in (1..).zip(products) {
        let Value::Object(cells) = serde_json::to_value(product)? else {
            return Err("a product has no columns".into());
        };
        if row == 1 {
            write_header(sheet, &cells)?;
        }
        for (column, value) in (0..).zip(cells.values()) {
            write_cell(sheet, row, column, value)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// The text of a cell as it would stand in CSV, or why it has none.
fn text_of(value: &DataRef<'_>) -> Result<String, &'static str> {
    match value {
        DataRef::Int(number) => Ok(number.to_string()),
        DataRef::Float(number) => whole(*number),
        DataRef::String(text) => Ok(text.clone()),
        DataRef::SharedString(text) => Ok((*text).to_owned()),
        DataRef::Bool(value) => Ok(value.to_string()),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            Err("there is a date or a time; write it as text")
        }
        DataRef::Error(_) => Err("there is a formula that failed"),
        DataRef::Empty => Ok(String::new()),
    }
}

/// The digits of a whole number. They are those of the shortest text that reads as the same number, so nothing is computed with it.
fn whole(number: f64) -> Result<String, &'static str> {
    let text = number.to_string();
    let digits = text.strip_prefix('-').unwrap_or(&text);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Err("there is a number that isn't whole")
    } else if digits.len() > DIGITS_KEPT {
        Err("there is a number of more than 15 digits, of which spreadsheets lose the last; write it as text")
    } else {
        Ok(text)
    }
}

/// The names, and columns of text that stay text: a code typed in below keeps its zeros.
fn write_header(sheet: &mut Worksheet, cells: &Map<String, Value>) -> Result<(), Box<dyn Error>> {
    let (bold, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    for (column, (name, value)) in (0..).zip(cells) {
        if value.is_string() {
            sheet.set_column_format(column, &text)?;
        }
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, value: &Value) -> Result<(), Box<dyn Error>> {
    match value {
        Value::Number(number) => match number.as_f64().filter(|number| whole(*number).is_ok()) {
            Some(number) => sheet.write_number(row, column, number)?,
            None => sheet.write_string(row, column, number.to_string())?,
        },
        Value::Bool(value) => sheet.write_boolean(row, column, *value)?,
        Value::String(text) => sheet.write_string(row, column, text)?,
        Value::Null | Value::Array(_) | Value::Object(_) => sheet,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The products of a spreadsheet with this header and one row, which `write` fills.
    fn products(header: &[&str], write: impl FnOnce(&mut Worksheet)) -> Result<Vec<ProductRow>, String> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("Harga").unwrap();
        sheet.write_row(0, 0, header.iter().copied()).unwrap();
        write(sheet);
        workbook.add_worksheet().set_name("Lain").unwrap().write_string(0, 0, "nonsense").unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        parse(&bytes).map_err(|error| error.to_string()).and_then(|table| table.products())
    }

    /// What is wrong with a number as a price.
    fn price_fault(number: f64) -> String {
        products(&["code", "price"], |sheet| {
            sheet.write_string(1, 0, "A").unwrap();
            sheet.write_number(1, 1, number).unwrap();
        })
        .unwrap_err()
    }

    #[test]
    fn numbers_that_a_spreadsheet_made_of_codes_and_amounts_are_read_by_their_digits() {
        let rows = products(&["code", "price", "sku", "demo", "name", "cost"], |sheet| {
            sheet.write_number(1, 0, 12_345).unwrap();
            sheet.write_number(1, 1, 25_000.0).unwrap();
            sheet.write_string(1, 2, " 007 ").unwrap();
            sheet.write_boolean(1, 3, true).unwrap();
            sheet.write_number(1, 4, 999_999_999_999_999.0).unwrap();
            sheet.write_string(1, 5, "24500").unwrap();
        })
        .unwrap();
        let expected = ProductRow {
            code: "12345".to_owned(),
            price: Some(25_000),
            sku: Some("007".to_owned()),
            demo: Some(true),
            name: Some("999999999999999".to_owned()),
            cost: Some(24_500),
            ..ProductRow::default()
        };
        assert_eq!(rows, [expected]);
    }

    #[test]
    fn a_number_that_is_no_amount_is_named_by_sheet_row_and_column() {
        for number in [25_000.5, 25_000.000_000_000_004, 0.1, 1e-9] {
            assert_eq!(price_fault(number), "sheet Harga, row 2, column price: there is a number that isn't whole");
        }
        for number in [1e15, 1e300, -1e16] {
            let fault = price_fault(number);
            assert!(fault.starts_with("sheet Harga, row 2, column price: there is a number of more than"), "{fault}");
        }
    }

    #[test]
    fn empty_cells_and_rows_are_absent() {
        let rows = products(&["code", "price", "name"], |sheet| {
            sheet.write_string(4, 0, "A").unwrap();
            sheet.write_string(4, 2, "  ").unwrap();
        })
        .unwrap();
        assert_eq!(rows, [ProductRow { code: "A".to_owned(), ..ProductRow::default() }]);
    }

    #[test]
    fn a_far_cell_costs_no_more_than_a_near_one() {
        let fault = products(&["code"], |sheet| {
            sheet.write_string(1_048_575, 16_383, "far").unwrap();
        });
        assert_eq!(fault.unwrap_err(), "sheet Harga, row 1048576, column 16384: products have no such column");
    }

    #[test]
    fn a_date_is_no_amount() {
        let fault = products(&["code", "price"], |sheet| {
            let date = Format::new().set_num_format("dd/mm/yyyy");
            sheet.write_string(1, 0, "A").unwrap();
            sheet.write_number_with_format(1, 1, 45_000, &date).unwrap();
        });
        assert_eq!(fault.unwrap_err(), "sheet Harga, row 2, column price: there is a date or a time; write it as text");
    }

    #[test]
    fn what_is_no_spreadsheet_is_refused() {
        for bytes in [&b""[..], b"code,price\nA,1\n", b"PK\x03\x04"] {
            assert!(parse(bytes).is_err());
        }
    }

    #[test]
    fn products_are_read_as_they_are_written() {
        let row = ProductRow {
            code: "007".to_owned(),
            name: Some("=1+1".to_owned()),
            price: Some(i64::MAX),
            cost: Some(21_000),
            demo: Some(false),
            ..ProductRow::default()
        };
        let written = format(std::slice::from_ref(&row)).unwrap();
        assert_eq!(parse(&written).unwrap().products().unwrap(), [row]);
        assert_eq!(parse(&format(&[]).unwrap()).unwrap().products(), Ok(Vec::new()));
    }
}
