//! Whatever happens, in whatever order: once the receivers answer for long enough, everything has arrived.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::dispatch::DeliveryState;
use domain::endpoint::EndpointState;
use domain::id::{EndpointId, MerchantId};
use domain::order::Order;

use crate::seams::{Random, SeededRandom};
use crate::tests::house::{confirmed, unknown};
use crate::tests::mailroom::Mailroom;
use crate::tests::post::{Manner, Received, answer, asks_for};
use crate::{EndpointTerms, Policy, change_endpoint, resend};

const URLS: [&str; 3] = ["https://a.example/", "https://b.example/", "https://c.example/"];

struct Game {
    mail: Mailroom,
    dice: SeededRandom,
    merchant_id: MerchantId,
    endpoint_ids: Vec<EndpointId>,
    orders: Vec<Order>,
}

impl Game {
    async fn new(seed: u64) -> Self {
        let mail = Mailroom::open_with(Policy { webhooks_in_flight: 3, ..Policy::default() });
        let merchant_id = mail.merchant("toko").await.merchant.merchant_id;
        let mut endpoint_ids = Vec::new();
        for url in URLS {
            endpoint_ids.push(mail.endpoint(merchant_id, url).await);
        }
        Self { mail, dice: SeededRandom::new(seed), merchant_id, endpoint_ids, orders: Vec::new() }
    }

    fn throw(&self, sides: usize) -> usize {
        let mut bytes = [0; 8];
        self.dice.fill(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % u64::try_from(sides).unwrap()).unwrap()
    }

    async fn step(&mut self) {
        let (mail, which) = (&self.mail, self.throw(3));
        let (url, endpoint_id) = (URLS[which], self.endpoint_ids[which]);
        match self.throw(20) {
            0..6 => {
                let order = mail.order(self.merchant_id).await;
                mail.say(&order, unknown()).await;
                self.orders.push(order);
            }
            6..10 if !self.orders.is_empty() => {
                let order = &self.orders[self.throw(self.orders.len())];
                mail.say(order, confirmed()).await;
            }
            10..13 => {
                let minutes = Duration::from_mins(1);
                let manners = [
                    Manner::Answers(answer(200)),
                    Manner::Answers(answer(500)),
                    Manner::Answers(asks_for(503, 7 * minutes)),
                    Manner::Answers(crate::Posted::default()),
                    Manner::Panics,
                ];
                mail.post.set(url, manners[self.throw(manners.len())].clone());
            }
            13 => {
                let is_on = Some(self.throw(3) > 0);
                let terms = EndpointTerms { is_on, ..EndpointTerms::default() };
                change_endpoint(&mail.context, self.merchant_id, endpoint_id, &terms).await.unwrap();
            }
            14 => {
                let number = i64::try_from(self.throw(1 + self.orders.len())).unwrap();
                let _ = resend(&mail.context, self.merchant_id, number, endpoint_id).await;
            }
            15 => mail.store.set_unreadable(self.throw(2) == 0),
            16 if self.throw(4) == 0 => {
                mail.store.set_unreadable(false);
                self.mail.reopen().await;
            }
            _ => {
                let spans = [1, 6, 40, 700, 8_000, 50_000];
                mail.clock.advance(Duration::from_secs(spans[self.throw(spans.len())]));
            }
        }
        // Sometimes everybody gets on with it, and sometimes everything happens in the middle.
        for _ in 0..[0, 1, 3, 50][self.throw(4)] {
            tokio::task::yield_now().await;
        }
        if self.throw(3) == 0 {
            self.mail.settle().await;
        }
    }

    /// All receivers answer, for as long as the longest pause takes.
    async fn finish(&mut self) {
        self.mail.store.set_unreadable(false);
        for (url, endpoint_id) in URLS.into_iter().zip(self.endpoint_ids.clone()) {
            self.mail.post.says(url, 200);
            let state = self.mail.context.address_book.find(endpoint_id).unwrap().endpoint.state;
            if state != EndpointState::On {
                let on = EndpointTerms { is_on: Some(true), ..EndpointTerms::default() };
                change_endpoint(&self.mail.context, self.merchant_id, endpoint_id, &on).await.unwrap();
            }
        }
        self.mail.settle().await;
        for _ in 0..6 {
            self.mail.pass(Duration::from_hours(5)).await;
        }
        for &endpoint_id in &self.endpoint_ids {
            for delivery in self.mail.deliveries(self.merchant_id, endpoint_id).await {
                assert_ne!(delivery.state, DeliveryState::Pending, "{delivery:?} at {:?}", self.mail.now());
            }
        }
        assert_eq!(self.mail.context.couriers.awake(), 0);
        self.mail.context.tasks.finished().await;
        let letters = self.mail.post.received();
        let mut bodies: BTreeMap<(&str, &str), &Received> = BTreeMap::new();
        for letter in &letters {
            let first = bodies.entry((&letter.url, &letter.id)).or_insert(letter);
            assert_eq!(first.body, letter.body);
        }
    }
}

#[tokio::test]
async fn everything_arrives_at_last() {
    for seed in 0..40 {
        println!("seed {seed}");
        let mut game = Game::new(seed).await;
        for _ in 0..120 {
            game.step().await;
        }
        game.finish().await;
    }
}
