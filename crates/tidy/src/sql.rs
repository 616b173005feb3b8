//! SQL is written in the store and nowhere else.

use crate::finding::Finding;
use crate::rust_source::RustSource;
use crate::tree::File;

/// No string in another crate's source is SQL. A crate's tests, and what is theirs alone, may look at a database from outside, and this one has to
/// name what it looks for.
pub fn only_in_the_store(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let others = |file: &&File| {
        !["crates/store", "crates/throwaway-postgres", "crates/tidy"].iter().any(|home| file.is_under(home))
    };
    for file in files.iter().filter(|file| file.is_rust_source()).filter(others) {
        let strings = RustSource::read(&file.text).strings;
        let lines = (1..).zip(strings.lines()).filter(|(_, line)| is_sql(line));
        findings.extend(lines.map(|(line, _)| Finding::new(&file.path, line, "SQL belongs in crates/store.")));
    }
    findings
}

/// Whether a line of a string has a statement's first words, in capitals as in all our SQL.
fn is_sql(line: &str) -> bool {
    let words: Vec<&str> = line.split(|character: char| !character.is_alphanumeric() && character != '_').collect();
    words.contains(&"SELECT")
        || words.contains(&"UPDATE")
        || words.windows(2).any(|pair| pair == ["INSERT", "INTO"] || pair == ["DELETE", "FROM"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_found(path: &str, text: &str) -> Vec<usize> {
        only_in_the_store(&[File::new(path, text)]).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn sql_outside_the_store_is_caught() {
        for statement in ["SELECT 1", "INSERT INTO orders", "UPDATE orders", "DELETE FROM orders"] {
            let text = format!("fn f() {{\n    run(\"{statement}\");\n}}\n");
            assert_eq!(lines_found("crates/app/src/a.rs", &text), [2], "{statement}");
            assert!(lines_found("crates/store/src/a.rs", &text).is_empty());
            assert!(lines_found("crates/server/tests/a.rs", &text).is_empty());
        }
    }

    #[test]
    fn plain_words_are_not_sql() {
        for line in
            ["// SELECT is what the store does", "f(\"select a product\")", "f(\"SELECTED\")", "f(\"DELETE it\")"]
        {
            assert!(lines_found("crates/app/src/a.rs", line).is_empty(), "{line}");
        }
    }
}
