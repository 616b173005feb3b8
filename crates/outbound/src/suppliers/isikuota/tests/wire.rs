//! What goes over the wire: paths, parameters, signatures, and what is shown of it.

use domain::signature::{SignedRequest, SigningKey};

use super::stand_in::{Asked, StandIn};
use super::*;
use crate::client::{AddressFault, Limits};
use crate::supplier::{CallFault, Exchange};
use crate::suppliers::AccountFault;

fn open(account: Account) -> Result<IsiKuota, AccountFault> {
    IsiKuota::new(account, Arc::new(Client::new(Limits::default())), Arc::new(VectorClock))
}

fn supplier(stand_in: &StandIn) -> IsiKuota {
    open(account(&stand_in.url())).unwrap()
}

/// The business parameters, if the signature holds.
fn parameters(asked: &Asked) -> Value {
    let request = SignedRequest::read(asked.body.as_bytes()).unwrap();
    assert!(SigningKey::new("your_api_id", API_KEY, SECRET_KEY).verifies(&request), "{}", asked.body);
    let mut parameters: Value = serde_json::from_str(&asked.body).unwrap();
    for name in ["api_id", "timestamp", "signature"] {
        assert!(parameters.as_object_mut().unwrap().remove(name).is_some());
    }
    parameters
}

/// An exchange has the call and its words, and none of our secrets.
fn check_shown(exchange: Option<Exchange>, call: &str, asked: &Asked) {
    let exchange = exchange.unwrap();
    let signature = SignedRequest::read(asked.body.as_bytes()).unwrap().signature().to_owned();
    assert_eq!((exchange.call, exchange.status), (call, Some(200)));
    let shown = format!("{exchange:?}");
    for secret in [API_KEY, SECRET_KEY, "your_api_id", &signature] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("INQ001"), "{shown}");
}

#[tokio::test]
async fn each_call_is_signed_and_shown_without_secrets() {
    let stand_in = StandIn::open().await;
    let supplier = supplier(&stand_in);
    // A supplier that repeats our keys must not get them into an order's history either.
    let leak = envelope("INTERNAL_ERROR", false, &json!([API_KEY, SECRET_KEY]));
    let answers = vec![(200, leak); 5];
    let (bill, purchase, game) = (bill_task(), purchase_task(), Task { kind: ProductKind::Game, ..purchase_task() });
    let question = question();
    let ask = async {
        let inquiry = supplier.inquire(&question).await.exchange;
        let paid = supplier.send(&bill).await.exchange;
        let bought = supplier.send(&purchase).await.exchange;
        let played = supplier.send(&game).await.exchange;
        let status = supplier.check(&bill).await.exchange;
        [inquiry, paid, bought, played, status]
    };
    let (exchanges, asked) = tokio::join!(ask, stand_in.answer(&answers));
    let expected = [
        (
            "inquiry",
            "/v1/order",
            json!({"cmd": "inquiry", "code": "MPBPJS", "customer_no": "1234567890", "ref_id": "INQ001"}),
        ),
        (
            "pay-pasca",
            "/v1/order",
            json!({"cmd": "pay-pasca", "code": "MPBPJS", "customer_no": "1234567890", "ref_id": "INQ001"}),
        ),
        (
            "prepaid",
            "/v1/order",
            json!({"cmd": "prepaid", "code": "TSEL21", "customer_no": "08123456789", "ref_id": "INQ001", "max_price": 21_425}),
        ),
        (
            "game",
            "/v1/order",
            json!({"cmd": "game", "code": "TSEL21", "customer_no": "08123456789", "ref_id": "INQ001", "max_price": 21_425}),
        ),
        ("status", "/v1/status", json!({"cmd": "status", "ref_id": "INQ001"})),
    ];
    for ((exchange, asked), (call, path, sent)) in exchanges.into_iter().zip(&asked).zip(expected) {
        assert_eq!((asked.path.as_str(), parameters(asked)), (path, sent));
        check_shown(exchange, call, asked);
    }
}

#[tokio::test]
async fn a_rehearsal_says_so_in_every_question_about_an_order() {
    let stand_in = StandIn::open().await;
    let supplier = open(Account { is_testing: true, ..account(&stand_in.url()) }).unwrap();
    let (bill, question) = (bill_task(), question());
    let ask = async {
        supplier.inquire(&question).await;
        supplier.send(&bill).await;
        supplier.check(&bill).await;
    };
    let answers = vec![(200, String::new()); 3];
    let ((), asked) = tokio::join!(ask, stand_in.answer(&answers));
    for asked in &asked {
        assert_eq!(parameters(asked)["testing"], json!(true), "{}", asked.body);
    }
}

#[tokio::test]
async fn the_balance_is_asked_for_with_the_published_vector() {
    let vectors: Value =
        serde_json::from_str(include_str!("../../../../../../docs/contract/vectors/signature.json")).unwrap();
    assert_eq!(vectors[0]["name"], json!("balance: no business parameters"));
    let stand_in = StandIn::open().await;
    let supplier = supplier(&stand_in);
    let data = json!({"name": "John Doe", "balance": -25_490, "currency": "IDR", "checked_at": "2026-05-31 10:21:58"});
    let answers = [
        (200, envelope("SUCCESS", true, &data)),
        (401, envelope("SIGNATURE_INVALID", false, &Value::Null)),
        (200, envelope("SUCCESS", true, &json!({"balance": "a lot"}))),
        (404, "<html>".to_owned()),
    ];
    let ask = async {
        [supplier.balance().await, supplier.balance().await, supplier.balance().await, supplier.balance().await]
    };
    let ([balance, refused, unreadable, missing], asked) = tokio::join!(ask, stand_in.answer(&answers));
    assert_eq!(asked[0].body, vectors[0]["wire"].as_str().unwrap());
    assert_eq!(asked[0].path, "/v1/balance");
    assert_eq!(balance, Ok(Rupiah::whole(25_490).negated()));
    let meaning = "api_id, api_key or secret_key is wrong";
    assert_eq!(refused, Err(CallFault::Refused { code: "SIGNATURE_INVALID".into(), meaning }));
    assert!(matches!(unreadable, Err(CallFault::Unreadable(_))));
    assert_eq!(missing, Err(CallFault::NotOffered));
}

#[tokio::test]
async fn the_price_list_is_read_page_by_page() {
    let stand_in = StandIn::open().await;
    let supplier = supplier(&stand_in);
    let page = |number: u32, code: &str| {
        let line = json!({"code": code, "type": "prepaid", "price": 1_000, "status": "available"});
        let meta = json!({"page": number, "per_page": 500, "total": 2, "total_pages": 2});
        (200, json!({"success": true, "code": "SUCCESS", "data": [line], "meta": meta}).to_string())
    };
    let answers = [page(1, "A"), page(2, "B")];
    let (list, asked) = tokio::join!(supplier.products(), stand_in.answer(&answers));
    let skus: Vec<_> = list.unwrap().products.iter().map(|product| product.sku.to_string()).collect();
    assert_eq!(skus, ["A", "B"]);
    for (number, asked) in (1..).zip(&asked) {
        assert_eq!(asked.path, "/v1/products");
        assert_eq!(parameters(asked), json!({"cmd": "products", "page": number, "per_page": 500}));
    }
}

#[test]
fn an_account_that_cannot_work_is_refused() {
    let good = || account("https://example.com");
    let table = [
        (Account { url: None, ..good() }, AccountFault::NoAddress),
        (account("http://example.com"), AccountFault::Address(AddressFault::Unencrypted)),
        (Account { user: "".into(), ..good() }, AccountFault::NoKeys),
        (Account { key: Secret::default(), ..good() }, AccountFault::NoKeys),
        (Account { secret: Secret::default(), ..good() }, AccountFault::NoKeys),
    ];
    assert!(open(good()).is_ok());
    for (account, fault) in table {
        assert_eq!(open(account).err(), Some(fault));
    }
}
