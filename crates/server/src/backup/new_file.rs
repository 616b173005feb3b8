//! A file that gets its name when it is whole and on disk, and never takes another's.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::error::BackupError;
use crate::disk::Room;

/// What is left free for a server that goes on writing to the same disk: 64 MiB.
const LEFT_FREE: u64 = 64 * 1024 * 1024;

/// A file without its name, readable for this user alone. Unless it is finished it is removed; the death of the process leaves it as
/// `.loket-….part`.
pub struct NewFile {
    name: PathBuf,
    directory: PathBuf,
    file: NamedTempFile,
}

impl NewFile {
    /// Begins a file of about so many bytes, in the directory where it will have its name. It is refused if there is something under
    /// that name, or no room.
    pub fn begin(name: &Path, size: u64) -> Result<Self, BackupError> {
        if name.symlink_metadata().is_ok() {
            return Err(BackupError::Exists(name.to_path_buf()));
        }
        let parent = name.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let directory = parent.canonicalize().map_err(BackupError::file(parent))?;
        let free = Room::at(&directory).map_err(BackupError::file(&directory))?.free;
        let needed = size.saturating_add(LEFT_FREE);
        if free < needed {
            return Err(BackupError::NoRoom { path: directory, needed, free });
        }
        let file = tempfile::Builder::new().prefix(".loket-").suffix(".part").tempfile_in(&directory);
        Ok(Self { name: name.to_path_buf(), file: file.map_err(BackupError::file(&directory))?, directory })
    }

    /// Where it is meanwhile.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// To write.
    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Brings it to disk and gives it its name.
    pub fn finish(self) -> Result<(), BackupError> {
        let Self { name, directory, file } = self;
        file.as_file().sync_all().map_err(BackupError::file(&name))?;
        file.persist_noclobber(&name).map_err(|refused| match refused.error.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Exists(name.clone()),
            _ => BackupError::File { path: name.clone(), error: refused.error },
        })?;
        File::open(&directory).and_then(|directory| directory.sync_all()).map_err(BackupError::file(&directory))
    }
}
