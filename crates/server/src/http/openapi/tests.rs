//! The description against the committed copy, and against the codes.

use std::collections::BTreeSet;
use std::path::Path;

use super::calls::EVERYWHERE;
use super::*;
use crate::http::codes::Code;

#[test]
fn the_committed_description_is_the_one_that_is_served() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    if option_env!("LOKET_WRITE_OPENAPI").is_some() {
        std::fs::write(&path, text()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(committed == text(), "docs/openapi.json is old; see the head of openapi.rs for how to write it anew");
}

#[test]
fn every_code_of_a_call_is_described_somewhere() {
    let mut described: BTreeSet<Code> = EVERYWHERE.iter().copied().collect();
    for call in CALLS {
        described.extend(call.refusals);
        described.extend(call.successes.iter().flat_map(|success| success.codes));
    }
    // These two belong to no call: the path or the method is wrong.
    described.extend([Code::NotFound, Code::MethodNotAllowed]);
    assert_eq!(described, Code::ALL.iter().copied().collect());
}

#[test]
fn no_reference_leads_nowhere() {
    let description: Value = serde_json::from_str(&text()).unwrap();
    let schemas = description["components"]["schemas"].as_object().unwrap();
    for part in text().split("\"#/components/schemas/").skip(1) {
        let (name, _) = part.split_once('"').unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
}
