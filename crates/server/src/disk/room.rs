//! How much room there is on a disk.

use std::io;
use std::path::Path;

/// Bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Room {
    /// For this user.
    pub free: u64,
    /// In all.
    pub total: u64,
}

impl Room {
    /// On the disk that has this file or directory.
    pub fn at(path: &Path) -> io::Result<Self> {
        let disk = rustix::fs::statvfs(path)?;
        Ok(Self {
            free: disk.f_bavail.saturating_mul(disk.f_frsize),
            total: disk.f_blocks.saturating_mul(disk.f_frsize),
        })
    }
}
