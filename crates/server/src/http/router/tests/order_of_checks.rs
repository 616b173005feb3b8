//! Requests that are wrong in two ways: the check that the contract names first wins.

use std::time::Duration;

use domain::command::MerchantChange;
use domain::product::ProductState;

use crate::http::router::shop::{Answer, Shop};
use crate::http::settings::Settings;

const BILL: &str = "1234567890";

fn bill(cmd: &str, ref_id: &str, number: &str) -> String {
    format!(r#"{{"cmd":"{cmd}","code":"MPBPJS","customer_no":"{number}","ref_id":"{ref_id}"}}"#)
}

fn pulsa(ref_id: &str, number: &str) -> String {
    format!(r#"{{"cmd":"prepaid","code":"TSEL21","customer_no":"{number}","ref_id":"{ref_id}"}}"#)
}

/// Something that is wrong about a payment under the reference `A`, for which there is an inquiry of [`BILL`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrong {
    Suspended,
    Unknown,
    Mismatched,
    Expired,
    Occupied,
    PaidSince,
    Unavailable,
    Poor,
}

impl Wrong {
    /// In the order of the contract; a bill is occupied or paid, not both.
    const ALL: [Self; 8] = [
        Self::Suspended,
        Self::Unknown,
        Self::Mismatched,
        Self::Expired,
        Self::Occupied,
        Self::PaidSince,
        Self::Unavailable,
        Self::Poor,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Suspended => "MERCHANT_SUSPENDED",
            Self::Unknown => "INQUIRY_NOT_FOUND",
            Self::Mismatched => "INQUIRY_MISMATCH",
            Self::Expired => "INQUIRY_EXPIRED",
            Self::Occupied => "PAYMENT_IN_PROGRESS",
            Self::PaidSince => "BILL_ALREADY_PAID",
            Self::Unavailable => "PRODUCT_UNAVAILABLE",
            Self::Poor => "INSUFFICIENT_BALANCE",
        }
    }

    /// Makes it so; `number` is the bill's.
    async fn worsen(self, shop: &Shop, number: &str) {
        match self {
            Self::Suspended => shop.change(MerchantChange::Suspend).await,
            Self::Unknown | Self::Mismatched => {}
            Self::Expired => shop.clock.advance(Duration::from_mins(5)),
            Self::Occupied | Self::PaidSince => {
                shop.order(&bill("pay-pasca", "OTHER", number)).await.is(if self == Self::Occupied {
                    "BILL_PAYMENT_PENDING"
                } else {
                    "BILL_PAYMENT_SUCCESS"
                });
            }
            Self::Unavailable => {
                shop.change_product("MPBPJS", |product| product.state = ProductState::Unavailable).await;
            }
            Self::Poor => shop.leave(1).await,
        }
    }
}

/// What is answered to a payment with these faults.
async fn pay_with(faults: &[Wrong]) -> Answer {
    let shop = Shop::open(Settings::default()).await;
    let number = if faults.contains(&Wrong::Occupied) { "1234569008" } else { BILL };
    for ref_id in ["A", "OTHER"] {
        shop.order(&bill("inquiry", ref_id, number)).await.is("BILL_INQUIRY_SUCCESS");
    }
    // What another order does comes first: it would not be accepted later.
    let (first, later): (Vec<Wrong>, Vec<Wrong>) =
        faults.iter().copied().partition(|fault| matches!(fault, Wrong::Occupied | Wrong::PaidSince));
    for fault in first.into_iter().chain(later) {
        fault.worsen(&shop, number).await;
    }
    let sendings = shop.supplier.sendings();
    let ref_id = if faults.contains(&Wrong::Unknown) { "NEW" } else { "A" };
    let wrong_number = if faults.contains(&Wrong::Mismatched) { "1234567899" } else { number };
    let answer = shop.order(&bill("pay-pasca", ref_id, wrong_number)).await;
    assert_eq!(shop.supplier.sendings(), sendings);
    shop.verify().await;
    answer
}

#[tokio::test]
async fn of_two_things_wrong_with_a_payment_the_first_is_named() {
    for (index, first) in Wrong::ALL.into_iter().enumerate() {
        pay_with(&[first]).await.is(first.code());
        for second in Wrong::ALL.into_iter().skip(index + 1) {
            if (first, second) != (Wrong::Occupied, Wrong::PaidSince) {
                let answer = pay_with(&[first, second]).await;
                assert_eq!(answer.code(), first.code(), "{first:?} and {second:?}");
                assert!(answer.data().is_null());
            }
        }
    }
}

#[tokio::test]
async fn the_second_quote_is_asked_for_last() {
    let shop = Shop::open(Settings::default()).await;
    shop.order(&bill("inquiry", "A", "1234569013")).await.is("BILL_INQUIRY_SUCCESS");
    shop.leave(1).await;
    shop.order(&bill("pay-pasca", "A", "1234569013")).await.is("INSUFFICIENT_BALANCE");
    assert_eq!(shop.supplier.questions(), 1, "a payment that can't be is not asked about");
    shop.leave(1_000_000).await;
    shop.order(&bill("pay-pasca", "A", "1234569013")).await.is("BILL_CHANGED");
}

#[tokio::test]
async fn an_order_is_answered_whatever_has_changed_since() {
    for worse in [Wrong::Suspended, Wrong::Expired, Wrong::Unavailable, Wrong::Poor] {
        let shop = Shop::open(Settings::default()).await;
        for (ref_id, number) in [("A", BILL), ("P", "1234569008"), ("F", "1234569005")] {
            shop.order(&bill("inquiry", ref_id, number)).await.is("BILL_INQUIRY_SUCCESS");
            let paid = shop.order(&bill("pay-pasca", ref_id, number)).await;
            let bought = shop.order(&pulsa(&format!("T{ref_id}"), &number.replace("123456", "08123456"))).await;
            assert_eq!((paid.status.as_u16(), bought.status.as_u16()), (200, 200));
            worse.worsen(&shop, number).await;
            shop.change_product("TSEL21", |product| product.state = ProductState::Unavailable).await;
            let again = shop.order(&bill("pay-pasca", ref_id, number)).await;
            assert_eq!((again.code(), again.data()), (paid.code(), paid.data()), "{worse:?}");
            let again = shop.order(&pulsa(&format!("T{ref_id}"), &number.replace("123456", "08123456"))).await;
            assert_eq!((again.code(), again.data()), (bought.code(), bought.data()), "{worse:?}");
            // And what stands under a reference is said before whether its merchant may do anything new.
            shop.order(&pulsa(ref_id, "08123450000")).await.is("REF_ID_CONFLICT");
            shop.order(&bill("inquiry", ref_id, number)).await.is("REF_ID_CONFLICT");
            // For the next one everything is as it was.
            shop.change(MerchantChange::Resume).await;
            shop.change_product("TSEL21", |product| product.state = ProductState::Available).await;
            shop.change_product("MPBPJS", |product| product.state = ProductState::Available).await;
            shop.leave(1_000_000).await;
        }
        shop.verify().await;
    }
}

#[tokio::test]
async fn suspension_comes_before_the_business_of_inquiries_and_purchases() {
    let shop = Shop::open(Settings::default()).await;
    shop.change(MerchantChange::Suspend).await;
    for parameters in [
        bill("inquiry", "A", "12"),
        bill("inquiry", "A", "1234569001"),
        bill("inquiry", "A", BILL).replace("MPBPJS", "NOPE"),
        bill("pay-pasca", "A", BILL),
        pulsa("T", "1"),
        pulsa("T", "08123456789").replace("TSEL21", "NOPE"),
        pulsa("T", "08123456789").replace("prepaid", "game"),
        pulsa("T", "08123456789").replace('}', r#","max_price":0}"#),
    ] {
        shop.order(&parameters).await.is("MERCHANT_SUSPENDED");
    }
    assert_eq!((shop.supplier.questions(), shop.supplier.sendings()), (0, 0));
}

#[tokio::test]
async fn whoever_calls_is_checked_before_what_is_called() {
    let shop = Shop::open(Settings::default()).await;
    shop.order(&pulsa("T", "08123456789")).await.is("ORDER_SUCCESS");
    shop.change(MerchantChange::RatePerSecond(Some(1))).await;
    let wrong_in_all_ways = r#"{"cmd":"fly","code":1,"customer_no":null}"#;
    shop.order(wrong_in_all_ways).await.is("VALIDATION_ERROR");
    shop.order(wrong_in_all_ways).await.is("VALIDATION_ERROR");
    shop.order(wrong_in_all_ways).await.is("RATE_LIMITED");
    shop.order(&pulsa("T", "08123456789")).await.is("RATE_LIMITED");
    shop.change(MerchantChange::AllowedNetworks(vec!["192.0.2.0/24".into()])).await;
    shop.order(wrong_in_all_ways).await.is("IP_NOT_ALLOWED");
    let body = shop.signed(wrong_in_all_ways);
    shop.post("/v1/order", body.replace("fly", "flu")).await.is("SIGNATURE_INVALID");
    shop.clock.advance(Duration::from_secs(301));
    shop.post("/v1/order", body.replace("fly", "flu")).await.is("TIMESTAMP_EXPIRED");
    shop.post("/v1/order", body.replace("\"demo\"", "7")).await.is("VALIDATION_ERROR");
    shop.post("/v1/order", body.replace('}', ",}")).await.is("MALFORMED_JSON");
}

#[tokio::test]
async fn parameters_are_checked_before_an_existing_order() {
    let shop = Shop::open(Settings::default()).await;
    let order = pulsa("T", "08123456789");
    shop.order(&order).await.is("ORDER_SUCCESS");
    for (wrong, field) in [
        (order.replace('}', r#","testing":"false"}"#), "testing"),
        (order.replace('}', r#","testing":null}"#), "testing"),
        (order.replace('}', r#","max_price":1.5}"#), "max_price"),
        (order.replace('}', r#","allow_duplicate":1}"#), "allow_duplicate"),
        (order.replace("08123456789", " 08123456789"), "customer_no"),
        (order.replace("\"T\"", "\"T#\""), "ref_id"),
        (order.replace("\"T\"", "null"), "ref_id"),
    ] {
        let answer = shop.order(&wrong).await.is("VALIDATION_ERROR");
        assert!(answer.json()["errors"][field].is_array(), "{}", answer.text);
    }
    // What nobody knows is signed, and otherwise ignored.
    shop.order(&order.replace('}', r#","note":null}"#)).await.is("ORDER_SUCCESS");
}
