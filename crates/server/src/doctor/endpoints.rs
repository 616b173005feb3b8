//! Whether merchants have endpoints that nothing is delivered to any more.

use super::{Finding, Patient};

/// Those that were disabled by what they answered, or didn't.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    patient.read(|snapshot| {
        let all = snapshot.all_endpoints()?;
        let endpoints: Vec<_> =
            all.iter().flat_map(|of| of.list.iter().map(|endpoint| (of.merchant_id, endpoint))).collect();
        let mut disabled = endpoints.iter().filter(|(_, endpoint)| endpoint.state.is_disabled());
        Ok(match disabled.next() {
            None => Finding::ok(format!("none of {} is disabled", endpoints.len())),
            Some((merchant_id, first)) => Finding::warn(
                format!(
                    "{} of {} are disabled, such as {} of merchant {merchant_id}",
                    disabled.count() + 1,
                    endpoints.len(),
                    first.url
                ),
                "tell the merchants; `loket webhook recover` switches an endpoint on again and sends what never arrived",
            ),
        })
    })
}
