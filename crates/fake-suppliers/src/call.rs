//! What can be asked of a supplier, by names that are the same for all of them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One of the calls of an interface. In JSON: `top-up`, `pay-pasca` and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Call {
    /// The deposit that is left. Digiflazz: `cek-saldo`. IAK: `check-balance`.
    Balance,
    /// A ticket for a bank transfer. Digiflazz only.
    Deposit,
    /// Products that are paid before.
    PriceList,
    /// Products that are bills.
    PriceListPasca,
    /// A prepaid purchase; at Digiflazz also the question about one.
    TopUp,
    /// The question about a prepaid purchase. IAK: `check-status`.
    StatusPrepaid,
    /// What is due.
    InqPasca,
    /// Pays what is due.
    PayPasca,
    /// The question about a bill's payment. Digiflazz: `status-pasca`. IAK: `checkstatus`.
    StatusPasca,
    /// Whose electricity meter it is.
    InquiryPln,
    /// Whose OVO account it is. IAK only.
    InquiryOvo,
    /// Which operator a number belongs to. IAK only.
    CheckOperator,
    /// A webhook that tells nothing, to see whether anybody is there. Digiflazz only.
    Ping,
    /// None of the interface's calls.
    Unknown,
}

/// What a call, a transaction or a line of the journal is about. What isn't known is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Subject {
    /// The caller's reference.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ref_id: String,
    /// The product.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sku: String,
    /// Whose bill it is, or who gets the credit.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub customer_no: String,
    /// The supplier's own number. IAK only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tr_id: Option<i64>,
}

/// A request, read but not yet checked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which call it is.
    pub call: Call,
    /// What it is about.
    pub subject: Subject,
    /// Where it went, without leading and trailing slashes.
    pub path: String,
    /// All that it says. `None` if that is no JSON object.
    pub body: Option<Map<String, Value>>,
}

impl Asked {
    /// A member that is a text, or else an empty one.
    pub fn text(&self, name: &str) -> &str {
        self.member(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A member that is there, whatever it is.
    pub fn member(&self, name: &str) -> Option<&Value> {
        self.body.as_ref()?.get(name)
    }

    /// A member that is a whole number, or else nothing.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.member(name)?.as_i64()
    }
}
