//! An endpoint with its secret, for its owner alone.

use domain::endpoint::Endpoint;
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::EndpointData;
use super::wire::wib_or_null;

/// A webhook, and what it is signed with.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookWithSecret)]
pub struct EndpointSecretData<'a> {
    #[serde(flatten)]
    endpoint: EndpointData<'a>,
    /// Signs `webhook-signature`, by the Standard Webhooks specification.
    #[schema(example = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", pattern = "^whsec_")]
    secret: &'a str,
    /// Until when the secret before it signs beside it, WIB; `null`: there is none.
    #[serde(serialize_with = "wib_or_null")]
    #[schema(value_type = Option<String>, required = true, example = "2026-06-01 10:41:16")]
    old_secret_until: Option<Timestamp>,
}

impl<'a> EndpointSecretData<'a> {
    /// An endpoint with its secret in the open, at this moment.
    pub fn of(endpoint: &'a Endpoint, secret: &'a str, now: Timestamp) -> Self {
        let old = endpoint.previous_secret.as_ref().map(|previous| previous.valid_until);
        Self { endpoint: EndpointData::of(endpoint), secret, old_secret_until: old.filter(|until| now < *until) }
    }
}
