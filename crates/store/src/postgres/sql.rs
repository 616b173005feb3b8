//! The statements that follow from a table's layout. Rows go in as arrays, one a column.

use crate::rows::{Kind, Layout};

/// Finds the rows with these keys.
pub fn load(layout: &Layout) -> String {
    format!("{} ON {}", found(layout, layout.key), matches(layout, layout.key, "wanted"))
}

/// Finds the rows with these keys and locks them, in the order of the keys, so that two batches never wait for each other.
pub fn lock(layout: &Layout) -> String {
    let name = layout.table.name;
    let order: Vec<String> = layout.key.iter().map(|column| format!("{name}.{}", quoted(column))).collect();
    format!("{} ORDER BY {} FOR UPDATE OF {name}", load(layout), order.join(", "))
}

/// Finds the rows whose key begins with these, `columns` long.
pub fn load_parts(layout: &Layout, columns: usize) -> String {
    let key = &layout.key[..columns];
    format!("{} ON {}", found(layout, key), matches(layout, key, "wanted"))
}

/// Deletes the rows whose key begins with these, `columns` long.
pub fn delete_parts(layout: &Layout, columns: usize) -> String {
    let (name, key) = (layout.table.name, &layout.key[..columns]);
    format!("DELETE FROM {name} USING {} WHERE {}", arrays(layout, key, "wanted"), matches(layout, key, "wanted"))
}

/// Adds rows.
pub fn insert(layout: &Layout) -> String {
    let columns: Vec<&str> = layout.columns.iter().map(|(column, _)| *column).collect();
    format!(
        "INSERT INTO {} ({}) SELECT {} FROM {}",
        layout.table.name,
        list(&columns, ""),
        list(&columns, "new."),
        arrays(layout, &columns, "new"),
    )
}

/// Writes every column of rows that stand there already.
pub fn update(layout: &Layout) -> String {
    let columns: Vec<&str> = layout.columns.iter().map(|(column, _)| *column).collect();
    format!(
        "UPDATE {} SET {} FROM {} WHERE {}",
        layout.table.name,
        assignments(layout, "new."),
        arrays(layout, &columns, "new"),
        matches(layout, layout.key, "new"),
    )
}

/// Adds rows, or writes every column of those that stand there already.
pub fn put(layout: &Layout) -> String {
    format!(
        "{} ON CONFLICT ({}) DO UPDATE SET {}",
        insert(layout),
        list(layout.key, ""),
        assignments(layout, "excluded.")
    )
}

/// All columns, as they are read.
pub fn columns(layout: &Layout) -> String {
    let columns: Vec<&str> = layout.columns.iter().map(|(column, _)| *column).collect();
    list(&columns, &format!("{}.", layout.table.name))
}

fn found(layout: &Layout, key: &[&str]) -> String {
    let name = layout.table.name;
    format!("SELECT {} FROM {} JOIN {name}", columns(layout), arrays(layout, key, "wanted"))
}

/// The parameters from `$1` on, as a table with these columns.
fn arrays(layout: &Layout, columns: &[&str], alias: &str) -> String {
    let types: Vec<String> =
        (1..).zip(columns).map(|(number, column)| format!("${number}::{}[]", type_of(layout.kind(column)))).collect();
    format!("unnest({}) AS {alias} ({})", types.join(", "), list(columns, ""))
}

fn matches(layout: &Layout, key: &[&str], alias: &str) -> String {
    let name = layout.table.name;
    let equal = |column: &&str| format!("{name}.{0} = {alias}.{0}", quoted(column));
    key.iter().map(equal).collect::<Vec<_>>().join(" AND ")
}

fn assignments(layout: &Layout, from: &str) -> String {
    let others = layout.columns.iter().map(|(column, _)| column).filter(|column| !layout.key.contains(column));
    others.map(|column| format!("{0} = {from}{0}", quoted(column))).collect::<Vec<_>>().join(", ")
}

fn list(columns: &[&str], before: &str) -> String {
    columns.iter().map(|column| format!("{before}{}", quoted(column))).collect::<Vec<_>>().join(", ")
}

/// The only column of ours that is a word of SQL's.
fn quoted(column: &str) -> &str {
    if column == "user" { "\"user\"" } else { column }
}

const fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "bigint",
        Kind::Text => "text",
        Kind::Bytes => "bytea",
        Kind::Flag => "boolean",
    }
}
