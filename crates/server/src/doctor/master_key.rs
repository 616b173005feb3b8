//! Whether the master key is there, is ours alone, and opens what was encrypted with it.

use app::{SecretsError, VaultError, check_secrets};

use super::{Finding, Patient};
use crate::house::open_vault;

/// The key and every secret.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let data = patient.data;
    patient.read(|snapshot| {
        let vault = match open_vault(data) {
            Ok(vault) => vault,
            Err(VaultError::Missing { .. }) if snapshot.merchants()?.is_empty() && snapshot.suppliers()?.is_empty() => {
                return Ok(Finding::ok("there is none yet; the first start makes it"));
            }
            Err(fault) => return Ok(Finding::error(&fault)),
        };
        match check_secrets(&vault, snapshot) {
            Ok(opened) => {
                let id = vault.key_id();
                Ok(Finding::ok(format!("{id} opens the secrets of all {opened} merchants, endpoints and suppliers")))
            }
            Err(SecretsError::Vault(fault)) => Ok(Finding::error(&fault)),
            Err(SecretsError::Store(error)) => Err(error),
        }
    })
}
