//! The price lists: an array when all is well, an object when it is not.

use std::io;
use std::time::Duration;

use serde_json::{Value, json};

use crate::call::Asked;
use crate::desk::Desk;
use crate::digiflazz::catalogue::{POSTPAID, PREPAID, Postpaid, Prepaid};
use crate::digiflazz::checks;
use crate::digiflazz::shown::refused;
use crate::journal::BrokenRule;
use crate::protocol::Answer;

/// From one whole list to the next.
const PAUSE_AFTER_LIST: Duration = Duration::from_mins(5);
/// From one product to the next.
const PAUSE_AFTER_PRODUCT: Duration = Duration::from_secs(1);

/// The list of what is paid before.
pub fn prepaid(desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
    let items = PREPAID.iter().map(|product| (product.sku, prepaid_item(product)));
    list(desk, asked, "prepaid", items)
}

/// The list of bills.
pub fn postpaid(desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
    let items = POSTPAID.iter().map(|product| (product.sku, postpaid_item(product)));
    list(desk, asked, "pasca", items)
}

fn list(
    desk: &mut Desk,
    asked: &Asked,
    name: &str,
    items: impl Iterator<Item = (&'static str, Value)>,
) -> io::Result<Answer> {
    if let Err(rc) = checks::caller(desk, asked, "pricelist") {
        return Ok(refused(asked, rc));
    }
    if asked.text("cmd") != name {
        return Ok(refused(asked, "40"));
    }
    let code = asked.text("code");
    let pause = if code.is_empty() { PAUSE_AFTER_LIST } else { PAUSE_AFTER_PRODUCT };
    if !desk.allows(&format!("price list {name} {code}"), pause) {
        desk.blame(&asked.subject, BrokenRule::TooManyCalls, format!("price list {name}"))?;
        return Ok(refused(asked, "83"));
    }
    let is_wanted = |item: &Value| {
        ["category", "brand", "type"]
            .iter()
            .all(|filter| asked.text(filter).is_empty() || item[filter] == asked.text(filter))
    };
    let wanted = items.filter(|(sku, item)| (code.is_empty() || *sku == code) && is_wanted(item)).map(|(_, item)| item);
    Ok(Answer::ok(json!({ "data": wanted.collect::<Vec<_>>() })))
}

fn prepaid_item(product: &Prepaid) -> Value {
    let amount = |amount: i64| if product.amounts_are_texts { json!(amount.to_string()) } else { json!(amount) };
    json!({
        "product_name": product.name,
        "category": product.category,
        "brand": product.brand,
        "type": "Umum",
        "seller_name": "PT Contoh Penjual",
        "price": amount(product.price),
        "buyer_sku_code": product.sku,
        "buyer_product_status": true,
        "seller_product_status": product.active,
        "unlimited_stock": true,
        "stock": amount(0),
        "multi": product.multi,
        "start_cut_off": product.cut_off.0,
        "end_cut_off": product.cut_off.1,
        "desc": "-",
    })
}

fn postpaid_item(product: &Postpaid) -> Value {
    json!({
        "product_name": product.name,
        "category": "Pascabayar",
        "brand": product.brand,
        "seller_name": "PT Contoh Penjual",
        "admin": product.admin,
        "commission": product.commission,
        "buyer_sku_code": product.sku,
        "buyer_product_status": true,
        "seller_product_status": true,
        "desc": "-",
    })
}
