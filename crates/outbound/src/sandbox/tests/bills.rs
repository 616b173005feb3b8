//! Bills against the documented shapes of `desc`, and against themselves.

use domain::money::Rupiah;
use serde_json::Value;

use super::Bench;
use crate::catalogue::demo_catalogue;
use crate::supplier::BillQuote;

const CONTRACT: &str = include_str!("../../../../../docs/contract/suppliers/digiflazz.md");

/// Our products, and what the contract's list of shapes calls their families.
const SHAPES: [(&str, &str); 11] = [
    ("MPPLN", "PLN"),
    ("MPPDAM", "PDAM"),
    ("MPTELKOM", "INTERNET"),
    ("MPBPJS", "BPJS Kesehatan"),
    ("MPFIF", "Multifinance"),
    ("MPPBB", "PBB"),
    ("MPGAS", "GAS NEGARA"),
    ("MPTV", "TV"),
    ("MPBPJSTK", "BPJSTK (BPU)"),
    ("MPNONTAGLIS", "PLN Nontaglis"),
    ("MPHALO", "E-Money"),
];

/// The sample that the contract gives for a family.
fn documented(family: &str) -> Value {
    let section = CONTRACT.split_once("### desc shapes").unwrap().1;
    let line = section.lines().find(|line| line.starts_with(&format!("- {family}"))).unwrap();
    serde_json::from_str(line.split('`').nth(1).unwrap()).unwrap()
}

/// Members in their order with their types; an array's elements must all be alike.
fn shape(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{name}: {}", shape(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::Array(elements) => {
            let mut shapes: Vec<String> = elements.iter().map(shape).collect();
            shapes.dedup();
            format!("[{}]", shapes.join(" | "))
        }
        Value::String(_) => String::from("text"),
        Value::Number(_) => String::from("number"),
        other => other.to_string(),
    }
}

fn desc(quote: &BillQuote) -> Value {
    serde_json::from_str(&quote.desc).unwrap()
}

/// The sum of these members over all details.
fn sum(desc: &Value, members: &[&str]) -> i64 {
    let details = desc["detail"].as_array().unwrap();
    let amounts = details.iter().flat_map(|detail| members.iter().map(move |member| detail[*member].as_str().unwrap()));
    amounts.map(|amount| amount.parse::<i64>().unwrap()).sum()
}

/// Forty numbers, so that bills of one period and of two are among them, and at last the row of twelve.
fn numbers() -> Vec<String> {
    (0..40).map(|number| format!("5300000{number:04}")).chain([String::from("53000009012")]).collect()
}

#[test]
fn details_have_the_documented_members_in_their_order_and_types() {
    let bench = Bench::new();
    for (sku, family) in SHAPES {
        for number in numbers() {
            let quote = bench.quote(sku, &number);
            assert_eq!(shape(&desc(&quote)), shape(&documented(family)), "{sku} {number}");
        }
    }
}

#[test]
fn details_add_up_to_the_bill() {
    let bench = Bench::new();
    for (sku, members) in [
        ("MPPLN", &["nilai_tagihan", "denda"][..]),
        ("MPPDAM", &["nilai_tagihan", "denda", "biaya_lain"]),
        ("MPTELKOM", &["nilai_tagihan"]),
        ("MPTV", &["nilai_tagihan"]),
    ] {
        for number in numbers() {
            let quote = bench.quote(sku, &number);
            assert_eq!(sum(&desc(&quote), members), quote.tagihan.get(), "{sku} {number}");
        }
    }
    let insurance = bench.quote("MPBPJSTK", "1234567890123");
    let parts = ["jkk", "jkm", "jht"].map(|part| desc(&insurance)[part].as_i64().unwrap());
    assert_eq!(parts.iter().sum::<i64>(), insurance.tagihan.get());
    let gas = bench.quote("MPGAS", "0110014601");
    assert_eq!(sum(&desc(&gas), &["meter_akhir"]) - sum(&desc(&gas), &["meter_awal"]), sum(&desc(&gas), &["usage"]));
}

#[test]
fn details_with_their_admin_add_up_to_what_the_customer_pays() {
    let bench = Bench::new();
    for product in demo_catalogue(domain::time::Timestamp::default()).unwrap() {
        let sku = &*product.routes[0].route.sku;
        if !["MPPLN", "MPTELKOM", "MPINDIHOME", "MPBIZNET"].contains(&sku) {
            continue;
        }
        for number in numbers() {
            assert_eq!(sum(&desc(&bench.quote(sku, &number)), &["admin"]), product.admin.get(), "{sku} {number}");
        }
    }
}

#[test]
fn a_bill_counts_its_periods() {
    let bench = Bench::new();
    for sku in ["MPPLN", "MPPDAM", "MPTELKOM", "MPHALO", "MPFIF", "MPPBB", "MPGAS", "MPTV"] {
        let counts: Vec<usize> = numbers()
            .iter()
            .map(|number| {
                let quote = bench.quote(sku, number);
                let count = quote.periods.split(',').count();
                assert_eq!(desc(&quote)["lembar_tagihan"], count, "{sku} {number}");
                count
            })
            .collect();
        assert_eq!(counts.last(), Some(&12), "{sku}");
        assert!(counts.contains(&1), "{sku}");
        assert!(counts.contains(&2) || sku == "MPPBB", "{sku}");
    }
}

#[test]
fn the_same_number_has_the_same_bill_and_another_another() {
    let bench = Bench::new();
    let quote = bench.quote("MPPLN", "530000000001");
    assert_eq!(bench.quote("MPPLN", "5300-0000 0001"), quote);
    assert_ne!(bench.quote("MPPLN", "530000000002"), quote);
    assert_ne!(bench.quote("MPPDAM", "530000000001"), quote);
    assert!(quote.tagihan > Rupiah::whole(80_000));
}
