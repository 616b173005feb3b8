//! A purchase: the answer to a top-up or to its status check.

use std::sync::Arc;

use domain::answer::Answer;
use serde::Deserialize;

use crate::supplier::Task;
use crate::suppliers::iak::answer::{echoes, echoes_code, echoes_number};
use crate::wire::Field;

/// Its members. Every one may be missing, and of any type.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct PurchaseAnswer {
    /// 0 in process, 1 success, 2 failed.
    pub status: Field,
    /// The code.
    pub rc: Field,
    ref_id: Field,
    product_code: Field,
    customer_id: Field,
    /// What our deposit is cut by.
    price: Field,
    sn: Field,
    /// Of some games.
    pin: Field,
}

impl PurchaseAnswer {
    /// It is about the purchase that was made, and no other.
    pub fn check_is_about(&self, task: &Task) -> Result<(), String> {
        let is_ours = echoes(&self.ref_id, task.supplier_ref.as_str())
            && echoes_code(&self.product_code, &task.sku)
            && echoes_number(&self.customer_id, task.customer_no.as_str());
        if is_ours {
            return Ok(());
        }
        tracing::error!(supplier_ref = %task.supplier_ref, "IAK answered about another purchase");
        Err("the answer is about another purchase".to_owned())
    }

    /// It was done.
    pub fn confirmation(&self) -> Answer {
        Answer::Confirmed { sn: self.proof(), cost: self.price.rupiah().ok().flatten(), desc: None, ask_again: false }
    }

    /// The serial number, which may be the very thing that was bought, and the pin after it. Never empty: a token that isn't there yet is
    /// asked for again.
    fn proof(&self) -> Option<Arc<str>> {
        let text = |field: &Field| field.text().ok().flatten().map(String::from);
        match (text(&self.sn), text(&self.pin)) {
            (Some(sn), Some(pin)) => Some(format!("{sn} / {pin}").into()),
            (sn, pin) => sn.or(pin).map(Arc::from),
        }
    }
}
