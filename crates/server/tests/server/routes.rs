//! Which supplier serves a product, in which order, and why one doesn't.

use serde_json::{Value, json};

use crate::harness::{Loket, now_seconds};

/// A house with two suppliers, which nobody asks, and one product.
fn house() -> Loket {
    let loket = Loket::closed();
    for name in ["digi", "iak"] {
        loket.add_fake(name, "digiflazz", "http://127.0.0.1:9/v1");
    }
    loket.expect(&["product", "add", "XL10", "--type", "prepaid", "--name", "XL 10.000", "--price", "11000"]);
    loket
}

/// What a clock in Jakarta shows so many hours from now.
fn wib_clock(hours: i64) -> String {
    let minute = (now_seconds() / 60 + (7 + hours) * 60).rem_euclid(24 * 60);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn set(loket: &Loket, arguments: &[&str]) -> Value {
    loket.json(&[&["route", "set", "XL10"], arguments].concat())
}

fn members(routes: &Value, names: [&str; 3]) -> Vec<[Value; 3]> {
    routes.as_array().unwrap().iter().map(|route| names.map(|name| route[name].clone())).collect()
}

#[test]
fn the_order_is_the_one_that_was_set() {
    let loket = house();
    let closed = loket.json(&["route", "list", "XL10"]);
    assert_eq!((&closed[0]["supplier"], closed.as_array().unwrap().len()), (&json!("sandbox"), 1));
    assert_eq!(closed[0]["closed"], json!("the sandbox serves only testing orders"));

    let routes = set(&loket, &["digi:xld10:10.850", "iak"]);
    let names = ["supplier", "sku", "cost"];
    let both = [[json!("digi"), json!("xld10"), json!(10_850)], [json!("iak"), json!("XL10"), json!(0)]];
    assert_eq!(members(&routes, names), both);
    assert_eq!(loket.json(&["route", "list"]), routes);

    // What isn't said stays as it was, wherever the route goes.
    set(&loket, &["digi", "--max-cost", "10900"]);
    let turned = set(&loket, &["iak:axl10?x=1", "digi::10.800"]);
    let both = [[json!("iak"), json!("axl10?x=1"), json!(0)], [json!("digi"), json!("xld10"), json!(10_800)]];
    assert_eq!(members(&turned, names), both);
    assert_eq!(turned[1]["max_cost"], json!(10_900));
    assert_eq!(members(&set(&loket, &["iak"]), names).len(), 1);
}

#[test]
fn a_closed_route_says_why() {
    let loket = house();
    set(&loket, &["digi:xld10:10850", "iak:axl10:10900"]);
    let closed = |routes: &Value| routes[0]["closed"].clone();
    let list = || loket.json(&["route", "list", "XL10"]);
    assert_eq!(closed(&list()), Value::Null);

    assert_eq!(closed(&set(&loket, &["digi", "--off"])), json!("switched off"));
    assert_eq!(closed(&set(&loket, &["digi", "--on"])), Value::Null);
    assert_eq!(closed(&set(&loket, &["digi", "--max-cost", "10000"])), json!("too dear: it may cost Rp 10.000"));
    let (from, until) = (wib_clock(-1), wib_clock(1));
    let window = ["digi", "--no-max-cost", "--cut-off", &format!("{from}-{until}")];
    assert_eq!(closed(&set(&loket, &window)), json!(format!("the supplier's cut-off, until {until}")));
    set(&loket, &["digi", "--cut-off", "none"]);

    for (state, sentence) in [("draining", "the supplier is draining"), ("off", "the supplier is switched off")] {
        loket.expect(&["supplier", "set", "digi", "--state", state]);
        assert_eq!(closed(&list()), json!(sentence));
    }
    loket.expect(&["product", "set", "XL10", "--status", "unavailable"]);
    assert_eq!(closed(&list()), json!("the product is not sold"));
}

#[test]
fn a_route_that_leads_nowhere_is_refused() {
    let loket = house();
    let refused = |code: i32, arguments: &[&str]| loket.expect_failure(code, &[&["route", "set"], arguments].concat());
    let complaint = refused(1, &["XL10", "nobody:x:1"]);
    assert!(complaint.contains("there is no supplier nobody"), "{complaint}");
    assert!(refused(1, &["XL99", "digi"]).contains("there is no product XL99"));
    assert!(refused(1, &["XL10", "digi", "digi:x"]).contains("there twice"));
    assert!(refused(1, &["XL10", "digi", "--off"]).contains("is not routed to digi"));
    assert!(refused(1, &["XL10", "digi:x", "--off"]).contains("name that supplier alone"));
    refused(1, &["XL10", "sandbox", "--cut-off", "25:00-01:00"]);
    refused(2, &["XL10", "digi:x:y"]);
    refused(2, &["XL10"]);
    refused(2, &["XL10", "digi", "--on", "--off"]);
    assert_eq!(loket.json(&["route", "list"])[0]["supplier"], json!("sandbox"));
}
