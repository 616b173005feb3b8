//! The directory in which everything lies that Loket remembers.
//!
//! It belongs to the user who runs Loket, and nobody else can write to it; otherwise it is refused, since whoever can replace the
//! database or the key there could make money.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use thiserror::Error;

/// For its owner only.
const MODE: u32 = 0o700;
/// The bits that let the group and others in: tokens and customers' names lie here.
const OPEN_TO_OTHERS: u32 = 0o077;

/// A directory that was looked at, and is fit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DataDirectory(PathBuf);

/// Why a directory isn't fit. Sentences say what to do.
#[derive(Debug, Error)]
pub enum DirectoryFault {
    /// It is not there.
    #[error(
        "there is no data directory {0}; name the right one with --data, or begin with `loket serve` or `loket merchant add`"
    )]
    Missing(PathBuf),
    /// It is something else.
    #[error("{0} is not a directory; choose another with --data")]
    NotADirectory(PathBuf),
    /// It is somebody else's.
    #[error("the data directory {0} belongs to another user; run loket as that user, or choose another with --data")]
    NotOurs(PathBuf),
    /// Others can read or write it.
    #[error("other users can get into the data directory {0}; run: chmod 700 {0}")]
    OpenToOthers(PathBuf),
    /// The system says no.
    #[error("the data directory {path} cannot be used: {error}")]
    Unusable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl DataDirectory {
    /// The directory at `path`, which must be there.
    pub fn find(path: &Path) -> Result<Self, DirectoryFault> {
        let unusable = |error| DirectoryFault::Unusable { path: path.to_path_buf(), error };
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(DirectoryFault::Missing(path.to_path_buf()));
            }
            Err(error) => return Err(unusable(error)),
        };
        // `/proc/self` belongs to whoever runs this process.
        let our_user = fs::metadata("/proc/self").map_err(unusable)?.uid();
        if !metadata.is_dir() {
            Err(DirectoryFault::NotADirectory(path.to_path_buf()))
        } else if metadata.uid() != our_user {
            Err(DirectoryFault::NotOurs(path.to_path_buf()))
        } else if metadata.mode() & OPEN_TO_OTHERS != 0 {
            Err(DirectoryFault::OpenToOthers(path.to_path_buf()))
        } else {
            fs::canonicalize(path).map(Self).map_err(unusable)
        }
    }

    /// The directory at `path`, made if it isn't there.
    pub fn find_or_make(path: &Path) -> Result<Self, DirectoryFault> {
        DirBuilder::new()
            .recursive(true)
            .mode(MODE)
            .create(path)
            .or_else(|error| if path.exists() { Ok(()) } else { Err(error) })
            .map_err(|error| DirectoryFault::Unusable { path: path.to_path_buf(), error })?;
        Self::find(path)
    }

    /// Where it is, from the root.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_directory_is_made_for_its_owner_only() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("a/b");
        assert!(matches!(DataDirectory::find(&path), Err(DirectoryFault::Missing(_))));
        let made = DataDirectory::find_or_make(&path).unwrap();
        assert_eq!(fs::metadata(made.path()).unwrap().mode() & 0o777, MODE);
        assert_eq!(DataDirectory::find_or_make(&path).unwrap(), made);
    }

    #[test]
    fn a_directory_that_others_can_enter_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let refused = DataDirectory::find_or_make(directory.path());
        assert!(matches!(refused, Err(DirectoryFault::OpenToOthers(_))));
    }

    #[test]
    fn a_file_is_no_directory() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        fs::write(&path, "").unwrap();
        assert!(matches!(DataDirectory::find_or_make(&path), Err(DirectoryFault::NotADirectory(_))));
    }
}
