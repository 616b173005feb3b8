//! What an operator may say of an endpoint at any time, checked.

use std::collections::HashSet;

use app::{Context, EndpointTerms};
use domain::endpoint::limits::{
    HIGHEST_RATE, LONGEST_DESCRIPTION, MOST_HEADERS, MOST_IN_FLIGHT, is_description, is_header_count, is_in_flight,
    is_rate,
};
use domain::event::{EventKind, EventKinds};
use serde::{Deserialize, Serialize};

use super::event_name::EventName;
use crate::control::merchant::{Clearable, read_webhook_url};
use crate::control::{Refused, SecretText};

/// What is given is changed, the rest stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct EndpointSettings {
    /// Where it is.
    pub url: Option<String>,
    /// What its owner calls it.
    pub description: Option<String>,
    /// What it wants to hear of, all of it.
    pub events: Option<Vec<EventName>>,
    /// Headers that are sent besides, all of them: names and values.
    pub headers: Option<Vec<(String, SecretText)>>,
    /// How many deliveries may be under way at once.
    pub max_in_flight: Option<u32>,
    /// Deliveries a second, or as many as it takes.
    pub rate_per_second: Option<Clearable<u32>>,
    /// Whether it is delivered to.
    pub on: Option<bool>,
}

impl EndpointSettings {
    /// Whether nothing was given.
    pub const fn is_empty(&self) -> bool {
        self.url.is_none()
            && self.description.is_none()
            && self.events.is_none()
            && self.headers.is_none()
            && self.max_in_flight.is_none()
            && self.rate_per_second.is_none()
            && self.on.is_none()
    }

    /// The same for the use cases.
    pub fn terms(self, context: &Context) -> Result<EndpointTerms, Refused> {
        let headers = self.headers.map(|headers| read_headers(context, &headers));
        Ok(EndpointTerms {
            url: self.url.map(|url| read_webhook_url(context, &url)).transpose()?,
            description: self.description.map(read_description).transpose()?.map(Into::into),
            kinds: self.events.map(|events| EventKinds::of(events.into_iter().map(EventKind::from))),
            headers: headers.transpose()?,
            max_in_flight: self.max_in_flight.map(read_max_in_flight).transpose()?,
            rate_per_second: self.rate_per_second.as_ref().map(read_rate).transpose()?,
            is_on: self.on,
        })
    }
}

fn read_description(text: String) -> Result<String, Refused> {
    if !is_description(&text) {
        return Err(Refused(format!("a description has at most {LONGEST_DESCRIPTION} printable characters")));
    }
    Ok(text)
}

/// Names and values, as the use cases take them.
type Headers = Vec<(String, zeroize::Zeroizing<String>)>;

fn read_headers(context: &Context, headers: &[(String, SecretText)]) -> Result<Headers, Refused> {
    if !is_header_count(headers.len()) {
        return Err(Refused(format!("an endpoint can have {MOST_HEADERS} headers of its own")));
    }
    let mut names = HashSet::new();
    let mut read = Vec::with_capacity(headers.len());
    for (name, value) in headers {
        let value = value.reveal();
        context.check_webhook_header(name, &value).map_err(|why| Refused(format!("header `{name}`: {why}")))?;
        if !names.insert(name.to_ascii_lowercase()) {
            return Err(Refused(format!("header `{name}` is given twice")));
        }
        read.push((name.clone(), value));
    }
    Ok(read)
}

fn read_max_in_flight(most: u32) -> Result<u32, Refused> {
    match most {
        0 => Err(Refused::because("at least one delivery must be able to be under way; --off delivers nothing")),
        most if is_in_flight(most) => Ok(most),
        _ => Err(Refused(format!("at most {MOST_IN_FLIGHT} deliveries can be under way at once"))),
    }
}

fn read_rate(rate: &Clearable<u32>) -> Result<Option<u32>, Refused> {
    match rate {
        Clearable::Set(0) => Err(Refused::because("a rate is 1 a second or more; --off delivers nothing")),
        Clearable::Set(rate) if is_rate(*rate) => Ok(Some(*rate)),
        Clearable::Set(_) => {
            Err(Refused(format!("a rate is {HIGHEST_RATE} a second at most; without one it is as many as it takes")))
        }
        Clearable::Clear => Ok(None),
    }
}
