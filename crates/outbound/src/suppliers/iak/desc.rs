//! A bill's details, from IAK's shapes to those of the public API, which are Digiflazz's.
//!
//! [`FAMILIES`] says for each family where each public member comes from. Beyond the public shapes:
//!
//! | family | our own member, after the others | dropped |
//! |---|---|---|
//! | pln | `lembar_tagihan_sisa`: bills that are still open, to be printed on the receipt | each line's total |
//! | bpjs-kesehatan | `sisa_pembayaran` | the branch's code |
//! | bpjs-ketenagakerjaan/PU | `kode_program` | |
//! | pdam | `stand` in a line, `biaya_materai` (stamp duty) | the biller's admin, the company's name |
//! | internet, telco | `product_desc` | area codes, each line's total |
//! | television | | category and tax, never filled |
//! | pbb | `jatuh_tempo`, `denda` | the land's number and the amounts, which the bill says |
//! | esamsat | `ntpd`, the state's receipt number | |
//! | insurance | `insured`, `policy_status`, `jatuh_tempo`, `footer` | |
//! | multifinance | `nilai_tagihan` in the line (the instalment), `last_paid_due_date` | the largest payment, the biller's reference |
//! | custom-denom and others | `footer`: what the biller wants printed | |
//!
//! Details are for people to read. One that can't be read is left out, and changes nothing of what is paid.

mod families;
mod family;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::suppliers::iak::answer::read;
use crate::suppliers::iak::desc::families::FAMILIES;
use crate::suppliers::iak::desc::family::{Family, Member};
use crate::wire::Field;

/// The public details of a bill; `data` is IAK's whole answer.
pub fn public_desc(data: &Value) -> Value {
    let members = family_of(data).map_or(&[][..], |family| family.members);
    Value::Object(write(members, data))
}

/// The public details of a bill that was paid, which has some that its inquiry had not; `None` if the answer has none.
pub fn paid_desc(body: &str) -> Option<Arc<str>> {
    let data: Value = read(body).ok()?;
    data.get("desc")?;
    Some(public_desc(&data).to_string().into())
}

fn family_of(data: &Value) -> Option<&'static Family> {
    let desc = data.get("desc").unwrap_or(&Value::Null);
    let has = |mark: &&str| desc.get(mark).is_some();
    FAMILIES.iter().find(|family| family.marks.is_empty() || family.marks.iter().any(has))
}

fn write(members: &[Member], from: &Value) -> Map<String, Value> {
    members.iter().filter_map(|member| write_one(member, from)).map(|(name, value)| (name.to_owned(), value)).collect()
}

fn write_one(member: &Member, from: &Value) -> Option<(&'static str, Value)> {
    match *member {
        Member::Text(name, path) => Some((name, text_at(from, path)?.into())),
        Member::Filled(name, path) => Some((name, text_at(from, path).filter(|text| !text.is_empty())?.into())),
        Member::Amount(name, path) => {
            let digits = whole_at(from, path).map(|amount| amount.to_string());
            Some((name, digits.or_else(|| text_at(from, path))?.into()))
        }
        Member::Number(name, path) => Some((name, whole_at(from, path)?.into())),
        Member::Sheets(path) => {
            let counted = path.and_then(|path| whole_at(from, path)).filter(|count| *count > 0);
            Some(("lembar_tagihan", counted.unwrap_or(1).into()))
        }
        Member::Lines(path, members) => {
            let lines = at(from, path)?.as_array()?.iter().filter_map(|line| write_line(members, line));
            let lines: Vec<Value> = lines.collect();
            (!lines.is_empty()).then_some(("detail", lines.into()))
        }
        Member::Line(members) => Some(("detail", vec![write_line(members, from)?].into())),
    }
}

/// A line, unless it says nothing.
fn write_line(members: &[Member], from: &Value) -> Option<Value> {
    let line = write(members, from);
    line.values().any(|value| value.as_str() != Some("")).then_some(Value::Object(line))
}

fn at<'a>(from: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(from, |value, key| value.get(key))
}

/// Text as it came, a number in digits, lines of text as one text.
fn text_at(from: &Value, path: &str) -> Option<String> {
    match at(from, path)? {
        Value::Array(lines) => {
            lines.iter().map(Value::as_str).collect::<Option<Vec<_>>>().map(|lines| lines.join("\n"))
        }
        Value::Number(number) => {
            Some(whole_at(from, path).map_or_else(|| number.to_string(), |whole| whole.to_string()))
        }
        value => field(value).text_or_empty().ok().flatten().map(String::from),
    }
}

fn whole_at(from: &Value, path: &str) -> Option<i64> {
    field(at(from, path)?).whole().ok().flatten()
}

fn field(value: &Value) -> Field {
    serde_json::from_str(&value.to_string()).unwrap_or_default()
}
