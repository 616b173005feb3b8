//! Rows of text under a header: what a CSV file and a spreadsheet have in common, and where products are read from.
//!
//! Guarantees that both are read by the same rules, and that whatever can't be read is named by row and column.

use csv::{DeserializeErrorKind, ErrorKind, StringRecord};

use crate::control::product::ProductRow;

/// As many products as nobody sells; more rows are another file by mistake.
const MAX_ROWS: usize = 100_000;

/// Rows in their order; the first that isn't blank is the header.
pub struct Table {
    /// Where it stands, if its file has several.
    sheet: Option<String>,
    header: Option<StringRecord>,
    /// Each with its number in the file.
    rows: Vec<(u64, StringRecord)>,
}

impl Table {
    /// Without rows yet.
    pub const fn new(sheet: Option<String>) -> Self {
        Self { sheet, header: None, rows: Vec::new() }
    }

    /// Adds the row with this number in the file; a blank one is none.
    pub fn add(&mut self, row: u64, cells: StringRecord) -> Result<(), String> {
        let Some(last) = (0..cells.len()).rfind(|&at| cells.get(at) != Some("")) else {
            return Ok(());
        };
        let Some(header) = &self.header else {
            self.header = Some(cells);
            return Ok(());
        };
        if last >= header.len() {
            return Err(self.fault(row, Some(last), "there is a value, but its column has no name"));
        }
        if self.rows.len() == MAX_ROWS {
            return Err(self.fault(row, None, &format!("there are more than {MAX_ROWS} products")));
        }
        let padded = (0..header.len()).map(|column| cells.get(column).unwrap_or_default()).collect();
        self.rows.push((row, padded));
        Ok(())
    }

    /// Says what is wrong, and where.
    pub fn fault(&self, row: u64, column: Option<usize>, sentence: &str) -> String {
        let sheet = self.sheet.as_ref().map(|sheet| format!("sheet {sheet}, ")).unwrap_or_default();
        let named = |at: usize| {
            let name = self.header.as_ref().and_then(|header| header.get(at)).filter(|name| !name.is_empty());
            name.map_or_else(|| (at + 1).to_string(), str::to_owned)
        };
        let column = column.map(|at| format!(", column {}", named(at))).unwrap_or_default();
        format!("{sheet}row {row}{column}: {sentence}")
    }

    /// Its rows as products.
    pub fn products(&self) -> Result<Vec<ProductRow>, String> {
        let header = self.header.clone().unwrap_or_default();
        let read = |(row, cells): &(u64, StringRecord)| {
            cells.deserialize(Some(&header)).map_err(|error| {
                let column = column_at_fault(&header, cells);
                let cell = column.and_then(|at| cells.get(at)).unwrap_or_default();
                self.fault(*row, column, &in_words(&error, cell))
            })
        };
        self.rows.iter().map(read).collect()
    }
}

/// Which cell is to blame: the first that can't be read even when it stands alone beside a code.
fn column_at_fault(header: &StringRecord, cells: &StringRecord) -> Option<usize> {
    header.iter().zip(cells).position(|(name, cell)| {
        let (names, cells) =
            if name == "code" { (vec![name], vec![cell]) } else { (vec!["code", name], vec!["-", cell]) };
        StringRecord::from(cells).deserialize::<ProductRow>(Some(&StringRecord::from(names))).is_err()
    })
}

fn in_words(error: &csv::Error, cell: &str) -> String {
    match error.kind() {
        ErrorKind::Deserialize { err, .. } => match err.kind() {
            DeserializeErrorKind::ParseInt(_) => format!("`{cell}` is no whole number that fits here"),
            DeserializeErrorKind::ParseBool(_) => format!("`{cell}` is neither true nor false"),
            kind => kind.to_string(),
        },
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(rows: &[&[&str]]) -> String {
        let mut table = Table::new(Some("Harga".to_owned()));
        let added = (1..).zip(rows).try_for_each(|(row, cells)| table.add(row, StringRecord::from(cells.to_vec())));
        added.and_then(|()| table.products()).unwrap_err()
    }

    #[test]
    fn faults_are_named_by_row_and_column() {
        let header: &[&str] = &["code", "type", "price", "demo"];
        let cases: [(&[&str], &str); 5] = [
            (&["A", "prepaid", "25.000", ""], "price: `25.000` is no whole number that fits here"),
            (&["A", "prepaid", "", "ya"], "demo: `ya` is neither true nor false"),
            (&["A", "pulsa", "", ""], "type: unknown variant `pulsa`"),
            (&["A", "", "", "", "x"], "5: there is a value, but its column has no name"),
            (&["A", "", "99999999999999999999", ""], "price: `99999999999999999999` is no whole number"),
        ];
        for (cells, expected) in cases {
            let fault = fault(&[header, &["", ""], cells]);
            assert!(fault.starts_with(&format!("sheet Harga, row 3, column {expected}")), "{fault}");
        }
    }

    #[test]
    fn columns_that_nobody_knows_or_that_are_there_twice_are_told() {
        let unknown = fault(&[&["code", "colour"], &["A", "green"]]);
        assert!(unknown.starts_with("sheet Harga, row 2, column colour: unknown field `colour`"), "{unknown}");
        let twice = fault(&[&["code", "price", "price"], &["A", "1", "2"]]);
        assert_eq!(twice, "sheet Harga, row 2: duplicate field `price`");
        let without = fault(&[&["price"], &["1"]]);
        assert_eq!(without, "sheet Harga, row 2: missing field `code`");
    }

    #[test]
    fn an_empty_table_has_no_products() {
        assert_eq!(Table::new(None).products(), Ok(Vec::new()));
    }
}
