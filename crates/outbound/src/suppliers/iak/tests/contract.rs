//! The contract document, read: its code tables, and its samples, which are the fixtures.

use std::sync::Arc;

use domain::id::CustomerNo;
use serde_json::Value;

const DOCUMENT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/contract/suppliers/iak.md"));

/// The codes of bills: code, meaning, and whether it counts as pending.
pub fn bill_codes() -> Vec<(&'static str, &'static str, bool)> {
    let (_, section) = DOCUMENT.split_once("### Postpaid response codes").unwrap();
    let rows = section.lines().skip(1).take_while(|line| !line.starts_with('#')).filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [code, meaning, status] = cells[..] else { return None };
        code.parse::<u16>().is_ok().then_some((code, meaning, status.contains("Pending")))
    });
    let rows: Vec<_> = rows.collect();
    assert_eq!(rows.len(), 48, "the table is read whole");
    rows
}

/// The codes of purchases: code and meaning, and whether it counts as pending.
pub fn purchase_codes() -> Vec<(&'static str, &'static str, bool)> {
    let line = DOCUMENT.lines().find_map(|line| line.strip_prefix("- Prepaid rc: ")).unwrap();
    let mut codes = Vec::new();
    for entry in line.trim_end_matches('.').split("; ") {
        let (numbers, meaning) = entry.trim_matches('*').split_once(' ').unwrap();
        codes.extend(numbers.split('/').map(|code| (code, meaning, meaning.contains("(pending)"))));
    }
    assert_eq!(codes.len(), 29, "the list is read whole");
    codes
}

/// Every sample: family, `inquiry` or `payment`, and IAK's `data`.
pub fn samples() -> Vec<(&'static str, &'static str, Value)> {
    let mut samples = Vec::new();
    for (family, section) in sections() {
        for line in section.lines() {
            let sample = line.trim_start().strip_prefix("- ").and_then(|line| line.split_once(" sample `data`: "));
            if let Some((call, text)) = sample {
                samples.push((family, call, parse(text.trim_matches('`'))));
            }
        }
    }
    assert_eq!(samples.len(), 40, "no sample is missed");
    samples
}

/// A family's first sample.
pub fn sample(family: &str, call: &str) -> Value {
    samples().into_iter().find(|sample| sample.0 == family && sample.1 == call).unwrap().2
}

/// What was asked for to get that answer: our code for the product, and the customer number.
pub fn asked_for(data: &Value) -> (Arc<str>, CustomerNo) {
    let [code, number] = ["code", "hp"].map(|name| data[name].as_str().unwrap());
    let sku = if code.starts_with("PBB") { format!("{code}?year=2019") } else { code.to_owned() };
    let identity = if code.starts_with("ESAMSAT") { ",0212502110170100" } else { "" };
    (sku.into(), CustomerNo::parse(&format!("{number}{identity}")).unwrap())
}

/// The members of a family's `desc`, as the contract lists them.
pub fn desc_members() -> Vec<(&'static str, &'static str)> {
    let mut members = Vec::new();
    for (family, section) in sections() {
        for line in section.lines().filter(|line| line.contains("desc fields:")) {
            let names = line.split('`').skip(1).step_by(2).filter(|name| name.starts_with("desc."));
            members.extend(names.map(|name| (family, name)));
        }
    }
    members
}

fn sections() -> impl Iterator<Item = (&'static str, &'static str)> {
    let families = DOCUMENT.split("#### IAK `").skip(1);
    families.map(|section| section.split_once('`').unwrap())
}

fn parse(text: &str) -> Value {
    // The inquiry of property tax lacks a comma as IAK publishes it, and stands in its envelope.
    let mended = text.replace(r#""113 M2" "luas_gedung""#, r#""113 M2", "luas_gedung""#);
    let mut value: Value = serde_json::from_str(&mended).unwrap_or_else(|error| panic!("{error} in {text}"));
    if value.get("data").is_some() { value["data"].take() } else { value }
}
