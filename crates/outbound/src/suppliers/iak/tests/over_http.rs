//! What goes over the wire. What becomes of an answer that is lost is a rule of the house.

use super::server::{KEY, iak, listen, serve};
use super::*;
use crate::supplier::{BillQuestion, CallFault, Heard, InquiryAnswer, Question, Supplier};
use crate::suppliers::tests::scripted::nobody;
use crate::suppliers::tests::without_details;
use crate::wire::md5_hex;

fn question() -> BillQuestion {
    BillQuestion {
        question: Question::First,
        sku: "BPJS?month=2".into(),
        customer_no: CustomerNo::parse("8801234560001").unwrap(),
        supplier_ref: SupplierRef::parse("09128374651").unwrap(),
    }
}

fn signed(signed: &str) -> String {
    md5_hex(&["082210138584", KEY, signed])
}

#[tokio::test]
async fn an_inquiry_is_asked_and_read() {
    let (listener, url) = listen().await;
    let (iak, question) = (iak(&url), question());
    let answer = [contract::sample("bpjs-kesehatan", "inquiry")];
    let (heard, requests) = tokio::join!(iak.inquire(&question), serve(listener, answer));
    assert!(matches!(&heard.meaning, InquiryAnswer::Found(quote) if &*quote.token == "9732787"), "{heard:?}");
    assert_eq!(requests[0].path, "/api/v1/bill/check");
    assert_eq!(
        requests[0].body,
        json!({"commands": "inq-pasca", "username": "082210138584", "code": "BPJS", "hp": "8801234560001",
            "ref_id": "09128374651", "month": 2, "sign": signed("09128374651")})
    );
    assert_eq!(heard.exchange.unwrap().call, "inq-pasca");
}

#[tokio::test]
async fn a_bill_is_paid_by_the_number_of_its_inquiry() {
    let (listener, url) = listen().await;
    let (iak, task) = (iak(&url), bill_task());
    let answer = [contract::sample("pln", "payment")];
    let (heard, requests) = tokio::join!(iak.send(&task), serve(listener, answer));
    assert_eq!(without_details(heard.meaning), confirmed(Some("004212C9245F1BA43A77CEBD5CD5DA39"), 301_900));
    assert_eq!(requests[0].path, "/api/v1/bill/check");
    assert_eq!(
        requests[0].body,
        json!({"commands": "pay-pasca", "username": "082210138584", "tr_id": "9732792", "sign": signed("9732792")})
    );
}

#[tokio::test]
async fn a_bill_without_that_number_is_not_sent() {
    let task = Task { token: Arc::default(), ..bill_task() };
    // Nobody listens there, and whoever tried to connect would have words to show for it.
    assert_eq!(iak("http://127.0.0.1:1").send(&task).await, Heard::unspoken(Answer::NotReceived));
}

#[tokio::test]
async fn a_payment_is_asked_about_by_our_reference() {
    let (listener, url) = listen().await;
    let (iak, task) = (iak(&url), bill_task());
    let (heard, requests) = tokio::join!(iak.check(&task), serve(listener, [paid_bill()]));
    assert!(matches!(heard.meaning, Answer::Confirmed { .. }), "{heard:?}");
    assert_eq!(
        requests[0].body,
        json!({"commands": "checkstatus", "username": "082210138584", "ref_id": "09128374655", "sign": signed("cs")})
    );
}

#[tokio::test]
async fn a_purchase_is_made_and_asked_about() {
    let (listener, url) = listen().await;
    let (iak, task) = (iak(&url), purchase_task());
    let answers = [bought(), bought()];
    let both = async { (iak.send(&task).await, iak.check(&task).await) };
    let ((sent, checked), requests) = tokio::join!(both, serve(listener, answers));
    assert_eq!(sent.meaning, confirmed(Some("123456789"), 25_000));
    assert_eq!(checked.meaning, sent.meaning);
    let paths: Vec<&str> = requests.iter().map(|request| request.path.as_str()).collect();
    assert_eq!(paths, ["/api/top-up", "/api/check-status"]);
    assert_eq!(
        requests[0].body,
        json!({"username": "082210138584", "ref_id": "order001", "customer_id": "0817777215",
            "product_code": "xld25000", "sign": signed("order001")})
    );
    assert_eq!(requests[1].body, json!({"username": "082210138584", "ref_id": "order001", "sign": signed("order001")}));
}

#[tokio::test]
async fn an_account_that_cant_be_reached_says_so() {
    let (_socket, url) = nobody();
    assert!(matches!(iak(&url).balance().await, Err(CallFault::Unreachable(_))));
    assert!(matches!(iak(&url).products().await, Err(CallFault::Unreachable(_))));
}

#[tokio::test]
async fn a_mistake_in_the_catalogue_asks_nothing() {
    let iak = iak("http://127.0.0.1:1");
    for (sku, customer_no, is_admitted, answer) in [
        ("BPJS?months=2", "1", false, InquiryAnswer::Unavailable),
        ("PBBKOT.CIMAHI", "1", false, InquiryAnswer::Unavailable),
        ("ESAMSAT.JABAR", "9658548523568701", true, InquiryAnswer::NumberInvalid),
    ] {
        let customer_no = CustomerNo::parse(customer_no).unwrap();
        assert_eq!(iak.admit(sku, &customer_no).is_ok(), is_admitted, "{sku}");
        let question = BillQuestion { sku: sku.into(), customer_no, ..question() };
        assert_eq!(iak.inquire(&question).await, Heard::unspoken(answer), "{sku}");
    }
}

#[tokio::test]
async fn the_balance_is_asked_for() {
    for (data, expected) in [
        (json!({"balance": 997_136_249, "message": "SUCCESS", "rc": "00"}), Ok(997_136_249)),
        (json!({"balance": "-5.0"}), Ok(-5)),
        (
            json!({"balance": null, "rc": "00"}),
            Err("the supplier gave no answer that can be read: no balance in the answer"),
        ),
        (json!({"balance": 1, "rc": "204"}), Err("the supplier refused with code 204: WRONG AUTHENTICATION")),
        (json!({"rc": "777"}), Err("the supplier refused with code 777: not in the table")),
    ] {
        let (listener, url) = listen().await;
        let iak = iak(&url);
        let (balance, requests) = tokio::join!(iak.balance(), serve(listener, [data]));
        let balance = balance.map(Rupiah::get).map_err(|fault| fault.to_string());
        assert_eq!(balance, expected.map_err(str::to_owned));
        assert_eq!(requests[0].path, "/api/check-balance");
        assert_eq!(requests[0].body, json!({"username": "082210138584", "sign": signed("bl")}));
    }
}

#[tokio::test]
async fn both_price_lists_are_asked_for() {
    let (listener, url) = listen().await;
    let iak = iak(&url);
    let purchases = json!({"pricelist": [{"product_code": "xld25000", "product_description": "XL", "product_nominal": "25000",
        "product_price": 25000, "product_type": "data", "status": "active"}]});
    let bills =
        json!({"pasca": [{"code": "AETRA", "name": "AETRA", "status": 1, "fee": 2500, "komisi": 700, "type": "pdam"}]});
    let answers = [purchases, bills];
    let (list, requests) = tokio::join!(iak.products(), serve(listener, answers));
    let skus: Vec<_> = list.unwrap().products.into_iter().map(|product| product.sku).collect();
    assert_eq!(skus, ["xld25000".into(), Arc::<str>::from("AETRA")]);
    assert_eq!(requests[0].path, "/api/pricelist");
    assert_eq!(requests[0].body, json!({"username": "082210138584", "status": "all", "sign": signed("pl")}));
    assert_eq!(requests[1].path, "/api/v1/bill/check");
    assert_eq!(
        requests[1].body,
        json!({"commands": "pricelist-pasca", "username": "082210138584", "status": "all", "sign": signed("pl")})
    );
}
