//! Which bill is meant, in IAK's terms.
//!
//! What IAK wants to hear besides code and number stands in the operator's code for the product, or in the customer number:
//!
//! | products | wanted | from |
//! |---|---|---|
//! | `BPJS`, `BPJSTK` | `month`: how many months | `BPJS?month=3`; one, if not said |
//! | `PBB…` | `year` | `PBBKOT.CIMAHI?year=2026`; the house has no clock here, so it must be said |
//! | wallets, donations | `desc.amount` | `SHOPEEPAY?amount=100000` |
//! | `ESAMSAT…` | `nomor_identitas` | the customer number, `number,identity` as at Digiflazz |

use domain::id::CustomerNo;
use serde_json::{Value, json};
use thiserror::Error;

use crate::suppliers::iak::call::Call;
use crate::suppliers::sku::Sku;

/// A bill to be looked up or paid.
#[derive(Debug)]
pub struct Subject<'a> {
    /// IAK's code for the product.
    pub code: &'a str,
    /// The customer number.
    pub number: &'a str,
    identity: Option<&'a str>,
    month: Option<u32>,
    year: Option<u32>,
    amount: Option<u32>,
}

/// Why it can't be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum SubjectFault {
    /// The operator's mistake.
    #[error("the code for the product can't be read: CODE, or CODE?month=1, ?year=2026, ?amount=100000")]
    Sku,
    /// The operator's mistake too.
    #[error("property tax needs its year in the code for the product: PBBKOT.CIMAHI?year=2026")]
    NoYear,
    /// The customer's.
    #[error("vehicle tax needs number and identity, with a comma between")]
    NoIdentity,
}

impl SubjectFault {
    /// Another number would do.
    pub fn is_of_the_customer(self) -> bool {
        self == Self::NoIdentity
    }
}

impl<'a> Subject<'a> {
    /// From the operator's code for the product and the customer number.
    pub fn parse(sku: &'a str, customer_no: &'a CustomerNo) -> Result<Self, SubjectFault> {
        let Sku { code, parameters } = Sku::parse(sku).ok_or(SubjectFault::Sku)?;
        let mut subject =
            Self { code, number: customer_no.as_str(), identity: None, month: None, year: None, amount: None };
        for (name, value) in parameters {
            let place = match name {
                "month" => &mut subject.month,
                "year" => &mut subject.year,
                "amount" => &mut subject.amount,
                _ => return Err(SubjectFault::Sku),
            };
            *place = Some(value.parse().map_err(|_| SubjectFault::Sku)?);
        }
        if matches!(code, "BPJS" | "BPJSTK") {
            subject.month.get_or_insert(1);
        }
        if code.starts_with("PBB") && subject.year.is_none() {
            return Err(SubjectFault::NoYear);
        }
        if code.starts_with("ESAMSAT") {
            let (number, identity) = subject.number.split_once(',').ok_or(SubjectFault::NoIdentity)?;
            (subject.number, subject.identity) = (number.trim(), Some(identity.trim()));
            if number.trim().is_empty() || identity.trim().is_empty() {
                return Err(SubjectFault::NoIdentity);
            }
        }
        Ok(subject)
    }

    /// The question, unsigned.
    pub fn inquiry(&self, supplier_ref: &str) -> Value {
        let mut members = json!({
            "commands": Call::INQUIRY.name,
            "code": self.code,
            "hp": self.number,
            "ref_id": supplier_ref,
        });
        let more = [
            ("month", self.month.map(|month| json!(month))),
            // As text: so the documentation has it.
            ("year", self.year.map(|year| json!(year.to_string()))),
            ("nomor_identitas", self.identity.map(|identity| json!(identity))),
            ("desc", self.amount.map(|amount| json!({"amount": amount}))),
        ];
        if let Some(members) = members.as_object_mut() {
            members.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        }
        members
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inquiry(sku: &str, customer_no: &str) -> Result<String, SubjectFault> {
        let customer_no = CustomerNo::parse(customer_no).unwrap();
        let mut members = Subject::parse(sku, &customer_no)?.inquiry("r1");
        members.as_object_mut().unwrap().retain(|name, _| !["commands", "ref_id"].contains(&name.as_str()));
        Ok(members.to_string())
    }

    #[test]
    fn each_product_is_asked_for_in_its_way() {
        for (sku, customer_no, members) in [
            ("PLNPOSTPAID", "530000000001", r#"{"code":"PLNPOSTPAID","hp":"530000000001"}"#),
            ("BPJS", "8801234560001", r#"{"code":"BPJS","hp":"8801234560001","month":1}"#),
            ("BPJSTK?month=3", "8102051011270001", r#"{"code":"BPJSTK","hp":"8102051011270001","month":3}"#),
            ("BPJSTKPU", "210300016066", r#"{"code":"BPJSTKPU","hp":"210300016066"}"#),
            ("PBBKOT.CIMAHI?year=2026", "3298", r#"{"code":"PBBKOT.CIMAHI","hp":"3298","year":"2026"}"#),
            ("ESAMSAT.JABAR", "96585, 02125", r#"{"code":"ESAMSAT.JABAR","hp":"96585","nomor_identitas":"02125"}"#),
            ("SHOPEEPAY?amount=100000", "0821", r#"{"code":"SHOPEEPAY","hp":"0821","desc":{"amount":100000}}"#),
        ] {
            assert_eq!(inquiry(sku, customer_no), Ok(members.to_owned()), "{sku}");
        }
    }

    #[test]
    fn mistakes_are_found_before_anything_is_asked() {
        for (sku, customer_no, fault) in [
            ("", "1", SubjectFault::Sku),
            ("BPJS?months=2", "1", SubjectFault::Sku),
            ("BPJS?month=two", "1", SubjectFault::Sku),
            ("SHOPEEPAY?amount=-1", "1", SubjectFault::Sku),
            ("PBBKOT.CIMAHI", "1", SubjectFault::NoYear),
            ("ESAMSAT.JABAR", "96585", SubjectFault::NoIdentity),
            ("ESAMSAT.JABAR", "96585,", SubjectFault::NoIdentity),
            ("ESAMSAT.JABAR", ", 02125", SubjectFault::NoIdentity),
        ] {
            assert_eq!(inquiry(sku, customer_no), Err(fault), "{sku}");
        }
    }
}
