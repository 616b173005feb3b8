//! Who may call: every merchant's credentials and terms, in memory, as the store has them.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use domain::id::{ApiId, MerchantId, Tier};
use domain::merchant::{Merchant, SealedKeys};
use domain::signature::{SignedRequest, SigningKey};
use domain::time::Timestamp;
use ipnet::IpNet;
use parking_lot::RwLock;
use zeroize::Zeroizing;

use crate::vault::{Vault, VaultError};

/// A merchant as the API meets it.
pub struct Caller {
    /// Its number.
    pub merchant_id: MerchantId,
    /// Its name.
    pub name: Arc<str>,
    /// Its price tier.
    pub tier: Option<Tier>,
    /// Requests a second instead of the server's default.
    pub rate_per_second: Option<u32>,
    /// `None`: one of them can't be read, and nobody may call until it is mended.
    networks: Option<Vec<IpNet>>,
    key: SigningKey,
    previous_key: Option<(SigningKey, Timestamp)>,
}

impl Caller {
    /// Whether the request is signed with this merchant's keys, or with its old ones while they hold.
    pub fn has_signed(&self, request: &SignedRequest<'_>, now: Timestamp) -> bool {
        self.key.verifies(request)
            || self.previous_key.as_ref().is_some_and(|(key, until)| now < *until && key.verifies(request))
    }

    /// Whether it may call from there.
    pub fn may_call_from(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let may =
            |networks: &Vec<IpNet>| networks.is_empty() || networks.iter().any(|network| network.contains(&address));
        self.networks.as_ref().is_some_and(may)
    }
}

/// All callers, by `api_id`.
#[derive(Default)]
pub struct Directory {
    callers: RwLock<HashMap<ApiId, Arc<Caller>>>,
}

impl Directory {
    /// Takes in a merchant, new or changed.
    pub fn put(&self, vault: &Vault, merchant: &Merchant) -> Result<(), VaultError> {
        let caller = Caller {
            merchant_id: merchant.merchant_id,
            name: merchant.name.clone(),
            tier: merchant.tier.clone(),
            rate_per_second: merchant.rate_per_second,
            networks: merchant.allowed_networks.iter().map(|text| read_network(text)).collect(),
            key: signing_key(vault, merchant, &merchant.keys)?,
            previous_key: match &merchant.previous_keys {
                Some(previous) => Some((signing_key(vault, merchant, &previous.keys)?, previous.valid_until)),
                None => None,
            },
        };
        self.callers.write().insert(merchant.api_id.clone(), Arc::new(caller));
        Ok(())
    }

    /// Who calls itself that.
    pub fn find(&self, api_id: &str) -> Option<Arc<Caller>> {
        self.callers.read().get(api_id).cloned()
    }
}

/// The place for which a merchant's secret is sealed.
pub fn place_of(merchant_id: MerchantId, secret: &str) -> String {
    format!("merchant/{merchant_id}/{secret}")
}

/// An address or a network, as an operator writes it.
pub fn read_network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

fn signing_key(vault: &Vault, merchant: &Merchant, keys: &SealedKeys) -> Result<SigningKey, VaultError> {
    let reveal = |name, sealed| vault.reveal(&place_of(merchant.merchant_id, name), sealed);
    let api_key: Zeroizing<String> = reveal("api_key", &keys.api_key)?;
    let secret_key = reveal("secret_key", &keys.secret_key)?;
    Ok(SigningKey::new(merchant.api_id.as_str(), api_key.as_str(), &secret_key))
}
