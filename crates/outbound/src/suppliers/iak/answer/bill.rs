//! A bill: the answer to an inquiry, a payment or a bill's status check.

use std::sync::Arc;

use domain::money::Rupiah;
use serde::Deserialize;

use crate::supplier::Task;
use crate::suppliers::iak::answer::{echoes, echoes_code, echoes_number};
use crate::suppliers::iak::subject::Subject;
use crate::wire::Field;

/// Its members. Every one may be missing, and of any type.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct BillAnswer {
    /// IAK's number for the inquiry, by which it is paid.
    pub tr_id: Field,
    /// IAK's code for the product.
    pub code: Field,
    /// The customer number.
    pub hp: Field,
    /// The customer's name.
    pub tr_name: Field,
    /// The months, as the biller writes them.
    pub period: Field,
    /// The bill before admin.
    pub nominal: Field,
    /// IAK's admin.
    pub admin: Field,
    /// Our reference.
    pub ref_id: Field,
    /// 0 not received, 1 success, 2 failed, 3 in process. Only in status checks.
    pub status: Field,
    /// The code.
    pub response_code: Field,
    /// What the customer pays: nominal and admin.
    pub price: Field,
    /// What our deposit is cut by.
    pub selling_price: Field,
    noref: Field,
    /// As the XML samples spell it.
    no_ref: Field,
}

impl BillAnswer {
    /// It is about what was asked.
    pub fn is_about(&self, subject: &Subject<'_>, supplier_ref: &str) -> bool {
        echoes(&self.ref_id, supplier_ref)
            && echoes_code(&self.code, subject.code)
            && echoes_number(&self.hp, subject.number)
    }

    /// It is about the bill that is to be paid, and no other.
    pub fn check_is_about(&self, task: &Task) -> Result<(), String> {
        let subject = Subject::parse(&task.sku, &task.customer_no).map_err(|fault| fault.to_string())?;
        // A status check may follow a loss so great that the token is gone too.
        let is_its_inquiry = task.token.is_empty() || echoes(&self.tr_id, &task.token);
        if is_its_inquiry && self.is_about(&subject, task.supplier_ref.as_str()) {
            return Ok(());
        }
        tracing::error!(supplier_ref = %task.supplier_ref, "IAK answered about another bill");
        Err("the answer is about another bill".to_owned())
    }

    /// The biller's receipt number.
    pub fn receipt(&self) -> Option<Arc<str>> {
        let text = |field: &Field| field.text().ok().flatten().map(Arc::from);
        text(&self.noref).or_else(|| text(&self.no_ref))
    }

    /// What our deposit was cut by, if it can be read.
    pub fn cost(&self) -> Option<Rupiah> {
        self.selling_price.rupiah().ok().flatten()
    }
}
