//! What goes over the wire.

use domain::id::CustomerNo;
use serde_json::{Value, json};

use crate::supplier::{BillQuestion, Supplier, Task};
use crate::suppliers::digiflazz::Digiflazz;
use crate::suppliers::tests::scripted::{Play, Scripted};
use crate::wire::md5_hex;

use super::{REF, adapter, bill_task, question, top_up_task};

/// The request that this makes the adapter send.
async fn request<T>(is_testing: bool, ask: impl AsyncFn(Digiflazz) -> T) -> Value {
    let server = Scripted::open().await;
    let adapter = adapter(Some(&server.url()), is_testing);
    let (_, body) = server.play(ask(adapter), Play::Reset).await;
    serde_json::from_str(&body).unwrap()
}

fn signed(ref_id: &str) -> String {
    md5_hex(&["usernameapi-key-0123", ref_id])
}

#[tokio::test]
async fn each_call_sends_what_is_documented_in_that_order() {
    let common = format!(
        r#""username":"username","buyer_sku_code":"pln","customer_no":"530000000001","ref_id":"{REF}","sign":"{}""#,
        signed(REF)
    );
    let inquiry = request(false, async |adapter| adapter.inquire(&question()).await).await;
    assert_eq!(inquiry.to_string(), format!(r#"{{"commands":"inq-pasca",{common}}}"#));
    let pay = request(false, async |adapter| adapter.send(&bill_task()).await).await;
    assert_eq!(pay.to_string(), format!(r#"{{"commands":"pay-pasca",{common}}}"#));
    let status = request(true, async |adapter| adapter.check(&bill_task()).await).await;
    assert_eq!(status.to_string(), format!(r#"{{"commands":"status-pasca",{common},"testing":true}}"#));
    let top_up = request(false, async |adapter| adapter.send(&top_up_task()).await).await;
    let expected = common.replace("pln", "xld25").replace("530000000001", "087800001233");
    assert_eq!(top_up.to_string(), format!(r#"{{{expected},"max_price":25000}}"#));
}

#[tokio::test]
async fn a_top_up_is_asked_about_by_the_very_same_request() {
    let task = Task { customer_no: CustomerNo::parse("0878.1233").unwrap(), ..top_up_task() };
    let again = Task { is_repeat: true, ..task.clone() };
    let sent = request(false, async |adapter| adapter.send(&task).await).await;
    assert_eq!(sent["allow_dot"], true);
    assert_eq!(sent, request(false, async |adapter| adapter.send(&again).await).await);
    assert_eq!(sent, request(false, async |adapter| adapter.check(&task).await).await);
    assert_eq!(sent, request(false, async |adapter| adapter.check(&again).await).await);
}

#[tokio::test]
async fn a_products_code_may_bring_an_amount_or_a_year() {
    for (sku, name, value) in [("emoney?amount=100000", "amount", 100_000), ("cimahi?year=2025", "year", 2_025)] {
        let asked = BillQuestion { sku: sku.into(), ..question() };
        let task = Task { sku: sku.into(), ..bill_task() };
        let inquiry = request(false, async |adapter| adapter.inquire(&asked).await).await;
        let pay = request(false, async |adapter| adapter.send(&task).await).await;
        for request in [inquiry, pay] {
            assert_eq!(request[name], json!(value));
            assert_eq!(request["buyer_sku_code"], json!(sku.split('?').next().unwrap()));
        }
        let status = request(false, async |adapter| adapter.check(&task).await).await;
        assert_eq!(status[name], Value::Null);
    }
}

#[tokio::test]
async fn a_code_that_cannot_be_used_sends_nothing() {
    let adapter = adapter(Some("http://127.0.0.1:1"), false);
    let number = CustomerNo::parse("1").unwrap();
    assert!(adapter.admit("pln", &number).is_ok() && adapter.admit("x?amount=1000&year=2025", &number).is_ok());
    for sku in ["", "x?", "x?amount", "x?amount=many", "x?amount=-1", "x?colour=1"] {
        assert!(adapter.admit(sku, &number).is_err(), "{sku}");
        let heard = adapter.send(&Task { sku: sku.into(), ..bill_task() }).await;
        assert!(heard.exchange.is_none());
    }
}

#[test]
fn nothing_secret_is_printed() {
    assert_eq!(format!("{:?}", adapter(None, false)), "Digiflazz");
}
