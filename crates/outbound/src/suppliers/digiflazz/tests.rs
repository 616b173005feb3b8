//! The adapter against the contract's own samples, and against hostile ones.

mod account_calls;
mod bills;
mod callbacks;
mod code_table;
mod contract;
mod orders;
mod requests;

use std::sync::Arc;

use domain::answer::Answer;
use domain::id::{CustomerNo, SupplierRef};
use domain::money::Rupiah;
use domain::product::ProductKind;
use serde_json::{Value, json};

use crate::account::{Account, Secret};
use crate::client::{Client, Limits};
use crate::supplier::{BillQuestion, Question, Task};
use crate::suppliers::digiflazz::Digiflazz;
use crate::suppliers::tests::candidate::{Ask, Candidate};
use crate::suppliers::tests::house_rules;

/// The reference of every sample.
const REF: &str = "some1d";

house_rules!(super::candidate);

fn candidate() -> Candidate {
    Candidate {
        make: |account, client| Box::new(Digiflazz::new(account, client)),
        question: Some(question()),
        tasks: vec![bill_task(), top_up_task()],
        success: |ask, reference| {
            let sample = match ask {
                Ask::Inquire | Ask::Send(0) | Ask::Check(0) => contract::json("Full official sample", 0),
                Ask::Send(_) | Ask::Check(_) => {
                    with(contract::json("sample pending", 0), &[("status", json!("Sukses")), ("rc", json!("00"))])
                }
            };
            with(sample, &[("ref_id", json!(reference))]).to_string()
        },
    }
}

fn question() -> BillQuestion {
    BillQuestion {
        question: Question::First,
        sku: "pln".into(),
        customer_no: CustomerNo::parse("530000000001").unwrap(),
        supplier_ref: SupplierRef::parse(REF).unwrap(),
    }
}

fn bill_task() -> Task {
    Task {
        kind: ProductKind::Postpaid,
        sku: "pln".into(),
        customer_no: CustomerNo::parse("530000000001").unwrap(),
        supplier_ref: SupplierRef::parse(REF).unwrap(),
        token: "".into(),
        cost: Rupiah::whole(10_000),
        is_repeat: false,
    }
}

fn top_up_task() -> Task {
    Task {
        kind: ProductKind::Prepaid,
        sku: "xld25".into(),
        customer_no: CustomerNo::parse("087800001233").unwrap(),
        cost: Rupiah::whole(25_000),
        ..bill_task()
    }
}

fn adapter(url: Option<&str>, is_testing: bool) -> Digiflazz {
    let account = Account {
        url: url.map(Into::into),
        user: "username".into(),
        key: Secret::new("api-key-0123"),
        secret: Secret::new("hook-secret"),
        is_testing,
    };
    Digiflazz::new(account, Arc::new(Client::new(Limits::default())))
}

/// A sample with other members in its `data`; `null` takes one away.
fn with(mut sample: Value, changes: &[(&str, Value)]) -> Value {
    let data = sample["data"].as_object_mut().unwrap();
    for (name, value) in changes {
        if value.is_null() {
            data.shift_remove(*name);
        } else {
            data.insert((*name).to_owned(), value.clone());
        }
    }
    sample
}

fn is_unknown(answer: &Answer) -> bool {
    matches!(answer, Answer::Unknown { .. })
}
