//! The socket's file.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

/// Its name in the data directory.
const SOCKET_FILE: &str = "loket.sock";
/// `sockaddr_un` has room for 108 bytes, the last of which is zero.
const LONGEST_PATH: usize = 107;

/// A path to the socket that the system takes, however deep the data directory lies.
pub struct SocketPath {
    path: PathBuf,
    /// A long path is written as one through this open directory.
    _directory: Option<File>,
}

impl SocketPath {
    /// The socket in this data directory.
    pub fn within(data: &Path) -> io::Result<Self> {
        let path = data.join(SOCKET_FILE);
        if path.as_os_str().len() <= LONGEST_PATH {
            return Ok(Self { path, _directory: None });
        }
        let directory = File::open(data)?;
        let path = Path::new("/proc/self/fd").join(directory.as_raw_fd().to_string()).join(SOCKET_FILE);
        Ok(Self { path, _directory: Some(directory) })
    }

    /// To bind or connect to.
    pub fn as_path(&self) -> &Path {
        &self.path
    }
}
