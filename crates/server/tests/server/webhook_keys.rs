//! `X-Signature` while a merchant's keys are changed: it is made with the new key once an accepted request bore it, whoever dies meanwhile.

use serde_json::{Value, json};

use crate::harness::{Arrival, DEPOSIT, Loket, Merchant, Receiver, Reply};
use crate::webhook_receivers::delivery::Signer;

/// So that a test can wait for what comes again.
const SETTINGS: [(&str, &str); 3] =
    [("allow_private_webhooks", "true"), ("webhook_pace_percent", "1"), ("log_level", "warn")];
/// How many buy at once, and how often each.
const BUYERS: usize = 3;
const PURCHASES: usize = 8;
/// How often keys are changed and the server dies.
const ROUNDS: usize = 3;
const ROUNDS_OF_A_NIGHT: usize = 200;

/// One pair of keys.
struct Keys {
    merchant: Merchant,
    signer: Signer,
}

impl Keys {
    fn read(loket: &Loket, keys: &Value) -> Self {
        Self {
            merchant: loket.merchant_with_keys(keys),
            signer: Signer::new(keys["secret_key"].as_str().unwrap(), b""),
        }
    }

    /// New ones; the old ones hold for a while.
    fn rotate(loket: &Loket) -> Self {
        Self::read(loket, &loket.json(&["merchant", "rotate-keys", "toko"]))
    }

    fn have_signed(&self, arrival: &Arrival) -> bool {
        self.signer.sign(arrival.id(), &arrival.body).header("x-signature") == arrival.header("x-signature")
    }

    /// Several buy at once, each its own.
    fn buy_many(&self, name: &str) {
        std::thread::scope(|scope| {
            for buyer in 0..BUYERS {
                let merchant = self.merchant.clone();
                scope.spawn(move || {
                    for number in 0..PURCHASES {
                        let customer_no = format!("0812{buyer:04}{number:04}");
                        let parameters = json!({
                            "cmd": "prepaid", "code": "TSEL21", "customer_no": customer_no,
                            "ref_id": format!("{name}-{buyer}-{number}"), "allow_duplicate": true,
                        });
                        merchant.call("/v1/order", parameters).unwrap().expect_code("ORDER_SUCCESS");
                    }
                });
            }
        });
    }
}

fn shop(receiver: &Receiver) -> (Loket, Keys) {
    let loket = Loket::start_with(&SETTINGS);
    let (_, keys) = loket.merchant_told_at("toko", 100 * DEPOSIT, &[receiver.url()]);
    let keys = Keys::read(&loket, &keys);
    (loket, keys)
}

/// Waits until what these orders had to tell was acknowledged, and gives it.
fn told_of(receiver: &Receiver, name: &str) -> Vec<Arrival> {
    let all = receiver.wait_for("all orders are told", |arrivals| {
        let of_them = |arrival: &&Arrival| arrival.body.contains(name) && arrival.acknowledged_at.is_some();
        let told: Vec<Arrival> = arrivals.iter().filter(of_them).cloned().collect();
        (told.len() == BUYERS * PURCHASES).then_some(told)
    });
    assert!(receiver.count() >= all.len());
    all
}

/// A receiver that refuses what tells of orders with that in their names.
fn refuse(receiver: &Receiver, name: &'static str) {
    receiver.set_manners(move |arrival| Reply::Status(if arrival.body.contains(name) { 401 } else { 200 }));
}

/// Waits until the order is told twice more, of which the second is surely signed after this was called; and gives the last.
fn told_again(receiver: &Receiver, name: &str) -> Arrival {
    let before = receiver.count();
    receiver.wait_for("an order is told again", |arrivals| {
        let told: Vec<&Arrival> = arrivals[before..].iter().filter(|arrival| arrival.body.contains(name)).collect();
        told.get(1).map(|arrival| (*arrival).clone())
    })
}

#[test]
fn webhooks_are_signed_with_the_new_key_once_an_accepted_request_bore_it() {
    let receiver = Receiver::start();
    let (loket, old) = shop(&receiver);
    let new = std::thread::scope(|scope| {
        let buyers = scope.spawn(|| old.buy_many("OLD"));
        receiver.wait_for_one_more();
        let new = Keys::rotate(&loket);
        buyers.join().unwrap();
        new
    });
    assert!(told_of(&receiver, "OLD").iter().all(|arrival| old.have_signed(arrival)), "nobody has used the new keys");
    old.buy_many("STILL");
    assert!(told_of(&receiver, "STILL").iter().all(|arrival| old.have_signed(arrival)), "nor now");
    new.buy_many("NEW");
    assert!(told_of(&receiver, "NEW").iter().all(|arrival| new.have_signed(arrival)), "from the first request on");

    // What is refused counts for nothing, though it is signed: here from an address that may not call.
    refuse(&receiver, "HELD");
    let buy = |keys: &Keys, ref_id: &str, player: &str| {
        keys.merchant.buy_game(ref_id, "ML86", player).expect_code("ORDER_SUCCESS");
    };
    buy(&new, "HELD", "12345678");
    loket.expect(&["merchant", "set", "toko", "--allow-ip", "192.0.2.1"]);
    old.merchant.call("/v1/balance", json!({})).unwrap().expect_code("IP_NOT_ALLOWED");
    assert!(new.have_signed(&told_again(&receiver, "HELD")));
    loket.expect(&["merchant", "set", "toko", "--allow-any-ip"]);
    assert!(new.have_signed(&told_again(&receiver, "HELD")), "a change of something else changes no keys");

    // A program that was forgotten may still buy with the old keys, and leads nobody back to them.
    old.merchant.balance();
    assert!(new.have_signed(&told_again(&receiver, "HELD")));
    receiver.set_manners(|_| Reply::Status(200));
    old.buy_many("LATE");
    assert!(told_of(&receiver, "LATE").iter().all(|arrival| new.have_signed(arrival)), "there is no way back");
    loket.verify();
}

#[test]
fn a_death_changes_no_signature() {
    let receiver = Receiver::start();
    let (mut loket, mut keys) = shop(&receiver);
    #[expect(clippy::disallowed_methods, reason = "the switch for a night of it concerns this test alone")]
    let rounds = if std::env::var_os("LOKET_NIGHT").is_some() { ROUNDS_OF_A_NIGHT } else { ROUNDS };
    for round in 0..rounds {
        refuse(&receiver, "HELD");
        let before = receiver.count();
        keys.merchant.buy_game(&format!("HELD-{round}"), "ML86", &format!("1{round:07}")).expect_code("ORDER_SUCCESS");
        receiver.wait_for_one_more();
        let new = Keys::rotate(&loket);
        loket.crash();
        receiver.wait_for_one_more();
        loket.kill();
        let told = receiver.arrivals().split_off(before);
        assert!(told.iter().all(|arrival| keys.have_signed(arrival)), "nobody has used the new keys: {told:#?}");

        loket.open();
        let api = new.merchant.clone();
        let answer = api.call("/v1/balance", json!({}));
        loket.kill();
        answer.unwrap().expect_code("SUCCESS");
        let after = receiver.count();
        receiver.set_manners(|_| Reply::Status(200));
        loket.open();
        let told = receiver.wait_for("the order is told at last", |arrivals| {
            arrivals.last().filter(|arrival| arrival.acknowledged_at.is_some())?;
            Some(arrivals.to_vec())
        });
        assert!(
            told[after..].iter().all(|arrival| new.have_signed(arrival)),
            "who got an answer counts on it: {told:#?}"
        );
        let told = &told[before..];
        assert!(told.iter().all(|arrival| (arrival.id(), &arrival.body) == (told[0].id(), &told[0].body)), "{told:#?}");
        keys = new;
    }
    loket.verify();
}
