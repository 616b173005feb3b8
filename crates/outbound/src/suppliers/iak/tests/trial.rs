//! The adapter, put on trial by the rules that hold for all of them.

use super::*;
use crate::supplier::{BillQuestion, Question};
use crate::suppliers::Iak;
use crate::suppliers::tests::candidate::{Ask, Candidate};
use crate::suppliers::tests::house_rules;

house_rules!(crate::suppliers::iak::tests::trial::candidate);

/// A bill, and a purchase.
pub fn candidate() -> Candidate {
    let task = bill_task();
    Candidate {
        make: |account, client| Box::new(Iak::new(account, client)),
        question: Some(BillQuestion {
            question: Question::First,
            sku: task.sku.clone(),
            customer_no: task.customer_no.clone(),
            supplier_ref: task.supplier_ref.clone(),
        }),
        tasks: vec![task, purchase_task()],
        success,
    }
}

fn success(ask: Ask, supplier_ref: &str) -> String {
    let base = match ask {
        Ask::Inquire => contract::sample("pln", "inquiry"),
        Ask::Send(0) => contract::sample("pln", "payment"),
        Ask::Check(0) => paid_bill(),
        Ask::Send(_) | Ask::Check(_) => bought(),
    };
    body(&base, &json!({"ref_id": supplier_ref}))
}
