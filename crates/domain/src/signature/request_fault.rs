//! Why a body is no signed request, each with the sentence that its sender is told.

use thiserror::Error;

use super::AuthenticationMember;
use crate::json::JsonError;

/// Why a body is no signed request. The first fault found is told; none of them says anything about the signature.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RequestFault {
    /// The body isn't a JSON object that every program reads in the same way.
    #[error(transparent)]
    Malformed(#[from] JsonError),
    /// A top-level key (its beginning, if it is long) isn't `[A-Za-z_][A-Za-z0-9_.-]*`. PHP's versions sort keys that
    /// look like numbers differently, so that what is signed would depend on them.
    #[error("the key `{0}` isn't made of A-Z a-z 0-9 _ . - (beginning with a letter or _)")]
    BadKey(String),
    /// A member that authenticates is absent.
    #[error("`{0}` is missing")]
    Missing(AuthenticationMember),
    /// A member that authenticates is of another type than it has to be.
    #[error("`{0}` has the wrong type")]
    Mistyped(AuthenticationMember),
}
