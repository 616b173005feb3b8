//! An order as it stands in an answer: the `data` of sections 5 and 6 of the contract.

use domain::answer::Answer;
use domain::money::Rupiah;
use domain::product::ProductKind;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::supplier::Task;
use crate::suppliers::isikuota::desc::Desc;
use crate::wire::{Field, Unreadable};

/// A longer proof is none.
const LONGEST_SN: usize = 1_024;

/// A bill has `tagihan`, `admin` and `total`; a purchase has `price`.
#[derive(Deserialize)]
pub struct OrderData {
    #[serde(default)]
    ref_id: Field,
    #[serde(default)]
    status: Field,
    #[serde(default)]
    customer_no: Field,
    #[serde(default)]
    code: Field,
    #[serde(default)]
    tagihan: Field,
    #[serde(default)]
    admin: Field,
    #[serde(default)]
    total: Field,
    #[serde(default)]
    price: Field,
    #[serde(default)]
    sn: Field,
    #[serde(default)]
    refunded_at: Field,
    #[serde(default)]
    desc: Option<Box<RawValue>>,
}

impl OrderData {
    /// It is the task's order, and a bill adds up.
    pub fn is_of(&self, task: &Task) -> bool {
        let told = [&self.ref_id, &self.customer_no, &self.code];
        let ours = [task.supplier_ref.as_str(), task.customer_no.as_str(), &*task.sku];
        let is_ours = told.iter().zip(ours).all(|(told, ours)| is_text(told, ours));
        is_ours && (task.kind != ProductKind::Postpaid || self.bill_total().is_ok())
    }

    /// Its status is this word: in lower case for bills, capitalised for purchases.
    pub fn is_in_state(&self, state: &str, kind: ProductKind) -> bool {
        let capitalised = || match state.split_at_checked(1) {
            Some((first, rest)) => first.to_uppercase() + rest,
            None => String::new(),
        };
        match kind {
            ProductKind::Postpaid => is_text(&self.status, state),
            ProductKind::Prepaid | ProductKind::Game => is_text(&self.status, &capitalised()),
        }
    }

    /// It was taken back after a success.
    pub fn is_refunded(&self) -> bool {
        self.refunded_at.is_given()
    }

    /// It as a success. `Err` says why it is none.
    pub fn confirmed(&self, task: &Task) -> Result<Answer, &'static str> {
        if self.is_refunded() {
            return Err("a success that was refunded");
        }
        let sn = self.sn.text_or_empty().ok().filter(|sn| sn.as_ref().is_none_or(|sn| sn.len() <= LONGEST_SN));
        let sn = sn.ok_or("its sn can't be read")?.map(Into::into);
        let cost = self.cost(task).map_err(|Unreadable| "its amounts can't be read")?;
        let desc = self.desc.as_deref().and_then(|desc| Desc::read(Some(desc.get())));
        Ok(Answer::Confirmed { sn, cost, desc: desc.map(|desc| desc.text.into()), ask_again: false })
    }

    /// What it took, if it says so. A bill's commission is not told, so its `total` says nothing, unless it isn't the quoted one: then a
    /// person has to look at it.
    fn cost(&self, task: &Task) -> Result<Option<Rupiah>, Unreadable> {
        match task.kind {
            ProductKind::Postpaid => Ok(Some(self.bill_total()?).filter(|total| *total != task.cost)),
            ProductKind::Prepaid | ProductKind::Game => self.price.rupiah(),
        }
    }

    fn bill_total(&self) -> Result<Rupiah, Unreadable> {
        total(&self.tagihan, &self.admin, &self.total)
    }
}

/// The total of a bill whose parts add up to it.
pub fn total(tagihan: &Field, admin: &Field, total: &Field) -> Result<Rupiah, Unreadable> {
    let amount = |field: &Field| field.rupiah()?.ok_or(Unreadable);
    let (tagihan, admin, total) = (amount(tagihan)?, amount(admin)?, amount(total)?);
    if tagihan.plus(admin) == Ok(total) { Ok(total) } else { Err(Unreadable) }
}

/// The member is this text.
pub fn is_text(field: &Field, text: &str) -> bool {
    field.text().is_ok_and(|told| told.as_deref() == Some(text))
}
