//! Where merchants are told of their orders, in memory, as the store has it, with the secrets opened.

use std::collections::HashMap;
use std::sync::Arc;

use domain::endpoint::{Endpoint, Endpoints};
use domain::id::{EndpointId, MerchantId};
use domain::signature::webhook::WebhookSecret;
use domain::time::Timestamp;
use parking_lot::RwLock;
use zeroize::Zeroizing;

use crate::vault::{Vault, VaultError};

/// An endpoint as a courier meets it.
pub struct Address {
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// The endpoint.
    pub endpoint: Endpoint,
    /// The headers that its owner wants to see, names and values.
    pub headers: Vec<(Arc<str>, Zeroizing<String>)>,
    secret: WebhookSecret,
    previous_secret: Option<(WebhookSecret, Timestamp)>,
}

impl Address {
    /// The secrets that sign now: the newest first.
    pub fn secrets(&self, now: Timestamp) -> impl Iterator<Item = &WebhookSecret> {
        let previous = self.previous_secret.as_ref().filter(move |(_, until)| now < *until);
        [Some(&self.secret), previous.map(|(secret, _)| secret)].into_iter().flatten()
    }
}

/// All endpoints.
#[derive(Default)]
pub struct AddressBook {
    addresses: RwLock<HashMap<EndpointId, Arc<Address>>>,
}

impl AddressBook {
    /// Takes in a merchant's endpoints, all of them.
    pub fn put(&self, vault: &Vault, endpoints: &Endpoints) -> Result<(), VaultError> {
        let opened: Result<Vec<Address>, VaultError> =
            endpoints.list.iter().map(|endpoint| open(vault, endpoints.merchant_id, endpoint)).collect();
        let opened = opened?;
        let mut addresses = self.addresses.write();
        addresses.retain(|_, address| address.merchant_id != endpoints.merchant_id);
        addresses.extend(opened.into_iter().map(|address| (address.endpoint.endpoint_id, Arc::new(address))));
        Ok(())
    }

    /// Takes in everybody's endpoints, and forgets all others. Gives those that are new, or are to be tried anew: elsewhere now, switched on
    /// again, or said to work. One whose secrets can't be read stays as it was known.
    pub fn replace(&self, vault: &Vault, all: &[Endpoints]) -> Vec<EndpointId> {
        let (mut after, mut news) = (HashMap::new(), Vec::new());
        for endpoints in all {
            for endpoint in &endpoints.list {
                let before = self.find(endpoint.endpoint_id);
                let is_as_before = |before: &Arc<Address>| {
                    let before = &before.endpoint;
                    let is_said_to_work = before.failing_since().is_some() && endpoint.failing_since().is_none();
                    (&before.url, before.state) == (&endpoint.url, endpoint.state) && !is_said_to_work
                };
                if !before.as_ref().is_some_and(is_as_before) {
                    news.push(endpoint.endpoint_id);
                }
                let unchanged = before.clone().filter(|before| before.endpoint == *endpoint);
                let address = unchanged.or_else(|| {
                    let opened = open(vault, endpoints.merchant_id, endpoint).map(Arc::new);
                    opened.map_or_else(
                        |error| {
                            tracing::error!(endpoint_id = %endpoint.endpoint_id, %error, "an endpoint's secret can't be read");
                            before
                        },
                        Some,
                    )
                });
                after.extend(address.map(|address| (endpoint.endpoint_id, address)));
            }
        }
        *self.addresses.write() = after;
        news
    }

    /// Takes in what a delivery changed about one of them, unless its owner has changed or removed it meanwhile.
    pub fn put_one(&self, vault: &Vault, merchant_id: MerchantId, endpoint: &Endpoint) -> Result<(), VaultError> {
        let address = open(vault, merchant_id, endpoint)?;
        if let Some(before) = self.addresses.write().get_mut(&endpoint.endpoint_id)
            && before.endpoint.updated_at <= endpoint.updated_at
        {
            *before = Arc::new(address);
        }
        Ok(())
    }

    /// The one with that number.
    pub fn find(&self, endpoint_id: EndpointId) -> Option<Arc<Address>> {
        self.addresses.read().get(&endpoint_id).cloned()
    }

    /// The numbers of all of them.
    pub fn numbers(&self) -> Vec<EndpointId> {
        self.addresses.read().keys().copied().collect()
    }

    /// How many there are, and how many of them were disabled because they failed or wanted no more.
    pub fn count(&self) -> (usize, usize) {
        let addresses = self.addresses.read();
        let is_disabled = |address: &&Arc<Address>| address.endpoint.state.is_disabled();
        (addresses.len(), addresses.values().filter(is_disabled).count())
    }
}

/// The place for which an endpoint's secret is sealed.
pub fn place_of_secret(endpoint_id: EndpointId) -> String {
    format!("endpoint/{endpoint_id}/secret")
}

/// The place for which the value of an endpoint's header is sealed.
pub fn place_of_header(endpoint_id: EndpointId, name: &str) -> String {
    format!("endpoint/{endpoint_id}/header/{name}")
}

fn open(vault: &Vault, merchant_id: MerchantId, endpoint: &Endpoint) -> Result<Address, VaultError> {
    let endpoint_id = endpoint.endpoint_id;
    let secret = |sealed| {
        let text = vault.reveal(&place_of_secret(endpoint_id), sealed)?;
        WebhookSecret::parse(&text).map_err(|_| VaultError::Unreadable)
    };
    let headers: Result<_, VaultError> = endpoint
        .headers
        .iter()
        .map(|header| {
            let value = vault.reveal(&place_of_header(endpoint_id, &header.name), &header.value)?;
            Ok((Arc::clone(&header.name), value))
        })
        .collect();
    Ok(Address {
        merchant_id,
        headers: headers?,
        secret: secret(&endpoint.secret)?,
        previous_secret: match &endpoint.previous_secret {
            Some(previous) => Some((secret(&previous.secret)?, previous.valid_until)),
            None => None,
        },
        endpoint: endpoint.clone(),
    })
}
