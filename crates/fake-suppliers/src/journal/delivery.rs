//! What a fake really did.

use crate::journal::{Entry, Event};

/// Money that was really taken, and work that was really done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The caller's reference.
    pub ref_id: String,
    /// The product.
    pub sku: String,
    /// Who got it.
    pub customer_no: String,
    /// Which of this customer's bills it was, counted from 0; nothing if the product isn't a bill.
    pub bill: Option<u32>,
    /// What it took from the deposit, in rupiah.
    pub price: i64,
    /// What proves it.
    pub sn: String,
}

impl Entry {
    /// What was delivered, if this line says that something was.
    pub fn delivery(&self) -> Option<Delivery> {
        let Event::Delivered { subject, bill, price, sn } = &self.event else { return None };
        Some(Delivery {
            ref_id: subject.ref_id.clone(),
            sku: subject.sku.clone(),
            customer_no: subject.customer_no.clone(),
            bill: *bill,
            price: *price,
            sn: sn.clone(),
        })
    }
}
