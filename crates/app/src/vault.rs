//! Encrypts secrets at rest with the master key, a file that only this user can read.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::merchant::Sealed;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::seams::Random;

const KEY_LENGTH: usize = 32;

/// Why a secret can't be sealed or opened.
#[derive(Debug, Error)]
pub enum VaultError {
    /// The key's file can't be read or made.
    #[error(
        "the master key {path} cannot be used: {error}; give this user the right to read it, or put the copy back that you kept"
    )]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The key's file holds something else.
    #[error("the master key {path} is damaged: it must be 64 hexadecimal digits; put the copy back that you kept")]
    Damaged {
        /// Which file.
        path: PathBuf,
    },
    /// Others can read the key's file.
    #[error("the master key {path} can be read by other users; run: chmod 600 {path}")]
    Exposed {
        /// Which file.
        path: PathBuf,
    },
    /// There is no key's file, though there are secrets that were sealed with it.
    #[error(
        "the master key {path} is missing, and without it no merchant's and no supplier's keys can be read; put the copy back that you kept elsewhere (no backup has it)"
    )]
    Missing {
        /// Which file.
        path: PathBuf,
    },
    /// The secret was sealed with another key, for another place, or was damaged.
    #[error(
        "a secret cannot be decrypted: the master key is not the one it was encrypted with; put the copy of that one back that you kept (no backup has it)"
    )]
    Unreadable,
}

/// Seals and opens secrets (ChaCha20-Poly1305, a random nonce each). A secret is bound to its place: it opens nowhere else.
pub struct Vault {
    key: LessSafeKey,
    key_id: String,
    random: Arc<dyn Random>,
}

impl Vault {
    /// Takes the key from its file; makes it first if there is none, unless secrets were sealed with it already: a new key can't open
    /// them, and would only hide that the old one is lost.
    pub fn open(path: &Path, has_secrets: bool, random: Arc<dyn Random>) -> Result<Self, VaultError> {
        let file_error = |error| VaultError::File { path: path.to_path_buf(), error };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => {
                check_private(path)?;
                Zeroizing::new(text)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && has_secrets => {
                return Err(VaultError::Missing { path: path.to_path_buf() });
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                create(path, random.as_ref()).map_err(file_error)?
            }
            Err(error) => return Err(file_error(error)),
        };
        let key = read_hex(text.trim()).ok_or_else(|| VaultError::Damaged { path: path.to_path_buf() })?;
        Self::with_key(&key, random).ok_or_else(|| VaultError::Damaged { path: path.to_path_buf() })
    }

    /// A vault with a key that is kept nowhere.
    pub fn ephemeral(random: Arc<dyn Random>) -> Result<Self, VaultError> {
        let mut key = Zeroizing::new([0; KEY_LENGTH]);
        random.fill(key.as_mut());
        Self::with_key(&key, random).ok_or(VaultError::Unreadable)
    }

    fn with_key(key: &[u8; KEY_LENGTH], random: Arc<dyn Random>) -> Option<Self> {
        let key_id = id_of(key);
        Some(Self { key: LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).ok()?), key_id, random })
    }

    /// What the key is called where it must not be shown, such as in a backup: 16 hexadecimal digits, from which nobody finds the key.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// Encrypts `secret` for `place`, e.g. `merchant/7/api_key`.
    pub fn seal(&self, place: &str, secret: &str) -> Result<Sealed, VaultError> {
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce);
        let mut text = secret.as_bytes().to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place.as_bytes()), &mut text)
            .map_err(|_| VaultError::Unreadable)?;
        let mut sealed = nonce.to_vec();
        sealed.append(&mut text);
        Ok(Sealed(sealed.into()))
    }

    /// Decrypts what was sealed for `place`.
    pub fn reveal(&self, place: &str, sealed: &Sealed) -> Result<Zeroizing<String>, VaultError> {
        let (nonce, text) = sealed.0.split_first_chunk::<NONCE_LEN>().ok_or(VaultError::Unreadable)?;
        let mut text = Zeroizing::new(text.to_vec());
        let secret = self
            .key
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(place.as_bytes()), &mut text)
            .map_err(|_| VaultError::Unreadable)?;
        let secret = str::from_utf8(secret).map_err(|_| VaultError::Unreadable)?;
        Ok(Zeroizing::new(secret.to_owned()))
    }
}

/// Writes a new key under another name first: a key that is half written is never found under its own.
fn create(path: &Path, random: &dyn Random) -> std::io::Result<Zeroizing<String>> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut key = Zeroizing::new([0_u8; KEY_LENGTH]);
    random.fill(key.as_mut());
    let text = Zeroizing::new(write_hex(key.as_ref()));
    let draft = path.with_extension("new");
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    std::fs::rename(&draft, path)?;
    if let Some(directory) = path.parent() {
        std::fs::File::open(directory)?.sync_all()?;
    }
    Ok(text)
}

fn check_private(path: &Path) -> Result<(), VaultError> {
    use std::os::unix::fs::MetadataExt;
    // Nothing for the group and for others: the last six bits of the mode are zero.
    let metadata = std::fs::metadata(path).map_err(|error| VaultError::File { path: path.to_path_buf(), error })?;
    if metadata.mode().trailing_zeros() >= 6 { Ok(()) } else { Err(VaultError::Exposed { path: path.to_path_buf() }) }
}

/// The key has 256 random bits, so that its hash tells nothing of it.
fn id_of(key: &[u8; KEY_LENGTH]) -> String {
    let mut hash = digest::Context::new(&digest::SHA256);
    hash.update(b"loket/master-key/");
    hash.update(key);
    write_hex(&hash.finish().as_ref()[..8])
}

fn write_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn read_hex(text: &str) -> Option<Zeroizing<[u8; KEY_LENGTH]>> {
    let mut key = Zeroizing::new([0; KEY_LENGTH]);
    if text.len() != KEY_LENGTH * 2 || !text.is_ascii() {
        return None;
    }
    for (byte, index) in key.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(text.get(index..index + 2)?, 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::seams::SeededRandom;

    #[test]
    fn a_secret_opens_only_where_it_was_sealed() {
        let vault = Vault::ephemeral(Arc::new(SeededRandom::new(7))).unwrap();
        let sealed = vault.seal("merchant/1/api_key", "rahasia").unwrap();
        assert_eq!(vault.reveal("merchant/1/api_key", &sealed).unwrap().as_str(), "rahasia");
        assert!(vault.reveal("merchant/2/api_key", &sealed).is_err());
        let other = Vault::ephemeral(Arc::new(SeededRandom::new(8))).unwrap();
        assert!(other.reveal("merchant/1/api_key", &sealed).is_err());
    }

    #[test]
    fn the_key_is_made_once_and_is_private() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("master.key");
        let sealed = Vault::open(&path, false, Arc::new(SeededRandom::new(1))).unwrap().seal("x", "rahasia").unwrap();
        let again = Vault::open(&path, false, Arc::new(SeededRandom::new(2))).unwrap();
        assert_eq!(again.key_id().len(), 16);
        assert!(!std::fs::read_to_string(&path).unwrap().contains(again.key_id()));
        assert_eq!(again.reveal("x", &sealed).unwrap().as_str(), "rahasia");

        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(Vault::open(&path, false, Arc::new(SeededRandom::new(2))), Err(VaultError::Exposed { .. })));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        std::fs::write(&path, "not a key").unwrap();
        assert!(matches!(Vault::open(&path, false, Arc::new(SeededRandom::new(2))), Err(VaultError::Damaged { .. })));
    }
}
