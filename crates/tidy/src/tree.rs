//! The files of the repository: all that git tracks or would track.

use std::path::Path;
use std::{fs, io};

/// Directories that are nobody's writing: what git ignores, and what is vendored and stays as it came.
const SKIPPED: [&str; 6] = [".git", "target", "loket-data", "__pycache__", "node_modules", "vendored"];

/// One file, read.
#[derive(Debug)]
pub struct File {
    /// Relative to the repository's root, with `/` between the parts.
    pub path: String,
    /// Empty if the file isn't text.
    pub text: String,
}

impl File {
    /// A file that only exists in a test.
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The part of the name after the last dot, or nothing.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it is a Rust file of the program itself, tests within the file included.
    pub fn is_rust_source(&self) -> bool {
        self.is_under("crates") && self.path.contains("/src/") && self.extension() == "rs"
    }

    /// Whether it lies below a directory.
    pub fn is_under(&self, directory: &str) -> bool {
        self.path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Its lines, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }
}

/// Reads every file below `root`, in the order of their paths.
pub fn read(root: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    read_directory(root, "", &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn read_directory(directory: &Path, prefix: &str, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        // In a worktree `.git` is a file, so it is the name that counts.
        if SKIPPED.contains(&name.as_str()) {
            continue;
        }
        if kind.is_dir() {
            read_directory(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file() {
            let text = String::from_utf8(fs::read(entry.path())?).unwrap_or_default();
            files.push(File { path, text });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_knows_its_place() {
        let file = File::new("crates/store/src/sqlite/load.rs", "one\ntwo\n");
        assert_eq!(file.name(), "load.rs");
        assert_eq!(file.extension(), "rs");
        assert!(file.is_rust_source());
        assert!(file.is_under("crates/store"));
        assert!(!file.is_under("crates/sto"));
        assert_eq!(file.lines().collect::<Vec<_>>(), [(1, "one"), (2, "two")]);
        assert!(!File::new("crates/store/tests/conformance.rs", "").is_rust_source());
    }
}
