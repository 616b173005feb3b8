//! How text is written, in every file that is text.

use crate::finding::Finding;
use crate::tree::File;

/// Where a path of somebody's machine begins. Spelt in two parts, since this file is searched too.
const MACHINES: [&str; 5] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("/tm", "p/wt"),
];

/// Lines end in LF, without white space before it; so does the last one.
pub fn is_clean(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    // A snapshot is what a program printed, as it printed it.
    for file in files.iter().filter(|file| file.extension() != "snap") {
        for (line, text) in (1..).zip(file.text.split('\n')) {
            if text.ends_with('\r') {
                findings.push(Finding::new(&file.path, line, "End the line with LF alone."));
            } else if text.ends_with([' ', '\t']) {
                findings.push(Finding::new(&file.path, line, "Take the white space off the end of the line."));
            }
        }
        if !file.text.is_empty() && !file.text.ends_with('\n') {
            findings.push(Finding::new(&file.path, file.lines().count(), "End the file with a newline."));
        }
    }
    findings
}

/// No file names a place that exists on one machine only.
pub fn names_no_machine(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (line, text) in file.lines() {
            for place in MACHINES.iter().filter(|place| has_path(text, place)) {
                findings.push(Finding::new(
                    &file.path,
                    line,
                    format!("`{place}` is somebody's machine; use a relative path."),
                ));
            }
        }
    }
    findings
}

/// Whether an absolute path begins with `place`; within a longer path or an address it means something else.
fn has_path(text: &str, place: &str) -> bool {
    text.match_indices(place).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|character| character.is_alphanumeric() || "_-.~/$}".contains(character))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_found(rule: fn(&[File]) -> Vec<Finding>, path: &str, text: &str) -> Vec<usize> {
        rule(&[File::new(path, text)]).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn unclean_text_is_caught() {
        assert_eq!(lines_found(is_clean, "a.md", "one\ntwo \n"), [2]);
        assert_eq!(lines_found(is_clean, "a.md", "one\t\ntwo\n"), [1]);
        assert_eq!(lines_found(is_clean, "a.md", "one\r\ntwo\n"), [1]);
        assert_eq!(lines_found(is_clean, "a.md", "one\ntwo"), [2]);
        assert!(lines_found(is_clean, "a.md", "one\n\ntwo\n").is_empty());
        assert!(lines_found(is_clean, "a.snap", "one \n").is_empty());
    }

    #[test]
    fn a_machines_path_is_caught() {
        for place in MACHINES {
            assert_eq!(lines_found(names_no_machine, "a.toml", &format!("\nfile = \"{place}x/y\"\n")), [2]);
            assert!(lines_found(names_no_machine, "a.md", &format!("https://example.com{place}x\n")).is_empty());
        }
    }
}
