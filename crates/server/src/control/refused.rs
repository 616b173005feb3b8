//! Why a request was not done.

use app::CallError;
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A plain sentence for the operator. Nothing was changed, unless it says otherwise.
#[derive(Clone, PartialEq, Eq, Debug, Error, Serialize, Deserialize)]
#[error("{0}")]
pub struct Refused(pub String);

impl Refused {
    /// Refuses with this sentence.
    pub fn because(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl From<CallError> for Refused {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Refused(refusal) => refusal.into(),
            CallError::Internal => {
                Self::because("something failed inside, and whether it was done is not known; the log says why")
            }
            other => Self(other.to_string()),
        }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let advice = match &refusal {
            Refusal::MerchantNotFound => "; `loket merchant list` shows all there are",
            Refusal::AttemptInFlight => "; wait until it is answered or lost, then try again",
            Refusal::OrderFinal => ", so there is nothing to resolve",
            Refusal::VoucherConflict => "; choose another --reference for this one",
            _ => "",
        };
        Self(format!("{refusal}{advice}"))
    }
}
