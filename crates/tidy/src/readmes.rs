//! The English and the Indonesian README tell the same story.

use crate::finding::Finding;
use crate::tree::File;

const ENGLISH: &str = "README.md";
const INDONESIAN: &str = "README.id.md";

/// If there is one there is the other, and their headings are as many and as deep, in the same order.
pub fn are_two_of_a_kind(files: &[File]) -> Vec<Finding> {
    let find = |path| files.iter().find(|file| file.path == path);
    match (find(ENGLISH), find(INDONESIAN)) {
        (None, None) => Vec::new(),
        (Some(_), None) => vec![Finding::new(ENGLISH, 1, format!("Write {INDONESIAN} too."))],
        (None, Some(_)) => vec![Finding::new(INDONESIAN, 1, format!("Write {ENGLISH} too."))],
        (Some(english), Some(indonesian)) => differing_headings(english, indonesian).into_iter().collect(),
    }
}

fn differing_headings(english: &File, indonesian: &File) -> Option<Finding> {
    let (ours, theirs) = (headings(english), headings(indonesian));
    let depths = |headings: &[(usize, usize)]| headings.iter().map(|(_, depth)| *depth).collect::<Vec<_>>();
    if depths(&ours) == depths(&theirs) {
        return None;
    }
    let same = ours.iter().zip(&theirs).take_while(|(our, their)| our.1 == their.1).count();
    let line = theirs.get(same).map_or(indonesian.lines().count(), |(line, _)| *line);
    Some(Finding::new(INDONESIAN, line, format!("From here on its headings differ from those of {ENGLISH}.")))
}

/// The line and the depth of each heading.
fn headings(file: &File) -> Vec<(usize, usize)> {
    let mut in_code = false;
    let mut headings = Vec::new();
    for (line, text) in file.lines() {
        in_code ^= text.trim_start().starts_with("```");
        let depth = text.chars().take_while(|&character| character == '#').count();
        if !in_code && depth > 0 {
            headings.push((line, depth));
        }
    }
    headings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_found(english: &str, indonesian: &str) -> Vec<usize> {
        let files = [File::new(ENGLISH, english), File::new(INDONESIAN, indonesian)];
        are_two_of_a_kind(&files).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_lonely_readme_is_caught() {
        assert_eq!(are_two_of_a_kind(&[File::new(ENGLISH, "# Loket\n")]).len(), 1);
        assert_eq!(are_two_of_a_kind(&[File::new(INDONESIAN, "# Loket\n")]).len(), 1);
        assert!(are_two_of_a_kind(&[]).is_empty());
    }

    #[test]
    fn differing_headings_are_caught() {
        assert_eq!(lines_found("# Loket\n## Start\n", "# Loket\n"), [1]);
        assert_eq!(lines_found("# Loket\n## Start\n", "# Loket\n### Mulai\n"), [2]);
        assert!(lines_found("# Loket\n## Start\n", "# Loket\n\n## Mulai\n```\n# komentar\n```\n").is_empty());
    }
}
