//! Both lists, as documented and as IAK's server sends them.

use domain::money::Rupiah;
use domain::product::{CutOff, ProductKind};
use serde_json::{Value, json};

use super::{bills, purchases};
use crate::supplier::{CallFault, SupplierProduct};

fn purchase() -> Value {
    json!({"product_code": "xld25000", "product_description": "XL Data", "product_nominal": "25000", "product_details": "-",
        "product_price": 25000, "product_type": "data", "active_period": "30", "status": "active", "icon_url": "-",
        "product_category": "data"})
}

#[test]
fn purchases_are_found_in_both_places() {
    let expected = SupplierProduct {
        sku: "xld25000".into(),
        name: "XL Data 25000".into(),
        kind: ProductKind::Prepaid,
        category: "data".into(),
        brand: "XL Data".into(),
        cost: Rupiah::whole(25_000),
        admin: Rupiah::ZERO,
        is_available: true,
        cut_off: None,
    };
    for data in [json!([purchase()]), json!({"pricelist": [purchase()], "rc": "00", "message": "SUCCESS"})] {
        let list = purchases::meaning(&json!({"data": data}).to_string()).unwrap();
        assert_eq!((list.products.as_slice(), list.unreadable), (std::slice::from_ref(&expected), 0));
    }
}

#[test]
fn a_purchase_is_told_as_it_is_listed() {
    let mut game = purchase();
    game["product_type"] = json!("game");
    game["product_nominal"] = json!("86 Diamonds");
    game["status"] = json!("non active");
    let list = purchases::meaning(&json!({"data": [game]}).to_string()).unwrap();
    let product = &list.products[0];
    assert_eq!((&*product.name, product.kind, product.is_available), ("86 Diamonds", ProductKind::Game, false));
}

#[test]
fn a_bill_costs_its_fee_less_our_commission() {
    let lines = json!([
        {"code": "AETRA", "name": "AETRA", "status": 1, "fee": 2500, "komisi": 700, "type": "pdam", "category": "postpaid"},
        {"code": "PLNPOSTPAID", "name": "PLN", "status": 4, "fee": "2500", "komisi": "600", "type": "pln"},
        {"code": "CBN", "name": "CBN", "status": 1, "fee": 0, "komisi": 1000, "type": "internet"},
    ]);
    let list = bills::meaning(&json!({"data": {"pasca": lines}, "meta": []}).to_string()).unwrap();
    let told: Vec<_> = list
        .products
        .iter()
        .map(|product| (&*product.sku, product.admin.get(), product.cost.get(), product.is_available, product.cut_off))
        .collect();
    let rests = Some(CutOff { start: 1_380, end: 60 });
    let expected = [
        ("AETRA", 2_500, 1_800, true, None),
        ("PLNPOSTPAID", 2_500, 1_900, false, rests),
        ("CBN", 0, -1_000, true, None),
    ];
    assert_eq!(told, expected);
}

#[test]
fn lines_that_cant_be_read_are_counted() {
    let lines = json!([purchase(), {"product_code": "x"}, 7, null, {"product_code": "y", "product_price": "Rp 5.000"}]);
    let list = purchases::meaning(&json!({"data": lines}).to_string()).unwrap();
    assert_eq!((list.products.len(), list.unreadable), (1, 4));
}

#[test]
fn a_refusal_is_no_empty_list() {
    let refused = json!({"data": {"rc": "204", "message": "WRONG AUTHENTICATION"}}).to_string();
    let fault = CallFault::Refused { code: "204".into(), meaning: "WRONG AUTHENTICATION" };
    assert_eq!(purchases::meaning(&refused), Err(fault));
    let refused = json!({"data": {"response_code": "102", "message": "INVALID IP ADDRESS"}}).to_string();
    let fault = CallFault::Refused { code: "102".into(), meaning: "INVALID IP ADDRESS" };
    assert_eq!(bills::meaning(&refused), Err(fault));
    for body in ["", "{}", r#"{"data":{}}"#, r#"{"data":null}"#, r#"{"data":{"pasca":{}}}"#] {
        assert!(matches!(bills::meaning(body), Err(CallFault::Unreadable(_))), "{body}");
    }
}
