//! Callbacks.

use super::server::iak;
use super::*;
use crate::account::Secret;
use crate::supplier::{CallbackFault, CallbackNews, CallbackRequest, Supplier};
use crate::wire::md5_hex;

/// The documented members, all of them text.
fn callback(code: &str, sign: &str) -> String {
    json!({"data": {"ref_id": "order001", "status": "1", "product_code": "xld25000", "customer_id": "0817777215",
        "price": "16500", "message": "SUCCESS", "sn": "123456789", "balance": "1", "tr_id": "3487", "rc": code, "sign": sign}})
    .to_string()
}

fn reading(body: &[u8]) -> Result<CallbackNews, CallbackFault> {
    iak("http://127.0.0.1:1").read_callback(&CallbackRequest { headers: &[], body })
}

#[test]
fn whatever_it_says_it_only_makes_us_ask() {
    let sign = md5_hex(&["082210138584", server::KEY, "order001"]);
    let news = Ok(CallbackNews::AskAbout(SupplierRef::parse("order001").unwrap()));
    for (code, ..) in contract::purchase_codes() {
        assert_eq!(reading(callback(code, &sign).as_bytes()), news, "{code}");
    }
    assert_eq!(reading(callback("77", &sign.to_uppercase()).as_bytes()), news);
}

#[test]
fn one_that_is_not_signed_for_its_order_is_forged() {
    let other = md5_hex(&["082210138584", server::KEY, "order002"]);
    let keyless = md5_hex(&["082210138584", "", "order001"]);
    for sign in ["", "x", &other, &keyless, &other[..31]] {
        assert_eq!(reading(callback("00", sign).as_bytes()), Err(CallbackFault::Forged), "{sign}");
    }
    assert_eq!(reading(br#"{"data":{"ref_id":"order001"}}"#), Err(CallbackFault::Forged));
}

#[test]
fn what_cant_be_read_is_not_believed() {
    for body in [&b""[..], b"{}", b"{\"data\":[]}", b"{\"data\":{\"sign\":\"x\"}}", b"\xff", b"ref_id=order001"] {
        assert_eq!(reading(body), Err(CallbackFault::Unreadable), "{body:?}");
    }
}

#[test]
fn one_about_anothers_order_is_no_news() {
    let sign = md5_hex(&["082210138584", server::KEY, "not-ours"]);
    let body = json!({"data": {"ref_id": "not-ours", "sign": sign}}).to_string();
    assert_eq!(reading(body.as_bytes()), Ok(CallbackNews::Nothing));
}

#[test]
fn without_a_key_none_is_expected() {
    let mut account = server::account("http://127.0.0.1:1");
    account.key = Secret::default();
    let keyless = crate::suppliers::Iak::new(account, server::client());
    let sign = md5_hex(&["082210138584", "", "order001"]);
    let body = callback("00", &sign);
    let request = CallbackRequest { headers: &[], body: body.as_bytes() };
    assert_eq!(keyless.read_callback(&request), Err(CallbackFault::NotExpected));
}
