//! The shape of the source: small files that say what they are, with names that mean something.

use crate::finding::Finding;
use crate::rust_source::RustSource;
use crate::tree::File;

/// A file that is longer has more than one subject.
const MAX_LINES: usize = 600;

/// Names that fit anything, and so say nothing.
const EMPTY_NAMES: [&str; 10] =
    ["common", "helper", "helpers", "manager", "managers", "misc", "service", "services", "util", "utils"];

/// No source file is too long to be read in one go.
pub fn files_are_short(files: &[File]) -> Vec<Finding> {
    let code = |file: &&File| {
        file.is_under("crates") && file.path.contains("/src/") && ["rs", "sql"].contains(&file.extension())
    };
    files
        .iter()
        .filter(code)
        .filter_map(|file| {
            let lines = file.lines().count();
            let sentence = format!("{lines} lines; split it by subject, {MAX_LINES} is the limit.");
            (lines > MAX_LINES).then(|| Finding::new(&file.path, lines, sentence))
        })
        .collect()
}

/// Every source file begins by saying what it is.
pub fn files_begin_with_their_purpose(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| file.is_rust_source() && !file.text.starts_with("//! "))
        .map(|file| Finding::new(&file.path, 1, "Begin with a `//!` that says what this file is for."))
        .collect()
}

/// `ledger.rs` beside `ledger/`, so that no two tabs in an editor bear the same name.
pub fn no_mod_rs(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| file.name() == "mod.rs")
        .map(|file| Finding::new(&file.path, 1, "Name it after its directory, beside that directory."))
        .collect()
}

/// No file, directory or module has a name that fits anything.
pub fn names_say_something(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is_under("crates")) {
        for part in file.path.split('/').map(|part| part.split('.').next().unwrap_or_default()) {
            if EMPTY_NAMES.contains(&part) {
                findings.push(Finding::new(&file.path, 1, empty_name(part)));
            }
        }
        if file.extension() == "rs" {
            findings.extend(modules(file).into_iter().filter_map(|(line, name)| {
                EMPTY_NAMES.contains(&name.as_str()).then(|| Finding::new(&file.path, line, empty_name(&name)))
            }));
        }
    }
    findings
}

fn empty_name(name: &str) -> String {
    format!("`{name}` fits anything; name it after what is in it.")
}

/// The modules that a file declares, each with its line.
fn modules(file: &File) -> Vec<(usize, String)> {
    let code = RustSource::read(&file.text).code;
    let declared = |line: &str| {
        let (before, after) = line.split_once("mod ")?;
        let name = after.split(|character: char| !character.is_alphanumeric() && character != '_').next()?;
        (before.is_empty() || before.ends_with(' ')).then(|| name.to_owned())
    };
    (1..).zip(code.lines()).filter_map(|(line, text)| Some((line, declared(text)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_found(rule: fn(&[File]) -> Vec<Finding>, path: &str, text: &str) -> Vec<usize> {
        rule(&[File::new(path, text)]).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_long_file_is_caught() {
        let long = "// a line\n".repeat(MAX_LINES + 1);
        assert_eq!(lines_found(files_are_short, "crates/app/src/a.rs", &long), [MAX_LINES + 1]);
        assert!(lines_found(files_are_short, "crates/app/src/a.csv", &long).is_empty());
        assert!(lines_found(files_are_short, "crates/app/src/a.rs", &"// a line\n".repeat(MAX_LINES)).is_empty());
    }

    #[test]
    fn a_file_without_its_purpose_is_caught() {
        assert_eq!(lines_found(files_begin_with_their_purpose, "crates/app/src/a.rs", "use std;\n"), [1]);
        assert!(lines_found(files_begin_with_their_purpose, "crates/app/src/a.rs", "//! What it is.\n").is_empty());
    }

    #[test]
    fn a_mod_rs_is_caught() {
        assert_eq!(lines_found(no_mod_rs, "crates/app/src/workers/mod.rs", "//! Workers.\n"), [1]);
        assert!(lines_found(no_mod_rs, "crates/app/src/workers.rs", "//! Workers.\n").is_empty());
    }

    #[test]
    fn an_empty_name_is_caught() {
        assert_eq!(lines_found(names_say_something, "crates/app/src/utils.rs", ""), [1]);
        assert_eq!(lines_found(names_say_something, "crates/app/tests/common/server.rs", ""), [1]);
        assert_eq!(lines_found(names_say_something, "crates/app/src/a.rs", "\npub mod helpers {\n"), [2]);
        assert!(lines_found(names_say_something, "crates/app/src/a.rs", "mod uncommon; // mod utils;\n").is_empty());
        assert!(lines_found(names_say_something, "docs/common/a.md", "").is_empty());
    }
}
