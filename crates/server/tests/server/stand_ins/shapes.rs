//! What the merchant reads in `desc`: the shapes of the contract, whichever supplier's bill it is.

use fake_suppliers::{Options, Outcome, Supplier};
use serde_json::{Map, Value};

use super::documents::{Fate, desc_shapes, digiflazz_numbers, iak_numbers};
use super::{House, Webhooks, bill, iak};

/// Digiflazz's products of the test numbers, each with the heading of its shape and what stands there besides.
const DIGIFLAZZ: [(&str, &str, &[&str]); 15] = [
    ("pln", "PLN", &[]),
    ("pdam", "PDAM", &[]),
    ("internet", "INTERNET (Telkom/Indihome etc.)", &[]),
    ("bpjs", "BPJS Kesehatan", &[]),
    ("multifinance", "Multifinance", &[]),
    ("cimahi", "PBB", &[]),
    ("pdl", "PBB", &["provinsi"]),
    ("pgas", "GAS NEGARA/PERTAGAS", &[]),
    ("tv", "TV", &[]),
    ("bpjstk", "BPJSTK (BPU)", &[]),
    ("bpjstkpu", "BPJSTKPU", &[]),
    ("plnnontaglist", "PLN Nontaglis", &[]),
    ("emoney", "E-Money", &[]),
    ("samsat", "SAMSAT", &[]),
    ("hp", "E-Money", &[]),
];

/// IAK's families, each with the shape that its bills are told in, the members of that shape for which IAK has nothing, and those that only
/// IAK has, which come last.
const IAK: [(&str, &str, &[&str], &[&str]); 19] = [
    ("pln", "PLN", &[], &[]),
    ("pln-nontaglist", "PLN Nontaglis", &[], &[]),
    ("bpjs-kesehatan", "BPJS Kesehatan", &[], &["sisa_pembayaran"]),
    ("bpjs-ketenagakerjaan/BPU", "BPJSTK (BPU)", &[], &[]),
    ("bpjs-ketenagakerjaan/PU", "BPJSTKPU", &[], &["kode_program"]),
    ("pdam", "PDAM", &["tarif", "jatuh_tempo"], &["biaya_materai"]),
    ("internet/telkom", "INTERNET (Telkom/Indihome etc.)", &[], &[]),
    ("internet/non-telkom", "INTERNET (Telkom/Indihome etc.)", &[], &["product_desc"]),
    ("telco", "E-Money", &[], &["detail"]),
    ("television/telkomvision", "TV", &[], &[]),
    ("television/non-telkomvision", "TV", &["detail"], &[]),
    ("pgas", "GAS NEGARA/PERTAGAS", &[], &[]),
    ("multifinance", "Multifinance", &[], &["last_paid_due_date"]),
    ("insurance", "E-Money", &[], &[]),
    ("pbb", "PBB", &[], &["jatuh_tempo", "denda"]),
    ("esamsat", "SAMSAT", &[], &["ntpd"]),
    ("custom-denom", "E-Money", &[], &["footer"]),
    ("persembahan-gereja/member", "E-Money", &[], &["footer"]),
    ("persembahan-gereja/non-member", "E-Money", &[], &["footer"]),
];

fn shape(heading: &str) -> Value {
    let shapes = desc_shapes();
    let found = shapes.iter().find(|(known, _)| *known == heading).unwrap_or_else(|| panic!("no shape {heading}"));
    serde_json::from_str(found.1).unwrap()
}

/// The members of an answer that the contract shows are all there, in its order and of its types; others only where they are named.
#[track_caller]
fn check(desc: &Value, shape: &Value, missing: &[&str], own: &[&str], whose: &str) {
    let (desc, shape) = (desc.as_object().unwrap(), shape.as_object().unwrap());
    let names = |members: &Map<String, Value>| members.keys().cloned().collect::<Vec<String>>();
    let is_own = |name: &&String| own.contains(&name.as_str());
    let wanted: Vec<_> = names(shape).into_iter().filter(|name| !missing.contains(&name.as_str())).collect();
    let found: Vec<_> = desc.keys().filter(|name| !is_own(name) || shape.contains_key(*name)).cloned().collect();
    // Which of the optional ones are there differs from bill to bill.
    let found: Vec<_> = found.into_iter().filter(|name| !missing.contains(&name.as_str())).collect();
    assert_eq!(found, wanted, "{whose}: {desc:?}");
    for (name, value) in desc {
        let Some(sample) = shape.get(name) else { continue };
        let is_like = match (value, sample) {
            (Value::String(_), Value::String(_)) | (Value::Array(_), Value::Array(_)) => true,
            (Value::Number(value), Value::Number(_)) => value.is_i64(),
            _ => false,
        };
        assert!(is_like, "{whose}: {name} is {value}, and in the contract {sample}");
    }
}

/// The same of each line.
#[track_caller]
fn check_lines(desc: &Value, shape: &Value, own: &[&str], whose: &str) {
    let (Some(lines), Some(samples)) = (desc["detail"].as_array(), shape["detail"].as_array()) else { return };
    assert!(!lines.is_empty(), "{whose}");
    for line in lines {
        check(line, &samples[0], &[], own, whose);
    }
}

/// What a paid bill of electricity shows besides.
fn with_meters(mut shape: Value) -> Value {
    shape["detail"][0]["meter_awal"] = "00080000".into();
    shape["detail"][0]["meter_akhir"] = "00090000".into();
    shape
}

#[test]
fn digiflazz_bills_are_told_as_the_contract_shows_them() {
    let mut house = House::open(&[]);
    house.connect("digi", Options::new(Supplier::Digiflazz), Webhooks::Off);
    for (sku, heading, more) in DIGIFLAZZ {
        let parameter = if sku == "emoney" { "?amount=20000" } else { "" };
        house.sell([bill(sku, "digi", &format!("{sku}{parameter}"))]);
        let mut shape = shape(heading);
        for name in more {
            shape[*name] = "…".into();
        }
        for number in digiflazz_numbers().iter().filter(|number| number.sku == sku && number.fate == Fate::Succeeds) {
            let customer_no = &number.customer_no;
            let inquiry = house.toko.inquire(&format!("{sku}{customer_no}").replace(',', "-"), sku, customer_no);
            let desc = &inquiry.expect_code("BILL_INQUIRY_SUCCESS")["desc"];
            check(desc, &shape, &[], &[], sku);
            check_lines(desc, &shape, &[], sku);

            let paid = house.toko.pay(&format!("{sku}{customer_no}").replace(',', "-"), sku, customer_no);
            let desc = &paid.expect_code("BILL_PAYMENT_SUCCESS")["desc"];
            let shape = if sku == "pln" { with_meters(shape.clone()) } else { shape.clone() };
            check(desc, &shape, &[], &[], sku);
            check_lines(desc, &shape, &[], sku);
        }
    }
}

#[test]
fn iak_bills_are_told_in_the_same_shapes() {
    let mut house = House::open(&[]);
    house.connect("iak", iak::at_noon(), Webhooks::Off);
    for (family, heading, missing, own) in IAK {
        let shape = shape(heading);
        let numbers = iak_numbers();
        let good = numbers.iter().filter(|number| number.family == family && number.outcome.starts_with("Success"));
        for number in good {
            // Its list of test numbers names another product than its samples.
            let code = if family.ends_with("/PU") { "BPJSTKPU" } else { &number.code };
            house.sell([iak::product(code)]);
            let ref_id = format!("{code}{}", number.number);
            let inquiry = house.toko.inquire(&ref_id, code, &iak::customer_no(number));
            let desc = &inquiry.expect_code("BILL_INQUIRY_SUCCESS")["desc"];
            check(desc, &shape, missing, own, code);
            check_lines(desc, &shape, &["stand", "nilai_tagihan"], code);

            let paid = house.toko.pay(&ref_id, code, &iak::customer_no(number)).expect_code("BILL_PAYMENT_SUCCESS");
            let desc = &paid["desc"];
            let (shape, own) = if family == "pln" {
                (with_meters(shape.clone()), &["lembar_tagihan_sisa"][..])
            } else {
                (shape.clone(), own)
            };
            check(desc, &shape, missing, own, code);
            check_lines(desc, &shape, &["stand", "nilai_tagihan"], code);
        }
    }
    // Of eight months four are paid, and four have to be named on the receipt.
    let numbers = [("530000000001", 0), ("530000000002", 4)];
    for (number, open) in numbers {
        let told = house.toko.status(&format!("PLNPOSTPAID{number}"));
        assert_eq!(told["desc"]["lembar_tagihan_sisa"], open, "{}", told.text);
    }
}

#[test]
fn what_only_a_payment_tells_reaches_the_merchant_however_it_was_heard_of() {
    for (webhooks, name, options, sku) in [
        (Webhooks::On, "digi", Options::new(Supplier::Digiflazz), "pln"),
        (Webhooks::Off, "digi", Options { limits: false, ..Options::new(Supplier::Digiflazz) }, "pln"),
        (Webhooks::Off, "iak", iak::at_noon(), "PLNPOSTPAID"),
    ] {
        let pace = if webhooks == Webhooks::On { "100" } else { "1" };
        let mut house = House::open(&[("pace_percent", pace), ("check_every_ms", "20")]);
        house.connect(name, options, webhooks);
        house.sell([bill("PLN", name, sku)]);
        let customer_no = if name == "digi" { "630000000001" } else { "530000000007" };
        let inquiry = house.toko.inquire("bill", "PLN", customer_no).expect_code("BILL_INQUIRY_SUCCESS");
        let pending = house.toko.pay("bill", "PLN", customer_no).expect_code("BILL_PAYMENT_PENDING");
        assert_eq!(pending["desc"], inquiry["desc"]);
        house.settle(name, "bill", Outcome::Success);
        house.becomes("bill", "success");
        let desc = &house.toko.status("bill")["desc"];
        let (shape, own) = (with_meters(shape("PLN")), ["lembar_tagihan_sisa"]);
        check(desc, &shape, &[], &own, name);
        check_lines(desc, &shape, &[], name);
        house.reckon();
    }
}
