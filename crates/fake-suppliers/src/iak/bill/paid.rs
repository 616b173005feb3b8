//! What paying adds to a bill.

use serde_json::{Map, Value, json};

use super::PLN_BILLS_MAX;
use crate::call::Subject;
use crate::iak::catalogue::Family;
use crate::iak::test_numbers;
use crate::seed::Seed;

/// Adds what only a paid bill shows: the meter and the bills that are left at PLN, the tax office's number for a vehicle, and the number
/// and the dates of BPJS Ketenagakerjaan in another form.
pub fn add_what_was_paid(family: Family, subject: &Subject, members: &mut Map<String, Value>) {
    let Some(desc) = members.get_mut("desc") else { return };
    match family {
        Family::Pln => {
            let left = test_numbers::bills(&subject.sku, &subject.customer_no).saturating_sub(PLN_BILLS_MAX);
            add_meters(desc);
            let mut paid = Map::new();
            for (name, value) in desc.as_object().into_iter().flatten() {
                // The documentation's sample has it just before the details.
                if name == "tagihan" {
                    paid.insert("lembar_tagihan_sisa".to_owned(), json!(left));
                }
                paid.insert(name.clone(), value.clone());
            }
            *desc = Value::Object(paid);
        }
        Family::Esamsat => desc["ntpd"] = json!(format!("Q8T3L{}", Seed::of(&["ntpd", &subject.ref_id]).digits(7))),
        Family::Bpjstk => {
            desc["kode_iuran"] = json!(Seed::of(&["iuran", &subject.ref_id]).digits(12));
            desc["tgl_efektif"] = json!("2022-05-11 05:29:52");
            desc["tgl_expired"] = json!("2026-09-10 00:00:00");
        }
        _ => {}
    }
}

fn add_meters(desc: &mut Value) {
    let details = desc.get_mut("tagihan").and_then(|tagihan| tagihan.get_mut("detail")).and_then(Value::as_array_mut);
    for detail in details.into_iter().flatten() {
        let mut with_meter = Map::new();
        with_meter.insert("meter_awal".to_owned(), json!("00080000"));
        with_meter.insert("meter_akhir".to_owned(), json!("00080000"));
        with_meter.extend(detail.as_object().cloned().unwrap_or_default());
        *detail = Value::Object(with_meter);
    }
}
