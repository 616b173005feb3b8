//! The price lists and the deposit.

use domain::money::Rupiah;
use domain::product::{CutOff, ProductKind};
use serde_json::{Value, json};

use crate::supplier::{CallFault, Supplier, SupplierProduct};
use crate::suppliers::digiflazz::price_list::{List, read_line};
use crate::suppliers::tests::scripted::{Play, Scripted, nobody};
use crate::wire::{Field, md5_hex};

use super::{adapter, contract};

fn prepaid() -> Value {
    json!({
        "product_name": "XL 10.000", "category": "Pulsa", "brand": "XL", "type": "Umum", "seller_name": "PT Seller", "price": 10750,
        "buyer_sku_code": "xld10", "buyer_product_status": true, "seller_product_status": true, "unlimited_stock": true, "stock": 0,
        "multi": true, "start_cut_off": "23:45", "end_cut_off": "00:15", "desc": "Pulsa XL"
    })
}

fn pasca() -> Value {
    json!({
        "product_name": "PLN Pascabayar", "category": "Pascabayar", "brand": "PLN", "seller_name": "PT Seller", "admin": 2750,
        "commission": 1800, "buyer_sku_code": "pln", "buyer_product_status": true, "seller_product_status": true, "desc": "-"
    })
}

fn line(list: List, mut sample: Value, changes: &[(&str, Value)]) -> Option<SupplierProduct> {
    for (name, value) in changes {
        sample[*name] = value.clone();
    }
    read_line(list, &serde_json::from_str::<Field>(&sample.to_string()).unwrap()).ok()
}

#[test]
fn the_documented_lines_are_products() {
    assert_eq!(
        line(List::Prepaid, prepaid(), &[]),
        Some(SupplierProduct {
            sku: "xld10".into(),
            name: "XL 10.000".into(),
            kind: ProductKind::Prepaid,
            category: "Pulsa".into(),
            brand: "XL".into(),
            cost: Rupiah::whole(10_750),
            admin: Rupiah::ZERO,
            is_available: true,
            cut_off: Some(CutOff { start: 1_425, end: 15 }),
        })
    );
    let bill = line(List::Pasca, pasca(), &[]).unwrap();
    assert_eq!((bill.kind, bill.cost, bill.admin), (ProductKind::Postpaid, Rupiah::whole(950), Rupiah::whole(2_750)));
    assert_eq!(bill.cut_off, None);
    assert_eq!(line(List::Prepaid, prepaid(), &[("category", json!("Games"))]).unwrap().kind, ProductKind::Game);
}

#[test]
fn a_line_may_have_its_members_in_other_types() {
    let text = [("price", json!("10750")), ("stock", json!("5")), ("unlimited_stock", json!(false))];
    assert_eq!(line(List::Prepaid, prepaid(), &text), line(List::Prepaid, prepaid(), &[]));
    for (start, end) in [("0:0", "00:00"), ("00:00", "00:00"), ("07:30", "7:30"), ("", "")] {
        let product = line(List::Prepaid, prepaid(), &[("start_cut_off", json!(start)), ("end_cut_off", json!(end))]);
        assert_eq!(product.unwrap().cut_off, None, "{start} {end}");
    }
}

#[test]
fn a_product_is_sold_if_both_sides_sell_it_and_there_is_some() {
    for (changes, is_available) in [
        (vec![("buyer_product_status", json!(false))], false),
        (vec![("seller_product_status", json!(false))], false),
        (vec![("unlimited_stock", json!(false)), ("stock", json!(0))], false),
        (vec![("unlimited_stock", json!(false)), ("stock", json!(3))], true),
    ] {
        assert_eq!(line(List::Prepaid, prepaid(), &changes).unwrap().is_available, is_available, "{changes:?}");
    }
}

#[test]
fn a_line_that_cannot_be_read_is_none() {
    for (name, value) in [
        ("price", json!("free")),
        ("price", Value::Null),
        ("price", json!(-1)),
        ("buyer_sku_code", json!("")),
        ("buyer_product_status", Value::Null),
        ("start_cut_off", json!("24:00")),
        ("start_cut_off", json!("soon")),
        ("end_cut_off", Value::Null),
    ] {
        assert_eq!(line(List::Prepaid, prepaid(), &[(name, value.clone())]), None, "{name} {value}");
    }
    assert_eq!(line(List::Pasca, pasca(), &[("commission", Value::Null)]), None);
    assert_eq!(read_line(List::Pasca, &Field::default()).ok(), None);
}

#[tokio::test]
async fn both_lists_are_asked_for() {
    let server = Scripted::open().await;
    let adapter = adapter(Some(&server.url()), false);
    let sign = md5_hex(&["usernameapi-key-0123pricelist"]);
    let ask = |list: &str| json!({"cmd": list, "username": "username", "sign": sign}).to_string();
    let lists = async {
        let say = |lines: Value| Play::Answer(200, json!({ "data": lines }).to_string());
        let first = server.serve(say(json!([prepaid(), 5, {"price": 1}]))).await;
        let second = server.serve(say(json!([pasca()]))).await;
        (first, second)
    };
    let (heard, asked) = tokio::join!(adapter.products(), lists);
    let list = heard.unwrap();
    assert_eq!(list.products.iter().map(|product| &*product.sku).collect::<Vec<_>>(), ["xld10", "pln"]);
    assert_eq!(list.unreadable, 2);
    assert_eq!(asked, (ask("prepaid"), ask("pasca")));
}

#[tokio::test]
async fn a_list_that_does_not_come_says_why() {
    let refused =
        json!({"data": {"rc": "83", "message": "Anda telah mencapai limitasi pengecekan pricelist"}}).to_string();
    let meaning = "limit of price-list checks reached";
    for (play, fault) in [
        (Play::Answer(200, refused), CallFault::Refused { code: "83".into(), meaning }),
        (Play::Answer(502, "<html>".to_owned()), CallFault::Unreadable("HTTP 502".into())),
        (Play::Answer(200, json!({"data": {}}).to_string()), CallFault::Unreadable("no list".into())),
    ] {
        let server = Scripted::open().await;
        let adapter = adapter(Some(&server.url()), false);
        assert_eq!(server.play(adapter.products(), play).await.0, Err(fault));
    }
    let (_socket, url) = nobody();
    assert!(matches!(adapter(Some(&url), false).products().await, Err(CallFault::Unreachable(_))));
}

#[tokio::test]
async fn the_deposit_is_whole_rupiah() {
    let documented = contract::json("req `{\"cmd\":\"deposit\"", 1);
    for (body, deposit) in [
        (documented, Some(500_000_000_000)),
        (json!({"data": {"deposit": 12345.67}}), Some(12_345)),
        (json!({"data": {"deposit": "1000"}}), Some(1_000)),
        (json!({"data": {"deposit": -20.0}}), Some(-20)),
        (json!({"data": {"deposit": null}}), None),
        (json!({"data": {}}), None),
        (json!({"data": []}), None),
    ] {
        let server = Scripted::open().await;
        let adapter = adapter(Some(&server.url()), false);
        let (heard, request) = server.play(adapter.balance(), Play::Answer(200, body.to_string())).await;
        assert_eq!(heard.ok().map(Rupiah::get), deposit, "{body}");
        let sign = md5_hex(&["usernameapi-key-0123depo"]);
        assert_eq!(request, json!({"cmd": "deposit", "username": "username", "sign": sign}).to_string());
    }
}
