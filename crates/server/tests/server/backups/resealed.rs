//! Backups that were wrong from the beginning: changed inside, and sealed again as the form wants it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

/// A copy of a backup in whose database this was done.
pub fn resealed(backup: &Path, change: &str) -> PathBuf {
    let bytes = fs::read(backup).unwrap();
    let lines: Vec<&[u8]> = bytes[..bytes.len() - 1].rsplitn(3, |byte| *byte == b'\n').collect();
    let [_, manifest, database] = lines[..] else { panic!("no backup") };
    let path = backup.with_extension("changed");
    fs::write(&path, database).unwrap();
    assert!(Command::new("sqlite3").arg(&path).arg(change).status().unwrap().success());
    let mut sealed = fs::read(&path).unwrap();
    let mut manifest: Value = serde_json::from_slice(manifest).unwrap();
    manifest["database_bytes"] = sealed.len().into();
    let manifest = manifest.to_string();
    sealed.extend(format!("\n{manifest}\n").bytes());
    let hash = hex::encode(Sha256::digest(&sealed));
    sealed.extend(format!("loket-backup 1 {:08} {hash}\n", manifest.len()).bytes());
    fs::write(&path, sealed).unwrap();
    path
}
