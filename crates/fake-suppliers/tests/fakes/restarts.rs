//! A fake that ended goes on where its journal ends.

use std::path::Path;

use fake_suppliers::{Event, Journal, Moment, Options};

use crate::harness::Buyer;

async fn open(journal: &Path) -> Buyer {
    let path = journal.to_owned();
    Buyer::with(move |options: &mut Options| {
        options.journal = Some(path);
        options.limits = false;
    })
    .await
}

#[tokio::test]
async fn what_was_known_is_known_again() {
    let directory = tempfile::tempdir().unwrap();
    let journal = directory.path().join("journal");
    let buyer = open(&journal).await;
    let paid = buyer.pay("paid", "pln", "5311").await;
    buyer.ask("inq-pasca", "inquired", "pln", "5312").await;
    buyer.pay("pending", "pln", "630000000001").await;
    let balance = buyer.fake.balance();
    buyer.fake.stop().await;

    let buyer = open(&journal).await;
    assert_eq!(buyer.fake.balance(), balance);
    let mut again = buyer.ask("pay-pasca", "paid", "pln", "5311").await;
    again["buyer_last_saldo"] = paid["buyer_last_saldo"].clone();
    assert_eq!(again, paid);
    assert_eq!(buyer.ask("pay-pasca", "inquired", "pln", "5312").await["rc"], "00");
    assert_eq!(buyer.ask("status-pasca", "pending", "pln", "630000000001").await["rc"], "03");
    buyer.settle_all();
    let settled = |event: &Event| matches!(event, Event::Delivered { subject, .. } if subject.ref_id == "pending");
    buyer.fake.wait_for(|entry| settled(&entry.event)).await.unwrap();
    drop(buyer);

    let journal = Journal::read(&journal).unwrap();
    assert_eq!(journal.deliveries_by_ref().len(), 3);
    assert!(journal.paid_twice().is_empty());
    assert_eq!(journal.entries[0].at, Moment::wib(2026, 5, 31, 10, 0));
}

#[tokio::test]
async fn a_line_is_there_before_its_answer() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    let buyer = open(&path).await;
    buyer.pay("A", "pln", "5311").await;
    let last = Journal::read(&path).unwrap().entries.pop().unwrap();
    assert!(matches!(last.event, Event::Answered { http: Some(200), ref rc, .. } if rc == "00"), "{last:?}");
}
