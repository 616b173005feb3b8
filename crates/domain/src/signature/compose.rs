//! Makes signed requests, as a merchant's program does; for `loket sign`, `loket call` and tests.

use super::{API_ID, AuthenticationMember, BodyHash, SIGNATURE, SigningKey, TIMESTAMP};
use crate::json::{LineSeparators, Member, Object, Value, Writer};

/// The body of a signed request: these parameters, then `api_id`, `timestamp` (Unix seconds) and `signature`.
///
/// The three that authenticate are this function's to write; if they are among the parameters, they are left out there.
pub fn compose(parameters: &Object<'_>, key: &SigningKey, timestamp: i64) -> String {
    let business = || parameters.iter().filter(|(key, _)| AuthenticationMember::from_key(key).is_none());
    let mut sorted: Vec<&Member<'_>> = business().collect();
    sorted.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));

    let timestamp = timestamp.to_string();
    let signature = key.sign(&timestamp, &BodyHash::of_parameters(sorted, LineSeparators::Escaped));
    let authentication: [Member<'_>; 3] = [
        (API_ID.into(), key.api_id().into()),
        (TIMESTAMP.into(), Value::Number(&timestamp)),
        (SIGNATURE.into(), signature.as_str().into()),
    ];
    let mut body = String::new();
    Writer::new(&mut body, LineSeparators::Escaped).object(business().chain(&authentication));
    body
}
