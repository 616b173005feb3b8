//! Every row of the sandbox's table, for bills and prepaid orders, in testing mode and in production: what is said, what is held, what is
//! spent, and what the books say at the end.

use std::time::Duration;

use app::{Resolution, resolve_order};
use domain::id::RefId;
use serde_json::Value;

use crate::http::router::shop::{Answer, Shop};
use crate::http::settings::Settings;

const BEFORE: i64 = 10_000_000;
const SHORT_OF_TEN_SECONDS: Duration = Duration::from_millis(9_500);
/// The worker asks after 2, 5 and 10 seconds, and looks twice a second.
const UNTIL_TOLD: Duration = Duration::from_secs(2);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Bill,
    Prepaid,
}

use Kind::{Bill, Prepaid};

/// One row, met by one merchant in one mode.
struct Meeting {
    shop: Shop,
    kind: Kind,
    is_testing: bool,
    number: String,
    /// What the order takes.
    amount: i64,
}

impl Meeting {
    async fn of(kind: Kind, is_testing: bool, row: u32) -> Self {
        let shop = Shop::open(Settings::default()).await;
        shop.leave(BEFORE).await;
        shop.start_workers().await;
        let number = if kind == Bill { format!("5300000{row}") } else { format!("0812345{row}") };
        Self { shop, kind, is_testing, number, amount: 21_425 }
    }

    fn parameters(&self, cmd: &str) -> String {
        let code = if self.kind == Bill { "MPPLN" } else { "TSEL21" };
        let (number, testing) = (&self.number, self.is_testing);
        format!(r#"{{"cmd":"{cmd}","code":"{code}","customer_no":"{number}","ref_id":"R-1","testing":{testing}}}"#)
    }

    async fn inquire(&mut self) -> Answer {
        let answer = self.shop.order(&self.parameters("inquiry")).await;
        self.amount = answer.data()["total"].as_i64().unwrap_or_default();
        answer
    }

    /// Pays, after an inquiry where one is needed.
    async fn buy(&mut self) -> Answer {
        if self.kind == Bill {
            self.inquire().await.is("BILL_INQUIRY_SUCCESS");
            assert_eq!(self.shop.balance().await, (BEFORE, 0), "an inquiry is free");
        }
        self.repeat().await
    }

    /// The same order again, as `/v1/status` must show it too.
    async fn repeat(&self) -> Answer {
        let cmd = if self.kind == Bill { "pay-pasca" } else { "prepaid" };
        let answer = self.shop.order(&self.parameters(cmd)).await;
        if !answer.data().is_null() {
            let status = format!(r#"{{"cmd":"status","ref_id":"R-1","testing":{}}}"#, self.is_testing);
            let status = self.shop.call("/v1/status", &status).await;
            assert_eq!((status.code(), status.data()), (answer.code(), answer.data()));
        }
        answer
    }

    /// The order says so, and the balance too.
    #[track_caller]
    fn says(&self, answer: &Answer, outcome: Outcome) {
        let (bill, prepaid, status) = match outcome {
            Success => ("BILL_PAYMENT_SUCCESS", "ORDER_SUCCESS", "Success"),
            Pending => ("BILL_PAYMENT_PENDING", "ORDER_PENDING", "Pending"),
            Failed | Refunded => ("BILL_PAYMENT_FAILED", "ORDER_FAILED", "Failed"),
        };
        let (code, status) =
            if self.kind == Bill { (bill, status.to_lowercase()) } else { (prepaid, status.to_owned()) };
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (200, code), "{}", answer.text);
        let json = answer.json();
        assert_eq!(json["data"]["status"], status);
        assert_eq!(json["success"], matches!(outcome, Success | Pending));
        assert_eq!(json["meta"].is_null(), json["success"] == true);
        let members = members_of_data(answer);
        assert_eq!(members.last().unwrap() == "refunded_at", outcome == Refunded, "{members:?}");
    }

    async fn holds(&self, outcome: Outcome) {
        let moved = if self.is_testing { 0 } else { self.amount };
        let expected = match outcome {
            Success => (BEFORE - moved, 0),
            Pending => (BEFORE - moved, moved),
            Failed | Refunded => (BEFORE, 0),
        };
        assert_eq!(self.shop.balance().await, expected, "{outcome:?}");
        self.shop.verify().await;
    }

    async fn is(&self, answer: &Answer, outcome: Outcome) {
        self.says(answer, outcome);
        self.holds(outcome).await;
    }

    /// As long as the row takes to change its mind.
    async fn pass_ten_seconds(&self, before: Outcome) -> Answer {
        self.shop.pass(SHORT_OF_TEN_SECONDS).await;
        self.is(&self.repeat().await, before).await;
        self.shop.pass(UNTIL_TOLD).await;
        self.repeat().await
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    Success,
    Pending,
    Failed,
    Refunded,
}

use Outcome::{Failed, Pending, Refunded, Success};

fn members_of_data(answer: &Answer) -> Vec<String> {
    let object = domain::json::read_object(answer.text.as_bytes()).unwrap();
    match object.get("data") {
        Some(domain::json::Value::Object(data)) => data.iter().map(|(key, _)| key.to_string()).collect(),
        other => panic!("{other:?}"),
    }
}

/// For bills and prepaid, testing and production.
const MEETINGS: [(Kind, bool); 4] = [(Bill, true), (Bill, false), (Prepaid, true), (Prepaid, false)];
const BILLS: [bool; 2] = [true, false];

#[tokio::test]
async fn rows_9001_to_9004_have_no_bill_to_pay() {
    for (row, code) in [
        (9001, "BILL_NOT_FOUND"),
        (9002, "BILL_ALREADY_PAID"),
        (9003, "CUSTOMER_NO_INVALID"),
        (9004, "SUPPLIER_TIMEOUT"),
        (9014, "SUPPLIER_UNAVAILABLE"),
    ] {
        for is_testing in BILLS {
            let mut meeting = Meeting::of(Bill, is_testing, row).await;
            let refused = meeting.inquire().await.is(code);
            assert!(refused.data().is_null());
            meeting.repeat().await.is("INQUIRY_NOT_FOUND");
            // The reference stayed free.
            meeting.number = "53000000001".to_owned();
            let paid = meeting.buy().await;
            meeting.is(&paid, Success).await;
        }
    }
}

#[tokio::test]
async fn rows_that_speak_of_inquiries_only_sell_prepaid_products() {
    for (row, outcome) in [(9001, Success), (9002, Success), (9003, Failed), (9004, Success)] {
        for is_testing in BILLS {
            let mut meeting = Meeting::of(Prepaid, is_testing, row).await;
            let bought = meeting.buy().await;
            meeting.is(&bought, outcome).await;
        }
    }
}

#[tokio::test]
async fn any_other_number_succeeds_at_once() {
    for (kind, is_testing) in MEETINGS {
        let mut meeting = Meeting::of(kind, is_testing, 1234).await;
        let paid = meeting.buy().await;
        meeting.is(&paid, Success).await;
        assert!(paid.data()["sn"].is_string());
    }
}

#[tokio::test]
async fn row_9005_fails_at_once_and_costs_nothing() {
    for (kind, is_testing) in MEETINGS {
        let mut meeting = Meeting::of(kind, is_testing, 9005).await;
        let failed = meeting.buy().await;
        meeting.is(&failed, Failed).await;
        meeting.shop.pass(Duration::from_secs(15)).await;
        assert_eq!(meeting.repeat().await.data(), failed.data(), "a repeat never pays again");
        assert_eq!(meeting.shop.supplier.sendings(), 1);
    }
}

#[tokio::test]
async fn rows_9006_and_9007_are_pending_for_ten_seconds() {
    for (row, outcome) in [(9006, Success), (9007, Failed)] {
        for (kind, is_testing) in MEETINGS {
            let mut meeting = Meeting::of(kind, is_testing, row).await;
            let pending = meeting.buy().await;
            meeting.is(&pending, Pending).await;
            assert!(pending.data()["sn"].is_null());
            let settled = meeting.pass_ten_seconds(Pending).await;
            meeting.is(&settled, outcome).await;
            assert_eq!(settled.data()["sn"].is_string(), outcome == Success);
            assert_eq!(meeting.shop.supplier.sendings(), 1);
        }
    }
}

#[tokio::test]
async fn row_9008_is_pending_until_a_person_resolves_it() {
    for (kind, is_testing) in MEETINGS {
        for (resolution, outcome) in
            [(Resolution::Success("PROOF".into()), Success), (Resolution::Failed("not paid".into()), Failed)]
        {
            let mut meeting = Meeting::of(kind, is_testing, 9008).await;
            let pending = meeting.buy().await;
            meeting.is(&pending, Pending).await;
            meeting.shop.pass(Duration::from_secs(20)).await;
            meeting.shop.jump(Duration::from_hours(24)).await;
            meeting.is(&meeting.repeat().await, Pending).await;

            let ref_id = RefId::parse("R-1").unwrap();
            let context = &meeting.shop.context;
            let order = context.read(move |snapshot| snapshot.orders_by_ref(&ref_id)).await.unwrap().remove(0);
            resolve_order(context, &order, resolution).await.unwrap();
            let settled = meeting.repeat().await;
            meeting.is(&settled, outcome).await;
            let sn = if outcome == Success { Value::from("PROOF") } else { Value::Null };
            assert_eq!(settled.data()["sn"], sn);
        }
    }
}

#[tokio::test]
async fn row_9009_is_found_within_five_seconds() {
    for (kind, is_testing) in MEETINGS {
        let mut meeting = Meeting::of(kind, is_testing, 9009).await;
        let pending = meeting.buy().await;
        meeting.is(&pending, Pending).await;
        meeting.shop.pass(Duration::from_secs(5)).await;
        let found = meeting.repeat().await;
        meeting.is(&found, Success).await;
        assert_eq!(meeting.shop.supplier.sendings(), 1, "a lost answer is asked for, never sent again");
    }
}

#[tokio::test]
async fn row_9010_has_its_proof_after_ten_seconds() {
    for (kind, is_testing) in MEETINGS {
        let mut meeting = Meeting::of(kind, is_testing, 9010).await;
        let paid = meeting.buy().await;
        meeting.is(&paid, Success).await;
        assert!(paid.data()["sn"].is_null());
        let later = meeting.pass_ten_seconds(Success).await;
        meeting.is(&later, Success).await;
        assert!(later.data()["sn"].is_string());
    }
}

#[tokio::test]
async fn row_9011_is_taken_back_after_ten_seconds() {
    for (kind, is_testing) in MEETINGS {
        let mut meeting = Meeting::of(kind, is_testing, 9011).await;
        let paid = meeting.buy().await;
        meeting.is(&paid, Success).await;
        let later = meeting.pass_ten_seconds(Success).await;
        meeting.is(&later, Refunded).await;
        assert_eq!(later.data()["created_at"], paid.data()["created_at"]);
        assert_eq!(later.data()["refunded_at"], "2026-05-31 10:40:12");
    }
}

#[tokio::test]
async fn row_9012_is_a_bill_of_twelve_periods() {
    for is_testing in BILLS {
        let mut meeting = Meeting::of(Bill, is_testing, 9012).await;
        let inquiry = meeting.inquire().await;
        assert_eq!(inquiry.data()["desc"]["lembar_tagihan"], 12);
        assert_eq!(inquiry.data()["desc"]["detail"].as_array().unwrap().len(), 12);
        let paid = meeting.repeat().await;
        meeting.is(&paid, Success).await;
    }
    let mut meeting = Meeting::of(Prepaid, false, 9012).await;
    let bought = meeting.buy().await;
    meeting.is(&bought, Success).await;
}

#[tokio::test]
async fn row_9013_is_dearer_when_it_is_asked_again_and_is_not_paid() {
    for is_testing in BILLS {
        let mut meeting = Meeting::of(Bill, is_testing, 9013).await;
        let refused = meeting.buy().await.is("BILL_CHANGED");
        assert!(refused.data().is_null());
        meeting.repeat().await.is("BILL_CHANGED");
        assert_eq!((meeting.shop.supplier.sendings(), meeting.shop.supplier.questions()), (0, 3));
        meeting.holds(Failed).await;
    }
    let mut meeting = Meeting::of(Prepaid, false, 9013).await;
    let bought = meeting.buy().await;
    meeting.is(&bought, Success).await;
}

#[tokio::test]
async fn row_9014_takes_nothing() {
    for is_testing in BILLS {
        let mut meeting = Meeting::of(Prepaid, is_testing, 9014).await;
        let refused = meeting.buy().await.is("SUPPLIER_UNAVAILABLE");
        assert!(refused.data().is_null() && refused.status == 503);
        meeting.holds(Failed).await;
        assert_eq!(meeting.shop.supplier.sendings(), 0);
    }
}
