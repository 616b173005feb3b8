//! Adds, changes and removes the endpoints of merchants.

use std::sync::Arc;
use std::time::Duration;

use domain::command::{ChangeEndpoints, EndpointsChange};
use domain::endpoint::{Endpoint, EndpointChange, EndpointState};
use domain::id::{EndpointId, MerchantId};
use domain::merchant::Sealed;
use domain::refusal::Refusal;
use zeroize::Zeroizing;

use crate::address_book::place_of_secret;
use crate::context::Context;
use crate::endpoint_terms::EndpointTerms;
use crate::error::CallError;

/// How long an endpoint's old secret signs beside the new one.
pub const SECRET_OVERLAP: Duration = Duration::from_hours(24);

/// An endpoint's usual terms, with a secret of its own.
pub fn new_endpoint(context: &Context, url: &Arc<str>) -> Result<Endpoint, CallError> {
    let now = context.time.now();
    let endpoint_id = EndpointId(context.number()?);
    Ok(Endpoint::new(endpoint_id, Arc::clone(url), seal_new_secret(context, endpoint_id)?, now))
}

/// Adds an endpoint on these terms.
pub async fn add_endpoint(
    context: &Context,
    merchant_id: MerchantId,
    url: &Arc<str>,
    terms: &EndpointTerms,
) -> Result<Endpoint, CallError> {
    let mut endpoint = new_endpoint(context, url)?;
    let endpoint_id = endpoint.endpoint_id;
    for change in terms.changes(context, endpoint_id)? {
        change.make(&mut endpoint);
    }
    change(context, merchant_id, EndpointsChange::Add(Box::new(endpoint)), endpoint_id).await
}

/// Changes one; what waits for it goes by the new terms.
pub async fn change_endpoint(
    context: &Context,
    merchant_id: MerchantId,
    endpoint_id: EndpointId,
    terms: &EndpointTerms,
) -> Result<Endpoint, CallError> {
    let changes = terms.changes(context, endpoint_id)?;
    let is_said_to_work = terms.url.is_some() || terms.is_on == Some(true);
    let endpoint = change(context, merchant_id, EndpointsChange::Change(endpoint_id, changes), endpoint_id).await?;
    if is_said_to_work {
        context.couriers.wake_anew(context, endpoint_id);
    }
    Ok(endpoint)
}

/// Gives one a new secret; the old one signs beside it for a day.
pub async fn rotate_endpoint_secret(
    context: &Context,
    merchant_id: MerchantId,
    endpoint_id: EndpointId,
) -> Result<Endpoint, CallError> {
    let secret = seal_new_secret(context, endpoint_id)?;
    let until = context.time.now().plus(SECRET_OVERLAP);
    let changes = vec![EndpointChange::Secret(secret, until)];
    change(context, merchant_id, EndpointsChange::Change(endpoint_id, changes), endpoint_id).await
}

/// Removes one; what was to be delivered there is not.
pub async fn remove_endpoint(
    context: &Context,
    merchant_id: MerchantId,
    endpoint_id: EndpointId,
) -> Result<(), CallError> {
    let _turn = context.changing_merchants.lock().await;
    let command = ChangeEndpoints { merchant_id, change: EndpointsChange::Remove(endpoint_id) };
    let endpoints = context.engine.ask(command).await?;
    context.address_book.put(&context.vault, &endpoints)?;
    // Its courier has nothing to wait for any more.
    context.couriers.wake(context, &[endpoint_id]);
    Ok(())
}

/// A merchant's endpoints, in the order in which they were added.
pub async fn list_endpoints(context: &Context, merchant_id: MerchantId) -> Result<Vec<Endpoint>, CallError> {
    context.read(move |snapshot| snapshot.endpoints(merchant_id)).await
}

/// One of a merchant's endpoints.
pub async fn find_endpoint(
    context: &Context,
    merchant_id: MerchantId,
    endpoint_id: EndpointId,
) -> Result<Endpoint, CallError> {
    let endpoints = list_endpoints(context, merchant_id).await?;
    let found = endpoints.into_iter().find(|endpoint| endpoint.endpoint_id == endpoint_id);
    Ok(found.ok_or(Refusal::EndpointNotFound)?)
}

/// Says that an endpoint works again: that it failed is forgotten, and one that was disabled is switched on. One that its owner switched
/// off stays off.
pub async fn reopen_endpoint(
    context: &Context,
    merchant_id: MerchantId,
    endpoint_id: EndpointId,
) -> Result<Endpoint, CallError> {
    let endpoint = find_endpoint(context, merchant_id, endpoint_id).await?;
    if endpoint.state == EndpointState::Off {
        return Ok(endpoint);
    }
    // Also where it is on: the node that carries there hears by it that what it knows of the endpoint's troubles is over.
    let terms = EndpointTerms { is_on: Some(true), ..EndpointTerms::default() };
    change_endpoint(context, merchant_id, endpoint_id, &terms).await
}

/// An endpoint's secret, as its owner needs it to verify: `whsec_…`.
pub fn reveal_endpoint_secret(context: &Context, endpoint: &Endpoint) -> Result<Zeroizing<String>, CallError> {
    Ok(context.vault.reveal(&place_of_secret(endpoint.endpoint_id), &endpoint.secret)?)
}

async fn change(
    context: &Context,
    merchant_id: MerchantId,
    change: EndpointsChange,
    endpoint_id: EndpointId,
) -> Result<Endpoint, CallError> {
    let _turn = context.changing_merchants.lock().await;
    let endpoints = context.engine.ask(ChangeEndpoints { merchant_id, change }).await?;
    context.address_book.put(&context.vault, &endpoints)?;
    context.couriers.wake(context, &[endpoint_id]);
    Ok(endpoints.find(endpoint_id).cloned().ok_or(Refusal::EndpointNotFound)?)
}

fn seal_new_secret(context: &Context, endpoint_id: EndpointId) -> Result<Sealed, CallError> {
    let secret = Zeroizing::new(context.ids.webhook_secret().reveal());
    Ok(context.vault.seal(&place_of_secret(endpoint_id), &secret)?)
}
