//! The parameters of `/v1/webhooks`: `cmd` names the call, and decides what else is needed.

use std::sync::Arc;

use app::{Context, EndpointTerms};
use domain::dispatch::DeliveryState;
use domain::event::EventKind;
use domain::id::EndpointId;
use domain::json::Value;
use domain::signature::SignedRequest;
use domain::time::Timestamp;

use super::endpoint_terms::{TermsOf, read_event_kind, read_terms};
use super::form::Form;
use super::read;
use crate::http::language::{Sentence, sentence};
use crate::http::problem::Problem;

/// How many events of the log stand on a page unless the request says otherwise.
const PER_PAGE: u32 = 20;
/// The most events of the log a page.
pub const LOG_PER_PAGE_MAX: u32 = 100;

const NOT_COMMAND: Sentence = sentence(
    "Harus webhooks, webhook-add, webhook-set, webhook-secret, webhook-remove, webhook-log, webhook-event, webhook-resend, \
     webhook-recover atau webhook-test.",
    "This must be webhooks, webhook-add, webhook-set, webhook-secret, webhook-remove, webhook-log, webhook-event, \
     webhook-resend, webhook-recover or webhook-test.",
);
const NOT_ID: Sentence =
    sentence("Harus id webhook: angka dalam teks (string).", "This must be the id of a webhook: digits in a string.");
const NOT_NUMBER: Sentence = sentence(
    "Harus nomor event: bilangan bulat mulai dari 1.",
    "This must be the number of an event: an integer from 1.",
);
const NOT_PLACE: Sentence =
    sentence("Harus bilangan bulat, tidak kurang dari 0.", "This must be an integer, not below 0.");
const NOT_PAGE_SIZE: Sentence =
    sentence("Harus bilangan bulat 1 sampai 100.", "This must be an integer from 1 to 100.");
const NOT_STATE: Sentence =
    sentence("Harus pending, delivered atau given_up.", "This must be pending, delivered or given_up.");

/// What `/v1/webhooks` is asked for. Endpoints are called webhooks there, as their owners call them.
pub enum WebhooksParameters {
    /// `webhooks`
    List,
    /// `webhook-add`
    Add {
        /// Where.
        url: Arc<str>,
        /// How.
        terms: EndpointTerms,
    },
    /// `webhook-set`
    Set(EndpointId, EndpointTerms),
    /// `webhook-secret`
    Secret {
        /// Of which endpoint.
        endpoint_id: EndpointId,
        /// It shall have a new one.
        is_rotated: bool,
    },
    /// `webhook-remove`
    Remove(EndpointId),
    /// `webhook-log`
    Log {
        /// Only what is meant for this endpoint.
        endpoint_id: Option<EndpointId>,
        /// Only deliveries in this state.
        state: Option<DeliveryState>,
        /// Only events with smaller numbers.
        before: Option<i64>,
        /// So many at most.
        per_page: u32,
    },
    /// `webhook-event`
    Event(i64),
    /// `webhook-resend`
    Resend {
        /// To which endpoint.
        endpoint_id: EndpointId,
        /// Which event.
        number: i64,
    },
    /// `webhook-recover`
    Recover {
        /// Of which endpoint.
        endpoint_id: EndpointId,
        /// What happened from this moment on.
        since: Timestamp,
        /// Only events with greater numbers: where the call before stopped.
        after: i64,
    },
    /// `webhook-test`
    Test {
        /// At which endpoint.
        endpoint_id: EndpointId,
        /// What is said to have happened.
        kind: EventKind,
    },
}

#[derive(Clone, Copy)]
enum Command {
    List,
    Add,
    Set,
    Secret,
    Remove,
    Log,
    Event,
    Resend,
    Recover,
    Test,
}

impl WebhooksParameters {
    /// Reads them. The context knows where webhooks may go.
    pub fn read(request: &SignedRequest<'_>, context: &Context) -> Result<Self, Problem> {
        let mut form = Form::new(request);
        let parameters = form.required("cmd", read_command).and_then(|command| read_call(&mut form, command, context));
        form.finish(parameters)
    }
}

/// What the call needs; `None` only if that was said to be wrong.
fn read_call(form: &mut Form<'_, '_>, command: Command, context: &Context) -> Option<WebhooksParameters> {
    match command {
        Command::List => Some(WebhooksParameters::List),
        Command::Add => {
            let mut terms = read_terms(form, context, TermsOf::New);
            let url = terms.url.take()?;
            Some(WebhooksParameters::Add { url, terms })
        }
        Command::Set => {
            let endpoint_id = form.required("id", read_endpoint_id);
            let terms = read_terms(form, context, TermsOf::Known);
            Some(WebhooksParameters::Set(endpoint_id?, terms))
        }
        Command::Secret => {
            let endpoint_id = form.required("id", read_endpoint_id);
            let is_rotated = form.optional("rotate", read::boolean).unwrap_or(false);
            Some(WebhooksParameters::Secret { endpoint_id: endpoint_id?, is_rotated })
        }
        Command::Remove => form.required("id", read_endpoint_id).map(WebhooksParameters::Remove),
        Command::Log => Some(WebhooksParameters::Log {
            endpoint_id: form.optional("id", read_endpoint_id),
            state: form.optional("status", read_state),
            before: form.optional("before", read_number),
            per_page: form.optional("per_page", read_per_page).unwrap_or(PER_PAGE),
        }),
        Command::Event => form.required("number", read_number).map(WebhooksParameters::Event),
        Command::Resend => {
            let endpoint_id = form.required("id", read_endpoint_id);
            let number = form.required("number", read_number);
            Some(WebhooksParameters::Resend { endpoint_id: endpoint_id?, number: number? })
        }
        Command::Recover => {
            let endpoint_id = form.required("id", read_endpoint_id);
            let since = form.required("since", read::first_moment);
            let after = form.optional("after", read_place).unwrap_or(0);
            Some(WebhooksParameters::Recover { endpoint_id: endpoint_id?, since: since?, after })
        }
        Command::Test => {
            let endpoint_id = form.required("id", read_endpoint_id);
            let kind = form.optional("event", read_event_kind).unwrap_or(EventKind::Success);
            Some(WebhooksParameters::Test { endpoint_id: endpoint_id?, kind })
        }
    }
}

/// The path isn't signed: without this a signed request could be replayed at another call.
fn read_command(value: &Value<'_>) -> Result<Command, Sentence> {
    match value.as_str() {
        Some("webhooks") => Ok(Command::List),
        Some("webhook-add") => Ok(Command::Add),
        Some("webhook-set") => Ok(Command::Set),
        Some("webhook-secret") => Ok(Command::Secret),
        Some("webhook-remove") => Ok(Command::Remove),
        Some("webhook-log") => Ok(Command::Log),
        Some("webhook-event") => Ok(Command::Event),
        Some("webhook-resend") => Ok(Command::Resend),
        Some("webhook-recover") => Ok(Command::Recover),
        Some("webhook-test") => Ok(Command::Test),
        _ => Err(NOT_COMMAND),
    }
}

fn read_endpoint_id(value: &Value<'_>) -> Result<EndpointId, Sentence> {
    let digits = value.as_str().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    digits.and_then(|digits| digits.parse().ok()).map(EndpointId).ok_or(NOT_ID)
}

fn read_number(value: &Value<'_>) -> Result<i64, Sentence> {
    value.as_integer().filter(|number| *number >= 1).ok_or(NOT_NUMBER)
}

fn read_place(value: &Value<'_>) -> Result<i64, Sentence> {
    value.as_integer().filter(|number| *number >= 0).ok_or(NOT_PLACE)
}

fn read_per_page(value: &Value<'_>) -> Result<u32, Sentence> {
    let count = value.as_integer().and_then(|number| u32::try_from(number).ok());
    count.filter(|count| (1..=LOG_PER_PAGE_MAX).contains(count)).ok_or(NOT_PAGE_SIZE)
}

fn read_state(value: &Value<'_>) -> Result<DeliveryState, Sentence> {
    match value.as_str() {
        Some("pending") => Ok(DeliveryState::Pending),
        Some("delivered") => Ok(DeliveryState::Delivered),
        Some("given_up") => Ok(DeliveryState::GivenUp),
        _ => Err(NOT_STATE),
    }
}
