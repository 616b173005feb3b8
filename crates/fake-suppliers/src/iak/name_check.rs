//! Whose number it is: of a meter, of an OVO account, of an operator.

use serde_json::{Map, Value, json};

use crate::call::Asked;
use crate::desk::Desk;
use crate::iak::catalogue;
use crate::iak::checks;
use crate::iak::shown::refused;
use crate::names;
use crate::protocol::Answer;
use crate::seed::Seed;

/// How many digits a meter's number has, or its owner's.
const METER_DIGITS: std::ops::RangeInclusive<usize> = 11..=12;

/// `inquiry-pln`.
pub fn pln(desk: &Desk, asked: &Asked) -> Answer {
    let number = asked.subject.customer_no.as_str();
    let is_meter = METER_DIGITS.contains(&number.len());
    let mut seed = Seed::of(&["subscriber", number]);
    owner(desk, asked, is_meter, || {
        vec![
            ("meter_no", json!(number)),
            ("subscriber_id", json!(seed.digits(12))),
            ("name", json!(names::person(number))),
            ("segment_power", json!("R1 /000001300")),
        ]
    })
}

/// `inquiry-ovo`.
pub fn ovo(desk: &Desk, asked: &Asked) -> Answer {
    let number = asked.subject.customer_no.as_str();
    let is_telephone = catalogue::operator(number).is_some();
    owner(desk, asked, is_telephone, || vec![("name", json!(names::person(number)))])
}

fn owner(desk: &Desk, asked: &Asked, is_known: bool, members: impl FnOnce() -> Vec<(&'static str, Value)>) -> Answer {
    let number = &asked.subject.customer_no;
    let checked = checks::prepaid(desk, asked, number).and_then(|()| checks::customer_no(asked));
    match checked {
        Err(rc) => refused(asked, rc),
        Ok(()) if !is_known => refused(asked, "14"),
        Ok(()) => {
            let mut data = Map::new();
            data.insert("status".to_owned(), json!("1"));
            data.insert("customer_id".to_owned(), json!(number));
            data.extend(members().into_iter().map(|(name, value)| (name.to_owned(), value)));
            data.insert("message".to_owned(), json!("SUCCESS"));
            data.insert("rc".to_owned(), json!("00"));
            Answer::ok(json!({ "data": data }))
        }
    }
}

/// `check-operator`.
pub fn operator(desk: &Desk, asked: &Asked) -> Answer {
    match (checks::prepaid(desk, asked, "op"), catalogue::operator(&asked.subject.customer_no)) {
        (Err(rc), _) => refused(asked, rc),
        (Ok(()), None) => refused(asked, "14"),
        (Ok(()), Some(operator)) => {
            Answer::ok(json!({ "data": { "operator": operator, "message": "SUCCESS", "rc": "00" } }))
        }
    }
}
