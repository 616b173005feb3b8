//! Webhooks of the fake Digiflazz, well-behaved ones and others.

use fake_suppliers::{Call, CallbackFault, Event, Fault, Outcome, Plan, Rule, Webhook, hub_signature};
use serde_json::json;

use crate::harness::{Buyer, Received, Receiver};

/// A number whose payment is pending first, and succeeds.
const PENDING: &str = "630000000001";

async fn start() -> (Buyer, Receiver) {
    let receiver = Receiver::open().await;
    let buyer = Buyer::start().await;
    buyer.fake.set_webhook(Some(receiver.webhook()));
    (buyer, receiver)
}

fn is_signed(received: &Received) -> bool {
    received.header("x-hub-signature") == hub_signature("rahasia", &received.body).as_deref()
}

#[tokio::test]
async fn a_payment_is_told_when_it_begins_and_when_it_ends() {
    let (buyer, receiver) = start().await;
    buyer.pay("A", "pln", PENDING).await;
    let created = receiver.next().await;
    assert_eq!((created.header("x-digiflazz-event"), created.data()["rc"].as_str()), (Some("create"), Some("03")));
    buyer.settle_all();
    let updated = receiver.next().await;
    assert!(is_signed(&created) && is_signed(&updated));
    assert_eq!(updated.header("x-digiflazz-event"), Some("update"));
    assert_eq!(updated.header("user-agent"), Some("Digiflazz-Pasca-Hookshot"));
    assert_eq!(updated.header("content-type"), Some("application/json"));
    let data = updated.data();
    assert_eq!((&data["rc"], &data["ref_id"], &data["desc"]["tarif"]), (&"00".into(), &"A".into(), &"R1".into()));
    assert!(data["buyer_last_saldo"].is_f64(), "here it is fractional");
    let sent = |entry: &fake_suppliers::Entry| matches!(&entry.event, Event::CallbackSent { rc, receiver, .. } if rc == "00" && receiver == "200");
    buyer.fake.wait_for(sent).await.unwrap();
}

#[tokio::test]
async fn a_purchase_has_another_sender_and_may_name_its_own_receiver() {
    let (buyer, receiver) = start().await;
    buyer.fake.set_webhook(None);
    let mut body = buyer.transaction("", "A", "xld10", "087800001230");
    body["cb_url"] = json!(receiver.webhook().url);
    buyer.post("transaction", &body).await;
    let created = receiver.next().await;
    assert_eq!(created.header("user-agent"), Some("Digiflazz-Hookshot"));
    assert_eq!(created.header("x-hub-signature"), None, "without a secret there is no signature");
    assert_eq!(created.data()["sn"], buyer.ask("", "A", "xld10", "087800001230").await["sn"]);
}

#[tokio::test]
async fn a_refund_is_told_after_a_success() {
    let (buyer, receiver) = start().await;
    buyer.fake.set_plan(Plan::of([Rule::once(
        Call::PayPasca,
        Fault::Contradict(fake_suppliers::Contradiction::RefundAfterSuccess),
    )]));
    assert_eq!(buyer.pay("A", "pln", "5311").await["rc"], "00");
    assert_eq!(receiver.next().await.data()["rc"], "00");
    buyer.settle_all();
    assert_eq!(receiver.next().await.data()["rc"], "74");
}

#[tokio::test]
async fn callbacks_come_as_the_plan_says() {
    let fault = |fault| Plan::of([Rule::always(Call::PayPasca, Fault::Callback(fault))]);
    let (buyer, receiver) = start().await;

    buyer.fake.set_plan(fault(CallbackFault::Early));
    let (answer, early) = tokio::join!(buyer.pay("early", "pln", PENDING), receiver.next());
    assert_eq!((&answer["rc"], &early.data()["rc"]), (&"03".into(), &"00".into()));
    let lines = buyer.fake.journal().unwrap().entries;
    let place = |is_wanted: &dyn Fn(&Event) -> bool| lines.iter().rposition(|line| is_wanted(&line.event)).unwrap();
    assert!(
        place(&|event| matches!(event, Event::CallbackSent { .. }))
            < place(&|event| matches!(event, Event::Answered { .. }))
    );

    buyer.fake.set_plan(fault(CallbackFault::Copies { n: 20 }));
    buyer.pay("often", "pln", "5301").await;
    for _ in 0..20 {
        let copy = receiver.next().await;
        assert!(is_signed(&copy) && copy.data()["ref_id"] == "often");
    }

    buyer.fake.set_plan(fault(CallbackFault::Forged));
    buyer.pay("forged", "pln", "5302").await;
    let forged = receiver.next().await;
    assert!(!is_signed(&forged) && forged.header("x-hub-signature").is_some());
    assert_eq!(forged.data()["rc"], "02", "it claims the opposite");

    buyer.fake.set_plan(fault(CallbackFault::None));
    buyer.pay("none", "pln", "5303").await;
    buyer.fake.set_plan(fault(CallbackFault::Late { ms: 60_000 }));
    buyer.pay("late", "pln", "5304").await;
    buyer.clock.advance(std::time::Duration::from_mins(1));
    assert_eq!(receiver.next().await.data()["ref_id"], "late", "of `none` nothing comes");
}

#[tokio::test]
async fn a_callback_can_be_sent_by_hand() {
    let (buyer, receiver) = start().await;
    buyer.pay("A", "pln", PENDING).await;
    assert_eq!(receiver.next().await.data()["rc"], "03");
    let (is_settled, told) = tokio::join!(buyer.fake.settle("A", Outcome::Failed), receiver.next());
    assert!(is_settled.unwrap());
    assert_eq!(told.data()["rc"], "02");
    let (is_sent, forged) = tokio::join!(buyer.fake.send_callback("A", 1, true), receiver.next());
    assert!(is_sent.unwrap() && !is_signed(&forged));
    assert!(!buyer.fake.settle("A", Outcome::Success).await.unwrap(), "what has failed has failed");
    assert!(!buyer.fake.send_callback("nobody", 1, false).await.unwrap());
}

#[tokio::test]
async fn a_receiver_that_is_not_there_is_written_down() {
    let buyer = Buyer::start().await;
    let nobody = Receiver::open().await.webhook().url;
    buyer.fake.set_webhook(Some(Webhook { url: nobody, secret: None }));
    buyer.pay("A", "pln", "5311").await;
    let sent = buyer.fake.wait_for(|entry| matches!(entry.event, Event::CallbackSent { .. })).await.unwrap();
    assert!(matches!(sent.event, Event::CallbackSent { receiver, .. } if receiver.contains("refused")));
}

#[tokio::test]
async fn a_ping_tells_nothing() {
    let (buyer, receiver) = start().await;
    buyer.post("report/hooks/11aaabbb/pings", &json!({})).await;
    let ping = receiver.next().await;
    assert_eq!(ping.header("x-digiflazz-event"), Some("ping"));
    assert!(is_signed(&ping));
    let body: serde_json::Value = serde_json::from_slice(&ping.body).unwrap();
    assert_eq!((&body["hook_id"], &body["hook"]["secret"]), (&"11aaabbb".into(), &"rahasia".into()));
}
