//! The form of a backup: database, manifest, hash.
//!
//! ```text
//! …the database, as long as its manifest says…
//! {"made_at":"2026-05-31 10:40:02",…}
//! loket-backup 1 00000512 6f1ed002ab5595859014ebf0951522d9…
//! ```
//! The last line has the version of this form, how long the manifest is, and the SHA-256 of everything before the line.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::BackupError;
use super::manifest::Manifest;
use crate::control::Progress;

const MARK: &str = "loket-backup 1 ";
/// Mark, eight digits, a space, 64 digits, the line's end.
const LAST_LINE: u64 = 89;
/// More than any manifest.
const LONGEST_MANIFEST: u64 = 1024 * 1024;
const BLOCK: usize = 1024 * 1024;

/// Writes manifest and hash behind the database. `name` is what the file will be called.
pub fn seal(file: &mut File, name: &Path, manifest: &Manifest, progress: &Progress) -> Result<(), BackupError> {
    let text = serde_json::to_string(manifest)?;
    write_end(file, manifest.database_bytes, &text, progress).map_err(BackupError::file(name))
}

fn write_end(file: &mut File, database_bytes: u64, manifest: &str, progress: &Progress) -> io::Result<()> {
    file.seek(SeekFrom::Start(database_bytes))?;
    write!(file, "\n{manifest}\n")?;
    let length = file.stream_position()?;
    let hash = hash(file, length, progress, &mut io::sink())?;
    writeln!(file, "{MARK}{:08} {hash}", manifest.len())
}

/// A file that ends as a backup does. Whether its bytes are those that were written isn't known yet.
#[derive(Debug)]
pub struct SealedFile {
    path: PathBuf,
    file: File,
    hash: String,
    /// What it says of itself.
    pub manifest: Manifest,
}

impl SealedFile {
    /// Reads its end. `None`: it is something else, or its end is missing or damaged.
    pub fn open(path: &Path) -> Result<Option<Self>, BackupError> {
        let mut file = File::open(path).map_err(BackupError::file(path))?;
        let end = read_end(&mut file).map_err(BackupError::file(path))?;
        Ok(end.map(|(manifest, hash)| Self { path: path.to_path_buf(), file, hash, manifest }))
    }

    /// Whether every byte is as it was written, but for the last line, without which nothing is read at all.
    pub fn is_whole(&mut self, progress: &Progress) -> Result<bool, BackupError> {
        let length = self.file.metadata().map_err(BackupError::file(&self.path))?.len().saturating_sub(LAST_LINE);
        let hash = hash(&mut self.file, length, progress, &mut io::sink()).map_err(BackupError::file(&self.path))?;
        Ok(hash == self.hash)
    }

    /// Writes the database alone to `target`.
    pub fn extract(&mut self, target: &mut impl Write, progress: &Progress) -> io::Result<()> {
        hash(&mut self.file, self.manifest.database_bytes, progress, target).map(drop)
    }
}

fn read_end(file: &mut File) -> io::Result<Option<(Manifest, String)>> {
    let length = file.metadata()?.len();
    let Some(manifest_end) = length.checked_sub(LAST_LINE) else { return Ok(None) };
    let Some(line) = read_text(file, manifest_end, LAST_LINE)? else { return Ok(None) };
    let Some((manifest_length, hash)) = read_last_line(&line) else { return Ok(None) };
    // Before and after it is the end of a line.
    let Some(database_bytes) = manifest_end.checked_sub(manifest_length + 2) else { return Ok(None) };
    let Some(text) = read_text(file, database_bytes + 1, manifest_length)? else { return Ok(None) };
    let manifest = serde_json::from_str(&text).ok();
    let fits = |manifest: &Manifest| manifest.database_bytes == database_bytes;
    Ok(manifest.filter(fits).map(|manifest| (manifest, hash)))
}

fn read_last_line(line: &str) -> Option<(u64, String)> {
    let (length, hash) = line.strip_prefix(MARK)?.strip_suffix('\n')?.split_once(' ')?;
    let length = length.parse().ok().filter(|length| *length <= LONGEST_MANIFEST)?;
    Some((length, hash.to_owned()))
}

fn read_text(file: &mut File, from: u64, length: u64) -> io::Result<Option<String>> {
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(String::from_utf8(bytes).ok())
}

/// Reads so many bytes from the beginning, hands them on, and gives their hash as 64 hexadecimal digits.
fn hash(file: &mut File, length: u64, progress: &Progress, to: &mut impl Write) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut block = vec![0; BLOCK];
    file.seek(SeekFrom::Start(0))?;
    let mut done = 0;
    while done < length {
        let most = usize::try_from(length - done).unwrap_or(BLOCK).min(BLOCK);
        let read = file.read(&mut block[..most])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        hash.update(&block[..read]);
        to.write_all(&block[..read])?;
        done += u64::try_from(read).unwrap_or(0);
        progress.tell(done, length);
    }
    Ok(hex::encode(hash.finalize()))
}
