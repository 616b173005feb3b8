//! The suppliers that are reached over the network: one adapter each, with its wire types, tables and fixtures in its own directory.
//!
//! How to add one: `docs/suppliers.md`.

mod account_fault;
mod digiflazz;
mod iak;
mod isikuota;
mod sku;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use domain::supplier::SupplierKind;

use crate::account::Account;
use crate::adapter_clock::AdapterClock;
use crate::client::Client;
use crate::supplier::Supplier;
use crate::suppliers::digiflazz::Digiflazz;
use crate::suppliers::iak::Iak;
use crate::suppliers::isikuota::IsiKuota;

pub use account_fault::AccountFault;

/// The adapter for an account, or why nobody can be spoken to with it. `clock` dates what is sent to suppliers that want a date.
pub fn connect(
    kind: SupplierKind,
    account: Account,
    client: &Arc<Client>,
    clock: Arc<dyn AdapterClock>,
) -> Result<Arc<dyn Supplier>, AccountFault> {
    if let Some(url) = &account.url {
        Client::check_address(url)?;
    }
    if account.user.is_empty() || account.key.is_empty() {
        return Err(AccountFault::NoKeys);
    }
    let client = Arc::clone(client);
    Ok(match kind {
        SupplierKind::Digiflazz => Arc::new(Digiflazz::new(account, client)),
        SupplierKind::Iak => Arc::new(Iak::new(account, client)),
        SupplierKind::IsiKuota => Arc::new(IsiKuota::new(account, client, clock)?),
    })
}
