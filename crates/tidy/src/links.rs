//! Links between the documents lead somewhere.

use crate::finding::Finding;
use crate::tree::File;

/// Every relative link of a Markdown file points to a file or directory of this repository.
pub fn lead_somewhere(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.extension() == "md") {
        let mut in_code = false;
        for (line, text) in file.lines() {
            in_code ^= text.trim_start().starts_with("```");
            if in_code {
                continue;
            }
            for target in targets(text).into_iter().filter(|target| is_relative(target)) {
                if !exists(files, &file.path, target) {
                    findings.push(Finding::new(&file.path, line, format!("`{target}` does not exist.")));
                }
            }
        }
    }
    findings
}

/// What the links of a line point to: `[text](target "title")`, and `[name]: target`. Code between backticks has none.
fn targets(line: &str) -> Vec<&str> {
    let prose = || line.split('`').step_by(2);
    // A link's text may be code, so that its target begins the next piece.
    let inline =
        prose().flat_map(|piece| piece.match_indices("](").filter_map(|(at, mark)| piece.get(at + mark.len()..)));
    let definition = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, target)| target);
    inline.chain(definition).filter_map(first_word).collect()
}

fn first_word(text: &str) -> Option<&str> {
    let end = text.find([')', ' ']).unwrap_or(text.len());
    text.get(..end).map(|target| target.trim_matches(['<', '>']))
}

fn is_relative(target: &str) -> bool {
    !target.is_empty() && !target.starts_with('#') && !target.contains("://") && !target.starts_with("mailto:")
}

fn exists(files: &[File], from: &str, target: &str) -> bool {
    let path = target.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            // A link that leaves the repository leads nowhere.
            ".." if parts.pop().is_none() => return false,
            "" | "." | ".." => {}
            name => parts.push(name),
        }
    }
    let path = parts.join("/");
    path.is_empty() || files.iter().any(|file| file.path == path || file.is_under(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dead(text: &str) -> Vec<usize> {
        let files =
            [File::new("docs/guide/start.md", text), File::new("docs/contract/api.md", ""), File::new("test", "")];
        lead_somewhere(&files).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_dead_link_is_caught() {
        let offenders = [
            "[a](gone.md)",
            "[a](../gone.md#part)",
            "see [`a`](gone.md) and [b](../contract/api.md)",
            "![picture](gone.png \"title\")",
            "[a]: gone.md",
            "[a](../../../shared/api.md)",
            "[a](/gone)",
        ];
        for offender in offenders {
            assert_eq!(dead(&format!("# Title\n{offender}\n")), [2], "{offender}");
        }
    }

    #[test]
    fn a_good_link_is_left_alone() {
        let good = [
            "[a](../contract/api.md#part)",
            "[a](<../contract/>)",
            "[a](../../test)",
            "[a](/docs/guide)",
            "[a](#here) [b](https://example.com/x) [c](mailto:a@example.com)",
            "`[a](gone.md)`",
            "```\n[a](gone.md)\n```",
        ];
        for line in good {
            assert!(dead(line).is_empty(), "{line}");
        }
    }
}
