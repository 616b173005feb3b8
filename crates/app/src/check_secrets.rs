//! Looks whether the master key opens every secret that is kept.

use store::{Snapshot, StoreError};
use thiserror::Error;

use crate::address_book::AddressBook;
use crate::directory::Directory;
use crate::suppliers::reveal_account;
use crate::vault::{Vault, VaultError};

/// Why not all secrets can be read.
#[derive(Debug, Error)]
pub enum SecretsError {
    /// The key isn't theirs, or one of them is damaged.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// They can't be looked up.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Opens the keys of every merchant, the secrets of every endpoint and of every supplier, as a server does at its start. Gives how many
/// merchants, endpoints and suppliers that are.
pub fn check_secrets(vault: &Vault, snapshot: &mut dyn Snapshot) -> Result<usize, SecretsError> {
    let mut opened = 0;
    for merchant in snapshot.merchants()? {
        Directory::default().put(vault, &merchant)?;
        opened += 1;
    }
    for endpoints in snapshot.all_endpoints()? {
        AddressBook::default().put(vault, &endpoints)?;
        opened += endpoints.list.len();
    }
    for profile in snapshot.suppliers()? {
        reveal_account(vault, &profile)?;
        opened += 1;
    }
    Ok(opened)
}
