//! The price lists.

use serde_json::{Value, json};

use crate::call::Asked;
use crate::desk::Desk;
use crate::iak::catalogue::{POSTPAID, PREPAID, Postpaid, Prepaid};
use crate::iak::checks;
use crate::iak::shown::{self, refused};
use crate::protocol::Answer;

/// All postpaid products, or those of one list; for water also of one province.
pub fn postpaid(desk: &Desk, asked: &Asked) -> Answer {
    if let Err(rc) = checks::postpaid(desk, asked, "pl") {
        return refused(asked, rc);
    }
    let list = asked.path.strip_prefix("api/v1/bill/check/").unwrap_or_default();
    let province = asked.text("province");
    let is_wanted = |product: &&Postpaid| {
        let is_there = province.is_empty() || self::province(product) == Some(province);
        (list.is_empty() || product.list == list) && is_there && asked.text("status") != "non active"
    };
    let items: Vec<Value> = POSTPAID.iter().filter(is_wanted).map(postpaid_item).collect();
    shown::postpaid(json!({ "pasca": items }))
}

fn postpaid_item(product: &Postpaid) -> Value {
    let mut item = json!({
        "code": product.code,
        "name": product.name,
        "status": 1,
        "fee": product.fee,
        "komisi": product.komisi,
        "type": product.list,
        "category": "postpaid",
    });
    if let Some(province) = province(product) {
        item["province"] = json!(province);
    }
    item
}

fn province(product: &Postpaid) -> Option<&'static str> {
    match product.code {
        "PDAMKOTA.SURABAYA" => Some("Jawa Timur"),
        "PDAMKOTA.MEDAN" => Some("Sumatera Utara"),
        "PDAMKOTA.YOGYAKARTA" => Some("DI Yogyakarta"),
        "AETRA" => Some("DKI Jakarta"),
        _ => None,
    }
}

/// All prepaid products below `data.pricelist`; those of one type, or of one operator, as `data` itself.
pub fn prepaid(desk: &Desk, asked: &Asked) -> Answer {
    if let Err(rc) = checks::prepaid(desk, asked, "pl") {
        return refused(asked, rc);
    }
    let mut wanted = asked.path.split('/').skip(2);
    let (kind, operator) = (wanted.next(), wanted.next());
    let status = asked.text("status");
    let is_wanted = |product: &&Prepaid| {
        kind.is_none_or(|kind| product.kind == kind)
            && operator.is_none_or(|operator| product.operator.eq_ignore_ascii_case(operator))
            && (status.is_empty() || status == "all" || status == self::status(product))
    };
    let items: Vec<Value> = PREPAID.iter().filter(is_wanted).map(prepaid_item).collect();
    match kind {
        Some(_) => Answer::ok(json!({ "data": items })),
        None => Answer::ok(json!({ "data": { "pricelist": items, "rc": "00", "message": "SUCCESS" } })),
    }
}

fn prepaid_item(product: &Prepaid) -> Value {
    json!({
        "product_code": product.code,
        "product_description": product.operator,
        "product_nominal": product.nominal,
        "product_details": "-",
        "product_price": product.price,
        "product_type": product.kind,
        "active_period": "30",
        "status": status(product),
        "icon_url": "-",
        "product_category": product.kind,
    })
}

const fn status(product: &Prepaid) -> &'static str {
    if product.active { "active" } else { "non active" }
}
