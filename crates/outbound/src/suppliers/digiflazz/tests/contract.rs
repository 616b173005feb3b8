//! The samples and the code list as they stand in the contract.

use serde_json::Value;

const CONTRACT: &str = include_str!("../../../../../../docs/contract/suppliers/digiflazz.md");

/// The JSON text between the backticks of the line that begins so; of several, the one with this index.
pub fn text(line_begins: &str, index: usize) -> &'static str {
    let line = CONTRACT.lines().find(|line| line.starts_with(line_begins)).unwrap();
    line.split('`').skip(1).step_by(2).filter(|code| code.starts_with('{')).nth(index).unwrap()
}

/// The same, read.
pub fn json(line_begins: &str, index: usize) -> Value {
    serde_json::from_str(text(line_begins, index)).unwrap()
}

/// The lines of the section *desc shapes*: a family and its documented `desc`.
pub fn shapes() -> Vec<(&'static str, &'static str)> {
    let section =
        CONTRACT.split_once("### desc shapes").unwrap().1.split_once("###").map(|(section, _)| section).unwrap();
    let lines = section.lines().filter_map(|line| line.strip_prefix("- ")?.split_once(": `"));
    lines
        .map(|(family, rest)| (family, rest.split('`').next().unwrap()))
        .filter(|(_, desc)| desc.starts_with('{'))
        .collect()
}

/// The code list: code, message, status, and whether a transaction was made.
pub fn codes() -> Vec<[&'static str; 4]> {
    let section = CONTRACT.split_once("### rc list").unwrap().1;
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.take_while(|row| row.starts_with("| "))
        .map(|row| row.split('|').map(str::trim).collect::<Vec<_>>()[1..5].try_into().unwrap())
        .take_while(|[code, ..]: &[&str; 4]| code.len() == 2)
        .collect()
}
