//! The fault plan: which calls a fake spoils, and how. Everything that a network and a supplier can do to a caller, on demand.
//!
//! ```json
//! {"seed": 7, "rules": [
//!   {"call": "pay-pasca", "match": {"customer_no": "5301"}, "times": 1, "fault": "silent_after"},
//!   {"call": "any", "match": {"probability": 0.01}, "fault": {"delay": {"ms": 500}}},
//!   {"call": "top-up", "fault": {"code": {"rc": "77", "message": "?"}}, "work": false},
//!   {"call": "pay-pasca", "fault": {"callback": {"copies": {"n": 1000}}}}
//! ]}
//! ```
//!
//! Rules are tried from the first to the last. Of the faults that spoil an answer the first wins; delays add up; a fault of the callback
//! goes with either.

mod chooser;
mod fault;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::call::Call;

pub(crate) use chooser::{Chooser, Chosen};
pub use fault::{CallbackFault, Contradiction, Fault, StatusBody};

/// A whole plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    /// Decides what happens by chance: the same seed spoils the same calls of the same references, in whatever order they come.
    pub seed: u64,
    /// Tried in this order.
    pub rules: Vec<Rule>,
}

/// One rule of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Which calls it is for.
    #[serde(default)]
    pub call: Calls,
    /// Which of those.
    #[serde(default, rename = "match")]
    pub matching: Match,
    /// How often it may be used. Without it, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// Whether the work is done all the same. It counts where the fault's name doesn't say it: for `garbage`, `truncated`, `html`, `status`,
    /// `code` and `reset_mid_answer`.
    #[serde(default = "yes")]
    pub work: bool,
    /// What goes wrong.
    pub fault: Fault,
}

const fn yes() -> bool {
    true
}

/// The calls that a rule is for: `"any"`, one by its name, or an array of names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calls {
    /// Every call.
    #[default]
    Any,
    /// This one.
    #[serde(untagged)]
    One(Call),
    /// These.
    #[serde(untagged)]
    Several(Vec<Call>),
}

impl Calls {
    fn contains(&self, call: Call) -> bool {
        match self {
            Self::Any => true,
            Self::One(one) => *one == call,
            Self::Several(several) => several.contains(&call),
        }
    }
}

/// Which calls a rule is for. What isn't given fits every call.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Match {
    /// The caller's reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ref_id: Option<String>,
    /// The customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_no: Option<String>,
    /// The product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Only these among the calls that fit so far, counted from 1; a number or an array of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<Nth>,
    /// From 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
}

/// One number or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Nth {
    /// This one.
    One(u64),
    /// These.
    Several(BTreeSet<u64>),
}

impl Nth {
    fn contains(&self, number: u64) -> bool {
        match self {
            Self::One(one) => *one == number,
            Self::Several(several) => several.contains(&number),
        }
    }
}

impl Plan {
    /// Nothing goes wrong.
    pub fn none() -> Self {
        Self::default()
    }

    /// The rules, in order.
    pub fn of(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self { seed: 0, rules: rules.into_iter().collect() }
    }
}

impl Rule {
    /// Spoils every one of these calls.
    pub fn always(call: Call, fault: Fault) -> Self {
        Self { call: Calls::One(call), matching: Match::default(), times: None, work: true, fault }
    }

    /// Spoils the first of these calls.
    pub fn once(call: Call, fault: Fault) -> Self {
        Self { times: Some(1), ..Self::always(call, fault) }
    }

    /// Only for this customer.
    #[must_use]
    pub fn of_customer(mut self, customer_no: &str) -> Self {
        self.matching.customer_no = Some(customer_no.to_owned());
        self
    }

    /// The work is not done.
    #[must_use]
    pub fn without_work(self) -> Self {
        Self { work: false, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_read_as_the_documentation_writes_it() {
        let text = r#"{"seed":7,"rules":[
            {"call":"pay-pasca","match":{"customer_no":"5301","nth":[1,3]},"times":1,"fault":"silent_after"},
            {"match":{"probability":0.01},"fault":{"delay":{"ms":500}}},
            {"call":["top-up","inq-pasca"],"fault":{"code":{"rc":"77"}},"work":false},
            {"call":"any","fault":{"status":{"code":502}}},
            {"fault":{"contradict":"refund_after_success"}},
            {"fault":{"callback":{"copies":{"n":1000}}}},
            {"fault":{"callback":"forged"}}]}"#;
        let plan: Plan = serde_json::from_str(text).unwrap();
        assert_eq!(plan.rules[0].call, Calls::One(Call::PayPasca));
        assert_eq!(plan.rules[1].call, Calls::Any);
        assert!(!plan.rules[2].work);
        assert_eq!(plan.rules[5].fault, Fault::Callback(CallbackFault::Copies { n: 1000 }));
        let again: Plan = serde_json::from_value(serde_json::to_value(&plan).unwrap()).unwrap();
        assert_eq!(again, plan);
    }

    #[test]
    fn a_misspelt_plan_is_refused() {
        for text in [
            r#"{"rules":[{"fault":"silence"}]}"#,
            r#"{"rules":[{"call":"pay","fault":"garbage"}]}"#,
            r#"{"rules":[{"match":{"reference":"A"},"fault":"garbage"}]}"#,
            r#"{"rules":[{"time":1,"fault":"garbage"}]}"#,
        ] {
            assert!(serde_json::from_str::<Plan>(text).is_err(), "{text}");
        }
    }
}
