//! What comes back about a bill or a top-up.

use serde::Deserialize;

use crate::suppliers::digiflazz::request::Subject;
use crate::suppliers::sku::Sku;
use crate::wire::{Field, Unreadable};

/// The `data` of an answer or a callback. Most members are absent on failure. There is no message here, so that nobody can decide by it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Transaction {
    pub ref_id: Field,
    pub customer_no: Field,
    pub customer_name: Field,
    pub buyer_sku_code: Field,
    pub admin: Field,
    pub status: Field,
    pub rc: Field,
    pub periode: Field,
    pub sn: Field,
    pub price: Field,
    pub selling_price: Field,
    pub desc: Field,
}

#[derive(Deserialize)]
struct Envelope {
    data: Transaction,
}

impl Transaction {
    /// Whatever the HTTP status was: that isn't documented.
    pub fn read(body: &[u8]) -> Result<Self, Unreadable> {
        serde_json::from_slice(body).map(|Envelope { data }| data).map_err(|_| Unreadable)
    }

    /// Whether all that it names is what we asked about.
    pub fn is_about(&self, subject: Subject<'_>) -> bool {
        let code = Sku::parse(subject.sku).map_or(subject.sku, |sku| sku.code);
        [(&self.ref_id, subject.ref_id), (&self.customer_no, subject.customer_no), (&self.buyer_sku_code, code)]
            .into_iter()
            .all(|(field, ours)| field.text().is_ok_and(|theirs| theirs.is_none_or(|theirs| theirs == ours)))
    }

    /// Whether it has what only a bill has.
    pub fn is_of_bill(&self) -> bool {
        self.admin.is_given() || self.selling_price.is_given() || self.desc.is_given()
    }
}
