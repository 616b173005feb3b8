//! What an endpoint's owner says of it.

use std::sync::Arc;

use domain::endpoint::{CustomHeader, EndpointChange};
use domain::event::EventKinds;
use domain::id::EndpointId;
use zeroize::Zeroizing;

use crate::address_book::place_of_header;
use crate::context::Context;
use crate::vault::VaultError;

/// What is to be set; what is `None` stays as it is.
#[derive(Clone, Default)]
pub struct EndpointTerms {
    /// Another address. That it may be delivered to is checked by whoever reads it.
    pub url: Option<Arc<str>>,
    /// What its owner calls it.
    pub description: Option<Arc<str>>,
    /// What it wants to hear of.
    pub kinds: Option<EventKinds>,
    /// Headers that are sent besides, all of them: names and values.
    pub headers: Option<Vec<(String, Zeroizing<String>)>>,
    /// How many deliveries may be under way at once.
    pub max_in_flight: Option<u32>,
    /// Deliveries a second at most; `Some(None)`: as many as it takes.
    pub rate_per_second: Option<Option<u32>>,
    /// Whether it is delivered to.
    pub is_on: Option<bool>,
}

impl EndpointTerms {
    /// The same for the domain, with the values of headers encrypted.
    pub(crate) fn changes(
        &self,
        context: &Context,
        endpoint_id: EndpointId,
    ) -> Result<Vec<EndpointChange>, VaultError> {
        let seal = |(name, value): &(String, Zeroizing<String>)| {
            let value = context.vault.seal(&place_of_header(endpoint_id, name), value)?;
            Ok(CustomHeader { name: name.as_str().into(), value })
        };
        let headers = self.headers.as_ref().map(|headers| headers.iter().map(seal).collect()).transpose()?;
        let switch = |is_on| if is_on { EndpointChange::SwitchOn } else { EndpointChange::SwitchOff };
        let changes = [
            self.url.clone().map(EndpointChange::Url),
            self.description.clone().map(EndpointChange::Description),
            self.kinds.map(EndpointChange::Kinds),
            headers.map(EndpointChange::Headers),
            self.max_in_flight.map(EndpointChange::MaxInFlight),
            self.rate_per_second.map(EndpointChange::RatePerSecond),
            self.is_on.map(switch),
        ];
        Ok(changes.into_iter().flatten().collect())
    }
}
