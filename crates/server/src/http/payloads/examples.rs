//! The shapes against the contract's own examples, byte for byte: members, order, case and values.

use std::sync::Arc;

use axum::body::to_bytes;
use domain::bill::{BillKey, BillScope};
use domain::duplicate::DuplicateKey;
use domain::id::{CustomerNo, MerchantId, Mode, OrderId, ProductCode, RefId, RefKey, SupplierName, SupplierRef};
use domain::inquiry::{Inquiry, Quote};
use domain::money::Rupiah;
use domain::order::{Claim, Order, OrderStatus};
use domain::product::{ProductKind, Route};
use domain::time::Timestamp;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use super::*;
use crate::http::exchange::Exchange;
use crate::http::language::Language;
use crate::http::request_id::RequestIds;
use crate::http::{envelope, messages};

/// The contract's JSON example that contains `mark`, without the contract's line breaks.
fn example(mark: &str) -> String {
    let contract = include_str!("../../../../../docs/contract/api.md");
    let block = contract.split("```json\n").skip(1).find(|block| block.contains(mark)).unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let value: serde_json::Value = serde_json::from_str(block).unwrap();
    // Members keep their order: serde_json is built with `preserve_order`.
    value.to_string()
}

fn exchange() -> Exchange {
    Exchange {
        request_id: RequestIds::new(1).make(),
        language: Language::Indonesian,
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
    }
}

async fn text(response: axum::response::Response) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

fn key(ref_id: &str) -> RefKey {
    RefKey { merchant_id: MerchantId(1), mode: Mode::Production, ref_id: RefId::parse(ref_id).unwrap() }
}

fn route() -> Route {
    Route { supplier: SupplierName::parse("sandbox").unwrap(), sku: "X".into(), cost: Rupiah::ZERO }
}

fn moment(text: &str) -> Timestamp {
    Timestamp::parse_wib(text).unwrap()
}

fn inquiry() -> Inquiry {
    let opened_at = moment("2026-05-31 10:40:02").plus(Duration::from_micros(999_999));
    let product_code = ProductCode::parse("MPBPJS").unwrap();
    let desc: Arc<str> =
        r#"{"jumlah_peserta":"2","lembar_tagihan":1,"alamat":"JAKARTA PUSAT","detail":[{"periode":"01"}]}"#.into();
    Inquiry {
        key: key("INQ-001"),
        product_code,
        customer_no: CustomerNo::parse("1234567890").unwrap(),
        bill: BillKey { scope: BillScope::Production, group: "MPBPJS".into(), number: "1234567890".into() },
        successes_seen: 0,
        quote: Quote {
            customer_name: "Demo Member".into(),
            tagihan: Rupiah::whole(22_500),
            admin: Rupiah::whole(2_700),
            commission: Rupiah::ZERO,
            desc,
            periods: "01".into(),
            route: route(),
            supplier_ref: SupplierRef::parse("A1").unwrap(),
            token: "".into(),
            requotable: false,
            same_day: false,
            repaid_window: Duration::ZERO,
        },
        words: None,
        opened_at,
        expires_at: opened_at.plus(Duration::from_mins(5)),
    }
}

fn payment(status: OrderStatus) -> Order {
    let inquiry = inquiry();
    let created_at = moment("2026-05-31 10:41:16");
    Order {
        key: inquiry.key,
        order_id: OrderId(1),
        kind: ProductKind::Postpaid,
        product_code: inquiry.product_code,
        product_name: "BPJS Kesehatan".into(),
        customer_no: inquiry.customer_no,
        claim: Claim::Bill(inquiry.bill),
        amount: Rupiah::whole(25_200),
        quoted_cost: Rupiah::ZERO,
        cost: None,
        status,
        sn: Some("S1234554321N".into()),
        desc: None,
        attempts: 1,
        desk: None,
        decided: None,
        is_borne: false,
        created_at,
        updated_at: created_at,
        refunded_at: None,
    }
}

fn purchase(status: OrderStatus) -> Order {
    let created_at = moment("2026-05-31 12:36:46");
    let product_code = ProductCode::parse("TSEL21").unwrap();
    let claim = Claim::Purchase(DuplicateKey {
        merchant_id: MerchantId(1),
        mode: Mode::Production,
        product_code: product_code.clone(),
        number: "08123456789".into(),
    });
    Order {
        key: key("TRX12345asdxxx"),
        kind: ProductKind::Prepaid,
        product_code,
        product_name: "Telkomsel 21.000".into(),
        customer_no: CustomerNo::parse("08123456789").unwrap(),
        claim,
        amount: Rupiah::whole(21_425),
        sn: Some("1234-5678-9012-3456".into()),
        desc: None,
        created_at,
        ..payment(status)
    }
}

async fn payment_text(order: &Order) -> String {
    let inquiry = inquiry();
    let data = BillPaymentData::of(order, &inquiry).unwrap();
    text(envelope::answer(&exchange(), payment_code(order.status), &data).unwrap()).await
}

#[tokio::test]
async fn an_inquiry_is_the_contracts() {
    let inquiry = inquiry();
    let data = InquiryData::of(&inquiry).unwrap();
    let response = envelope::answer(&exchange(), crate::http::codes::Code::BillInquirySuccess, &data).unwrap();
    assert_eq!(text(response).await, example("BILL_INQUIRY_SUCCESS"));
}

#[tokio::test]
async fn a_bill_payment_is_the_contracts() {
    assert_eq!(payment_text(&payment(OrderStatus::Success)).await, example("BILL_PAYMENT_SUCCESS"));
}

#[tokio::test]
async fn a_purchase_is_the_contracts() {
    let order = purchase(OrderStatus::Success);
    let response = envelope::answer(&exchange(), purchase_code(order.status), &PurchaseData::of(&order)).unwrap();
    assert_eq!(text(response).await, example("ORDER_SUCCESS"));
}

#[tokio::test]
async fn a_pending_payment_is_a_success_without_sn() {
    let said = payment_text(&Order { sn: None, ..payment(OrderStatus::Pending) }).await;
    assert!(said.starts_with(r#"{"success":true,"code":"BILL_PAYMENT_PENDING","#), "{said}");
    assert!(said.contains(r#""sn":null,"desc""#) && said.ends_with(r#""errors":null,"meta":null}"#), "{said}");
}

#[tokio::test]
async fn a_reversed_payment_has_failed_and_says_when() {
    let refunded_at = Some(moment("2026-05-31 11:00:00"));
    let said = payment_text(&Order { refunded_at, ..payment(OrderStatus::Refunded) }).await;
    assert!(said.starts_with(r#"{"success":false,"code":"BILL_PAYMENT_FAILED","#), "{said}");
    assert!(said.contains(r#""status":"failed""#), "{said}");
    let end = format!(
        r#""created_at":"2026-05-31 10:41:16","refunded_at":"2026-05-31 11:00:00"}},"errors":null,"meta":{{"request_id":"{}"}}}}"#,
        exchange().request_id
    );
    assert!(said.ends_with(&end), "{said}");
}

#[tokio::test]
async fn a_failed_purchase_keeps_its_capital() {
    let order = Order { sn: None, ..purchase(OrderStatus::Failed) };
    let response = envelope::answer(&exchange(), purchase_code(order.status), &PurchaseData::of(&order)).unwrap();
    let said = text(response).await;
    assert!(said.contains(r#""code":"ORDER_FAILED""#) && said.contains(r#""status":"Failed""#), "{said}");
}

#[tokio::test]
async fn a_balance_is_the_contracts_with_held_last() {
    let data = BalanceData {
        name: "John Doe",
        balance: Rupiah::whole(25_490),
        currency: "IDR",
        checked_at: moment("2026-05-31 10:21:58"),
        held: Rupiah::whole(100),
    };
    let said = text(envelope::success(&exchange(), messages::BALANCE_READ, &data).unwrap()).await;
    assert_eq!(
        said,
        r#"{"success":true,"code":"SUCCESS","message":"Saldo berhasil didapatkan","data":{"name":"John Doe","balance":25490,"currency":"IDR","checked_at":"2026-05-31 10:21:58","held":100},"errors":null,"meta":null}"#
    );
}
