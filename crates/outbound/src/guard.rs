//! Where a webhook may go.
//!
//! Merchants choose the addresses of their webhooks, and we send from within the operator's network: whoever enters an address there could
//! have us speak to what only we can reach. So an endpoint is judged twice, by one set of rules:
//!
//! - its URL, when it is entered and again before each sending ([`Guard::check_url`]);
//! - the address that its name turns out to have, each time a connection is made (`Guard::admits`): what a name means can change between
//!   two questions, and its owner may want it to.
//!
//! When in doubt it refuses. Deliberately absent: asking name servers, and connections ([`crate::webhook`]).

mod destination;
mod fault;
mod policy;
mod private_name;
mod public_address;
mod reach;
#[cfg(test)]
mod tests;
mod written_url;

use std::net::IpAddr;

use reqwest::Url;

use crate::guard::private_name::is_private_name;
use crate::guard::public_address::is_public;
use crate::guard::written_url::{Host, WrittenUrl};

pub use destination::Destination;
pub use fault::GuardFault;
pub use policy::GuardPolicy;
pub(crate) use reach::Reach;

/// Judges URLs and addresses by an operator's policy.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Guard {
    policy: GuardPolicy,
}

impl Guard {
    /// A guard of this policy. The default is production's.
    pub const fn new(policy: GuardPolicy) -> Self {
        Self { policy }
    }

    /// Whether webhooks may go there, as far as the URL tells. A name that passes may still turn out to mean an address that doesn't.
    ///
    /// A URL must be written plainly, so that all programs that read it read the same: at most 2,048 characters of ASCII, `https://` (or
    /// `http://` where the policy has it), no user, no fragment, and a host in its usual form.
    pub fn check_url(&self, text: &str) -> Result<Destination, GuardFault> {
        let WrittenUrl { url, host } = WrittenUrl::read(text)?;
        let reach = self.reach(&url, &host)?;
        Ok(Destination::new(url, host, reach))
    }

    /// Which addresses the URL may turn out to have.
    fn reach(&self, url: &Url, host: &Host) -> Result<Reach, GuardFault> {
        if self.policy.allow_private {
            return Ok(Reach::Everywhere);
        }
        let Err(fault) = self.is_for_the_public(url, host) else { return Ok(Reach::Public) };
        // The operator's own networks have their own names and ports, and no certificates.
        let may_be_allowed = match host {
            Host::Address(address) => self.is_allowed(*address),
            Host::Name(_) => !self.policy.allowed_networks.is_empty(),
        };
        if may_be_allowed { Ok(Reach::AllowedNetworks) } else { Err(fault) }
    }

    /// What the whole Internet may be spoken to with.
    fn is_for_the_public(&self, url: &Url, host: &Host) -> Result<(), GuardFault> {
        if url.scheme() != "https" {
            return Err(GuardFault::Unencrypted);
        }
        match host {
            Host::Address(address) if !is_public(*address) => return Err(GuardFault::NotPublic),
            Host::Name(name) if is_private_name(name) => return Err(GuardFault::PrivateName),
            Host::Address(_) | Host::Name(_) => {}
        }
        if url.port_or_known_default().is_some_and(|port| self.policy.ports.contains(&port)) {
            Ok(())
        } else {
            Err(GuardFault::OtherPort)
        }
    }

    /// Whether a connection to that address may be made, for a URL of that reach.
    pub(crate) fn admits(&self, address: IpAddr, reach: Reach) -> Result<(), GuardFault> {
        let (is_admitted, fault) = match reach {
            Reach::Everywhere => (true, GuardFault::NotPublic),
            Reach::Public => (is_public(address) || self.is_allowed(address), GuardFault::NotPublic),
            Reach::AllowedNetworks => (self.is_allowed(address), GuardFault::NotAllowed),
        };
        if is_admitted { Ok(()) } else { Err(fault) }
    }

    /// Whether the operator named it. `::ffff:10.0.0.1` is the same machine as `10.0.0.1`.
    fn is_allowed(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.policy.allowed_networks.iter().any(|network| network.contains(&address))
    }
}
