//! What an endpoint's owner says of it: the parameters that `webhook-add` and `webhook-set` share.

use std::sync::Arc;

use app::{Context, EndpointTerms};
use domain::endpoint::limits::{is_description, is_header_count, is_in_flight, is_rate};
use domain::event::{EventKind, EventKinds};
use domain::json::{Object, Value};
use zeroize::Zeroizing;

use super::form::Form;
use super::read;
use crate::http::language::{Sentence, sentence};
use crate::http::problem::{header_sentence, url_sentence};

const NOT_DESCRIPTION: Sentence = sentence(
    "Harus teks paling banyak 200 karakter tanpa karakter kontrol.",
    "This must be a string of at most 200 characters without control characters.",
);
const NOT_EVENTS: Sentence = sentence(
    "Harus daftar berisi order.success, order.failed, order.sn_received, order.pending, order.refunded atau webhook.disabled; paling sedikit satu.",
    "This must be a list of order.success, order.failed, order.sn_received, order.pending, order.refunded or webhook.disabled; at least one.",
);
const NOT_EVENT: Sentence = sentence(
    "Harus order.success, order.failed, order.sn_received, order.pending, order.refunded atau webhook.disabled.",
    "This must be order.success, order.failed, order.sn_received, order.pending, order.refunded or webhook.disabled.",
);
const NOT_HEADERS: Sentence = sentence(
    "Harus objek berisi paling banyak 20 header: nama dan nilainya.",
    "This must be an object of at most 20 headers: names and their values.",
);
const NOT_HEADER_TEXT: Sentence = sentence("Nilainya harus teks (string).", "Its value must be a string.");
const HEADER_TWICE: Sentence = sentence(
    "Header ini disebut dua kali; huruf besar dan kecil tidak dibedakan.",
    "This header is there twice; upper and lower case make no difference.",
);
const NOT_IN_FLIGHT: Sentence = sentence("Harus bilangan bulat 1 sampai 64.", "This must be an integer from 1 to 64.");
const NOT_RATE: Sentence = sentence(
    "Harus bilangan bulat 1 sampai 10000, atau 0 untuk tanpa batas.",
    "This must be an integer from 1 to 10000, or 0 for no limit.",
);
const NOT_SWITCH: Sentence = sentence("Harus on atau off.", "This must be on or off.");

/// Whose terms they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TermsOf {
    /// An endpoint that is to be added: it must be said where it is, and it is on.
    New,
    /// One that there is.
    Known,
}

/// Reads them. What is wrong is said to the form.
pub fn read_terms(form: &mut Form<'_, '_>, context: &Context, whose: TermsOf) -> EndpointTerms {
    let is_new = whose == TermsOf::New;
    let url = if is_new { form.required("url", read::text) } else { form.optional("url", read::text) };
    if let Some(Err(fault)) = url.as_deref().map(|url| context.check_webhook_url(url)) {
        form.blame("url", url_sentence(fault));
    }
    let description = form.optional("description", read_description);
    let kinds = form.optional("events", read_event_kinds);
    let headers = form.optional("headers", read_headers);
    for field in headers.iter().flatten() {
        check_header(form, context, field);
    }
    EndpointTerms {
        url: url.map(Into::into),
        description,
        kinds,
        headers: headers.map(|headers| headers.into_iter().filter_map(HeaderField::whole).collect()),
        max_in_flight: form.optional("max_in_flight", read_in_flight),
        rate_per_second: form.optional("rate_per_second", read_rate),
        is_on: if is_new { None } else { form.optional("status", read_switch) },
    }
}

/// One of the kinds of events.
pub fn read_event_kind(value: &Value<'_>) -> Result<EventKind, Sentence> {
    value.as_str().and_then(EventKind::parse).ok_or(NOT_EVENT)
}

fn read_description(value: &Value<'_>) -> Result<Arc<str>, Sentence> {
    value.as_str().filter(|text| is_description(text)).map(Arc::from).ok_or(NOT_DESCRIPTION)
}

fn read_event_kinds(value: &Value<'_>) -> Result<EventKinds, Sentence> {
    let Value::Array(names) = value else { return Err(NOT_EVENTS) };
    let kinds: Option<Vec<_>> = names.iter().map(|name| EventKind::parse(name.as_str()?)).collect();
    kinds.filter(|kinds| !kinds.is_empty()).map(EventKinds::of).ok_or(NOT_EVENTS)
}

/// A header as it was sent; without its value if that is no text.
struct HeaderField {
    name: String,
    value: Option<Zeroizing<String>>,
    is_repeated: bool,
}

impl HeaderField {
    fn whole(self) -> Option<(String, Zeroizing<String>)> {
        Some((self.name, self.value?))
    }
}

fn read_headers(value: &Value<'_>) -> Result<Vec<HeaderField>, Sentence> {
    let empty = Object::new();
    let headers = match value {
        Value::Object(headers) if is_header_count(headers.len()) => headers,
        // So PHP writes a map without entries.
        Value::Array(items) if items.is_empty() => &empty,
        _ => return Err(NOT_HEADERS),
    };
    let mut fields: Vec<HeaderField> = Vec::new();
    for (name, value) in headers {
        let is_repeated = fields.iter().any(|known| known.name.eq_ignore_ascii_case(name));
        let value = value.as_str().map(|value| Zeroizing::new(value.to_owned()));
        fields.push(HeaderField { name: name.clone().into_owned(), value, is_repeated });
    }
    Ok(fields)
}

/// Says what is wrong with a header under its own name.
fn check_header(form: &mut Form<'_, '_>, context: &Context, field: &HeaderField) {
    let fault = match &field.value {
        None => Some(NOT_HEADER_TEXT),
        Some(_) if field.is_repeated => Some(HEADER_TWICE),
        Some(value) => context.check_webhook_header(&field.name, value).err().map(header_sentence),
    };
    if let Some(fault) = fault {
        form.blame(format!("headers.{}", field.name), fault);
    }
}

fn read_in_flight(value: &Value<'_>) -> Result<u32, Sentence> {
    let count = value.as_integer().and_then(|number| u32::try_from(number).ok());
    count.filter(|count| is_in_flight(*count)).ok_or(NOT_IN_FLIGHT)
}

/// `null` means nothing in a request, so no limit is 0.
fn read_rate(value: &Value<'_>) -> Result<Option<u32>, Sentence> {
    match value.as_integer().and_then(|number| u32::try_from(number).ok()) {
        Some(0) => Ok(None),
        Some(rate) if is_rate(rate) => Ok(Some(rate)),
        Some(_) | None => Err(NOT_RATE),
    }
}

fn read_switch(value: &Value<'_>) -> Result<bool, Sentence> {
    match value.as_str() {
        Some("on") => Ok(true),
        Some("off") => Ok(false),
        _ => Err(NOT_SWITCH),
    }
}
