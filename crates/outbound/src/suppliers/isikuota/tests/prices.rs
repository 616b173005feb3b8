//! What it sells, line by line.

use domain::product::CutOff;

use super::*;
use crate::supplier::PriceList;
use crate::suppliers::isikuota::envelope::Envelope;
use crate::suppliers::isikuota::price_list;

fn line() -> Value {
    json!({"code": "TSEL21", "name": "Telkomsel 21.000", "type": "prepaid", "category": "Pulsa", "brand": "TELKOMSEL",
        "price": 21_425, "admin": null, "commission": null, "status": "available", "cut_off_start": "23:45",
        "cut_off_end": "00:15", "description": null})
}

fn list(lines: &[Value]) -> PriceList {
    let body = json!({"success": true, "code": "SUCCESS", "data": lines, "meta": {"page": 1, "total_pages": 1}});
    let mut list = PriceList::default();
    assert!(price_list::add_page(&mut list, &Envelope::read(&body.to_string()).unwrap(), 1).unwrap());
    list
}

#[test]
fn purchases_and_bills_are_read() {
    let bill = json!({"code": "MPBPJS", "name": "BPJS", "type": "postpaid", "category": "Tagihan", "brand": "BPJS",
        "price": null, "admin": 2_700, "commission": 900, "status": "disturbed", "cut_off_start": null,
        "cut_off_end": null, "description": "x"});
    let game = json!({"code": "ML86", "type": "game", "price": 20_000, "status": "unavailable"});
    let list = list(&[line(), bill, game]);
    assert_eq!((list.products.len(), list.unreadable), (3, 0));
    let [pulsa, bill, game] = &list.products[..] else { panic!() };
    assert_eq!((&*pulsa.sku, pulsa.kind, pulsa.cost), ("TSEL21", ProductKind::Prepaid, Rupiah::whole(21_425)));
    assert_eq!(pulsa.cut_off, Some(CutOff { start: 1_425, end: 15 }));
    assert_eq!((bill.cost, bill.admin), (Rupiah::whole(1_800), Rupiah::whole(2_700)));
    assert!(bill.is_available && bill.cut_off.is_none());
    assert_eq!((game.kind, game.is_available, &*game.name), (ProductKind::Game, false, ""));
}

#[test]
fn a_line_that_cannot_be_read_is_counted_and_not_guessed() {
    for (member, value) in [
        ("code", Value::Null),
        ("type", json!("pulsa")),
        ("type", Value::Null),
        ("price", Value::Null),
        ("price", json!("21.425")),
        ("price", json!(-1)),
        ("status", json!("gone")),
        ("status", Value::Null),
        ("cut_off_start", Value::Null),
        ("cut_off_end", json!("24:00")),
        ("name", json!([])),
    ] {
        let mut bad = line();
        bad[member] = value;
        let list = list(&[bad.clone(), line(), json!(7)]);
        assert_eq!((list.products.len(), list.unreadable), (1, 2), "{bad}");
    }
}
