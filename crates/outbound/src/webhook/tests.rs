//! Everything that can happen to a webhook, at receivers that these files play with bare sockets.

mod answers;
mod connections;
mod encryption;
mod environment;
mod hostile;
mod names;
mod receiver;

use std::io;
use std::net::IpAddr;
use std::time::Duration;

use futures_util::future::BoxFuture;
use parking_lot::Mutex;

use super::*;
use crate::guard::GuardPolicy;

const BODY: &str = r#"{"event":"order.success"}"#;

/// Long enough for a machine that has other things to do, and short enough to be waited for.
const HURRY: WebhookLimits = WebhookLimits {
    connect: Duration::from_millis(600),
    total: Duration::from_millis(600),
    answer_bytes: 64 * 1024,
    idle: Duration::from_secs(4),
    kept_receivers: 128,
};

/// Goes everywhere.
fn sender(limits: WebhookLimits) -> WebhookSender {
    sender_by(GuardPolicy { allow_private: true, ..GuardPolicy::default() }, limits, Answers::always("127.0.0.1"))
}

fn sender_by(policy: GuardPolicy, limits: WebhookLimits, names: Answers) -> WebhookSender {
    WebhookSender::new(Guard::new(policy), limits, Arc::new(names))
}

fn only(network: &str) -> GuardPolicy {
    GuardPolicy { allowed_networks: vec![network.parse().unwrap()], ..GuardPolicy::default() }
}

fn fault(delivery: &Delivery) -> DeliveryFault {
    match delivery {
        Delivery::Failed { fault, .. } => *fault,
        Delivery::Answered { .. } => panic!("{delivery:?}"),
    }
}

/// A name server that changes its mind: it gives one answer after the other, and the last for ever.
struct Answers(Mutex<Vec<Vec<IpAddr>>>);

impl Answers {
    fn in_turn(answers: &[&[&str]]) -> Self {
        let parse = |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
        Self(Mutex::new(answers.iter().rev().map(parse).collect()))
    }

    fn always(address: &str) -> Self {
        Self::in_turn(&[&[address]])
    }
}

impl NameServer for Answers {
    fn addresses(&self, _: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let mut answers = self.0.lock();
        let answer = if answers.len() > 1 { answers.pop() } else { answers.last().cloned() };
        Box::pin(async move { answer.ok_or_else(|| io::Error::other("no such host")) })
    }
}
