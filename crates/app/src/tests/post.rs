//! A post that answers as it is told.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::couriers::{Letter, Post, Posted};
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use parking_lot::Mutex;
use tokio::sync::watch;

/// What a receiver got.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    pub url: Arc<str>,
    pub id: String,
    pub body: Bytes,
}

/// Answers with what it was told to, and with 200 when it was told nothing.
#[derive(Default)]
pub struct ToldPost {
    answers: Mutex<VecDeque<Posted>>,
    received: watch::Sender<Vec<Received>>,
}

impl ToldPost {
    /// The next answers, in their order.
    pub fn will_answer(&self, answers: impl IntoIterator<Item = Posted>) {
        self.answers.lock().extend(answers);
    }

    /// All that was posted so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.borrow().clone()
    }

    /// Ends when so many letters were posted, and gives them.
    pub async fn has_received(&self, count: usize) -> Vec<Received> {
        // The sender is ours, and outlives the wait.
        let _ = self.received.subscribe().wait_for(|received| received.len() >= count).await;
        self.received()
    }
}

impl Post for ToldPost {
    fn check_url(&self, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn check_header(&self, _: &str, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn post(&self, letter: Letter) -> BoxFuture<'_, Posted> {
        let header = |name: &str| letter.headers.iter().find(|(known, _)| &**known == name);
        let id = header("webhook-id").map(|(_, value)| value.to_string()).unwrap_or_default();
        let answer = self.answers.lock().pop_front();
        let answer = answer.unwrap_or(Posted { status: Some(200), ..Posted::default() });
        self.received.send_modify(|received| received.push(Received { url: letter.url, id, body: letter.body }));
        std::future::ready(answer).boxed()
    }
}
