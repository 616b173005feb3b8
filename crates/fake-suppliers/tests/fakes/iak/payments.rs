//! One payment for one inquiry, one for one bill.

use std::time::Duration;

use fake_suppliers::{BrokenRule, Call, Contradiction, Event, Fault, Journal, Outcome, Plan, Rule};

use crate::harness::Customer;

#[tokio::test]
async fn an_inquiry_is_paid_once_however_often_it_is_sent() {
    let customer = Customer::start().await;
    let inquiry = customer.inquire("A", "PLNPOSTPAID", "5311").await;
    assert_eq!(customer.status("A").await["response_code"], "42");
    let first = customer.pay(&inquiry["tr_id"]).await;
    assert_eq!(first["response_code"], "00");
    assert_eq!(customer.pay(&inquiry["tr_id"]).await, first);
    assert_eq!(customer.fake.journal().unwrap().deliveries().count(), 1);
    assert_eq!(customer.fake.balance(), 1_000_000_000 - inquiry["selling_price"].as_i64().unwrap());
}

#[tokio::test]
async fn a_reference_is_inquired_about_once() {
    let customer = Customer::start().await;
    assert_eq!(customer.inquire("A", "PLNPOSTPAID", "5311").await["response_code"], "00");
    assert_eq!(customer.inquire("A", "PLNPOSTPAID", "5311").await["response_code"], "11");
    // An inquiry that found nothing uses nothing up.
    assert_eq!(customer.inquire("B", "PLNPOSTPAID", "530000000003").await["response_code"], "103");
    assert_eq!(customer.inquire("B", "PLNPOSTPAID", "5312").await["response_code"], "00");
}

#[tokio::test]
async fn a_paid_bill_is_gone() {
    let customer = Customer::start().await;
    let first = customer.inquire("A", "PLNPOSTPAID", "5311").await;
    let second = customer.inquire("B", "PLNPOSTPAID", "5311").await;
    assert_eq!(customer.pay(&first["tr_id"]).await["response_code"], "00");
    assert_eq!(customer.inquire("C", "PLNPOSTPAID", "5311").await["response_code"], "34");
    assert_eq!(customer.pay(&second["tr_id"]).await["response_code"], "34");
    assert_eq!(customer.status("B").await["response_code"], "42");
    let journal = customer.fake.journal().unwrap();
    assert!(journal.paid_twice().is_empty());
    let rule = &journal.rules_broken().next().unwrap().event;
    assert!(matches!(rule, Event::RuleBroken { rule: BrokenRule::BillPaidAgain, .. }));
}

#[tokio::test]
async fn a_pending_payment_waits_for_somebody_to_settle_it() {
    let customer = Customer::start().await;
    for (ref_id, outcome, status, rc) in [("A", Outcome::Success, 1, "00"), ("B", Outcome::Failed, 2, "37")] {
        let inquiry = customer.inquire(ref_id, "PLNPOSTPAID", "530000000007").await;
        assert_eq!(customer.pay(&inquiry["tr_id"]).await["response_code"], "39");
        customer.clock.advance(Duration::from_mins(1));
        assert_eq!(customer.status(ref_id).await["status"], 3);
        assert!(customer.fake.settle(ref_id, outcome).await.unwrap());
        let settled = customer.status(ref_id).await;
        assert_eq!((settled["status"].as_i64(), settled["response_code"].as_str()), (Some(status), Some(rc)));
    }
    let sent = |entry: &fake_suppliers::Entry| matches!(entry.event, Event::CallbackSent { .. });
    assert!(!customer.fake.journal().unwrap().entries.iter().any(sent), "there are no callbacks for bills");
}

#[tokio::test]
async fn a_payment_needs_an_inquiry_of_the_same_day_in_jakarta() {
    let customer = Customer::start().await;
    let inquiry = customer.inquire("A", "BPJS", "88012345").await;
    customer.clock.advance(Duration::from_hours(14));
    assert_eq!(customer.pay(&inquiry["tr_id"]).await["response_code"], "04");
    assert_eq!(customer.pay(&9_999.into()).await["response_code"], "06");
}

#[tokio::test]
async fn pln_takes_nothing_at_night() {
    let customer = Customer::start().await;
    customer.clock.advance(Duration::from_hours(12) + Duration::from_mins(59));
    let inquiry = customer.inquire("A", "PLNPOSTPAID", "5311").await;
    customer.clock.advance(Duration::from_mins(1));
    assert_eq!(customer.pay(&inquiry["tr_id"]).await["response_code"], "109");
    assert_eq!(customer.inquire("B", "PLNPOSTPAID", "5312").await["response_code"], "109");
    assert_eq!(customer.inquire("C", "BPJS", "88012345").await["response_code"], "00");
    customer.clock.advance(Duration::from_mins(119));
    assert_eq!(customer.inquire("D", "PLNPOSTPAID", "5312").await["response_code"], "109");
    customer.clock.advance(Duration::from_mins(1));
    assert_eq!(customer.inquire("E", "PLNPOSTPAID", "5312").await["response_code"], "00");
}

#[tokio::test]
async fn faults_speak_as_iak_does() {
    let customer = Customer::start().await;
    customer.fake.set_plan(Plan::of([
        Rule::once(Call::PayPasca, Fault::Contradict(Contradiction::FailedButDelivered)).of_customer("5311"),
        Rule::once(Call::StatusPasca, Fault::WrongAmount { by: 1 }),
    ]));
    let inquiry = customer.inquire("A", "PLNPOSTPAID", "5311").await;
    let paid = customer.pay(&inquiry["tr_id"]).await;
    assert_eq!((&paid["response_code"], &paid["message"]), (&"37".into(), &"PAYMENT FAILED".into()));
    let (wrong, right) = (customer.status("A").await, customer.status("A").await);
    assert_eq!((&right["status"], &right["response_code"]), (&1.into(), &"00".into()));
    assert_eq!(wrong["price"].as_f64().map(|price| price - 1.0), right["price"].as_f64());
}

#[tokio::test]
async fn a_restart_forgets_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    let open = || Customer::with(|options| options.journal = Some(path.clone()));
    let customer = open().await;
    let paid = customer.inquire("paid", "PLNPOSTPAID", "5311").await;
    let unpaid = customer.inquire("unpaid", "PLNPOSTPAID", "5312").await;
    let proof = customer.pay(&paid["tr_id"]).await["noref"].clone();
    customer.top_up("credit", "xld25000", "087811112222").await;
    customer.fake.stop().await;

    let customer = open().await;
    assert_eq!(customer.pay(&paid["tr_id"]).await["noref"], proof);
    assert_eq!(customer.status("unpaid").await["response_code"], "42");
    assert_eq!(customer.pay(&unpaid["tr_id"]).await["response_code"], "00");
    let next = customer.inquire("next", "PLNPOSTPAID", "5313").await["tr_id"].as_i64().unwrap();
    assert!(next > unpaid["tr_id"].as_i64().unwrap() + 1, "the purchase has a number too");
    customer.settle_all();
    customer.fake.wait_for(|line| line.delivery().is_some_and(|found| found.ref_id == "credit")).await.unwrap();
    assert!(Journal::read(&path).unwrap().paid_twice().is_empty());
}
