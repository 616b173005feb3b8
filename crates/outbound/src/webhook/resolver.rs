//! The addresses of a name that may be connected to.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::NameServer;
use crate::guard::{Guard, GuardFault, Reach};

/// How many addresses of a name are tried at most: a name server may answer with thousands.
const MAX_ADDRESSES: usize = 8;

/// Asked by the library for each connection to a name. What it hands on is what is connected to, so that nothing can change in between. For
/// an address in a URL nobody is asked; that is why the URL is judged before each request as well.
pub struct GuardedResolver {
    pub guard: Arc<Guard>,
    pub reach: Reach,
    pub names: Arc<dyn NameServer>,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, reach) = (Arc::clone(&self.guard), self.reach);
        let asked = self.names.addresses(name.as_str());
        Box::pin(async move {
            let mut admitted = Vec::new();
            let mut refused: Option<GuardFault> = None;
            for address in asked.await? {
                match guard.admits(address, reach) {
                    // The library puts the URL's port in the place of the zero.
                    Ok(()) => admitted.push(SocketAddr::new(address, 0)),
                    Err(fault) => refused = Some(fault),
                }
            }
            admitted.truncate(MAX_ADDRESSES);
            match refused {
                Some(fault) if admitted.is_empty() => Err(fault.into()),
                _ if admitted.is_empty() => Err("the name has no address".into()),
                _ => Ok(Box::new(admitted.into_iter()) as Addrs),
            }
        })
    }
}
