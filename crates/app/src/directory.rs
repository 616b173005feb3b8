//! Who may call: every merchant's credentials and terms, in memory, as the store has them.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::id::{ApiId, MerchantId, Tier};
use domain::merchant::{Merchant, SealedKeys};
use domain::signature::webhook::x_signature;
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
    keys: CallerKeys,
    previous_keys: Option<(CallerKeys, Timestamp)>,
    /// No request was signed with the new keys yet.
    signs_with_previous: AtomicBool,
    /// The new keys as they are stored.
    sealed_keys: SealedKeys,
    /// When it changed last.
    updated_at: Timestamp,
}

/// What a merchant signs with, and what we sign with for it.
struct CallerKeys {
    signing_key: SigningKey,
    secret_key: Zeroizing<String>,
}

impl Caller {
    /// Whether the request is signed with this merchant's keys, or with its old ones while they hold: with which.
    pub fn has_signed(&self, request: &SignedRequest<'_>, now: Timestamp) -> Option<SignedWith> {
        if self.keys.signing_key.verifies(request) {
            return Some(SignedWith::Current);
        }
        let previous = self.previous_keys_at(now)?;
        previous.signing_key.verifies(request).then_some(SignedWith::Previous)
    }

    /// Whether this accepted request is the first that was signed with the new keys.
    pub fn is_news(&self, with: SignedWith) -> bool {
        with == SignedWith::Current && self.signs_with_previous.load(Ordering::Relaxed)
    }

    /// Notes that an accepted request was signed with the new keys: there is no way back to the old ones.
    pub fn note_news(&self) {
        self.signs_with_previous.store(false, Ordering::Relaxed);
    }

    /// The keys that it has now, as they are stored.
    pub fn sealed_keys(&self) -> SealedKeys {
        self.sealed_keys.clone()
    }

    /// `X-Signature` of a webhook: with the old keys until an accepted request bore the new ones, since those the merchant's programs know.
    pub fn sign_webhook(&self, body: &[u8], now: Timestamp) -> String {
        let previous = self.previous_keys_at(now).filter(|_| self.signs_with_previous.load(Ordering::Relaxed));
        x_signature(&previous.unwrap_or(&self.keys).secret_key, body)
    }

    fn previous_keys_at(&self, now: Timestamp) -> Option<&CallerKeys> {
        self.previous_keys.as_ref().filter(|(_, until)| now < *until).map(|(keys, _)| keys)
    }

    /// Whether it may call from there.
    pub fn may_call_from(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let may =
            |networks: &Vec<IpNet>| networks.is_empty() || networks.iter().any(|network| network.contains(&address));
        self.networks.as_ref().is_some_and(may)
    }
}

/// Which of a merchant's keys signed a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignedWith {
    /// Those that it has now.
    Current,
    /// Those before the last rotation.
    Previous,
}

/// All callers.
#[derive(Default)]
pub struct Directory {
    by_api_id: RwLock<HashMap<ApiId, Arc<Caller>>>,
    by_number: RwLock<HashMap<MerchantId, Arc<Caller>>>,
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
            keys: reveal_keys(vault, merchant, &merchant.keys)?,
            previous_keys: match &merchant.previous_keys {
                Some(previous) => Some((reveal_keys(vault, merchant, &previous.keys)?, previous.valid_until)),
                None => None,
            },
            signs_with_previous: AtomicBool::new(merchant.signs_with_previous),
            sealed_keys: merchant.keys.clone(),
            updated_at: merchant.updated_at,
        };
        let caller = Arc::new(caller);
        self.by_number.write().insert(merchant.merchant_id, Arc::clone(&caller));
        self.by_api_id.write().insert(merchant.api_id.clone(), caller);
        Ok(())
    }

    /// Whether a merchant is known here as it is.
    pub fn knows(&self, merchant: &Merchant) -> bool {
        self.numbered(merchant.merchant_id).is_some_and(|caller| caller.updated_at == merchant.updated_at)
    }

    /// Who calls itself that.
    pub fn find(&self, api_id: &str) -> Option<Arc<Caller>> {
        self.by_api_id.read().get(api_id).cloned()
    }

    /// Whose number that is.
    pub fn numbered(&self, merchant_id: MerchantId) -> Option<Arc<Caller>> {
        self.by_number.read().get(&merchant_id).cloned()
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

fn reveal_keys(vault: &Vault, merchant: &Merchant, keys: &SealedKeys) -> Result<CallerKeys, VaultError> {
    let reveal = |name, sealed| vault.reveal(&place_of(merchant.merchant_id, name), sealed);
    let api_key: Zeroizing<String> = reveal("api_key", &keys.api_key)?;
    let secret_key = reveal("secret_key", &keys.secret_key)?;
    let signing_key = SigningKey::new(merchant.api_id.as_str(), api_key.as_str(), &secret_key);
    Ok(CallerKeys { signing_key, secret_key })
}
