//! A post that answers as it is told.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use crate::couriers::{Letter, Post, Posted};
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use outbound::{GuardFault, HeaderFault};
use parking_lot::Mutex;
use tokio::sync::{Semaphore, watch};

/// What a receiver got.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    pub url: Arc<str>,
    pub id: String,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
    /// What it was answered, if it has been.
    pub status: Option<u16>,
}

impl Received {
    /// The value of a header, which is there once.
    pub fn header(&self, name: &str) -> &str {
        let mut named = self.headers.iter().filter(|(known, _)| known == name);
        let (_, value) = named.next().unwrap_or_else(|| panic!("no {name}"));
        assert!(named.next().is_none(), "{name} twice");
        value
    }

    /// What happened.
    pub fn event(&self) -> String {
        let body = str::from_utf8(&self.body).unwrap();
        let (_, rest) = body.split_once(r#"{"event":""#).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }
}

/// How a receiver behaves when it was told nothing else.
#[derive(Clone)]
pub enum Manner {
    /// It answers at once.
    Answers(Posted),
    /// It answers with 200 when the test lets it.
    HoldsBack(Arc<Semaphore>),
    /// Bringing it the letter panics.
    Panics,
}

/// Answers with what it was told to, and with 200 when it was told nothing.
#[derive(Default)]
pub struct ToldPost {
    answers: Mutex<VecDeque<Posted>>,
    manners: Mutex<BTreeMap<String, Manner>>,
    received: watch::Sender<Vec<Received>>,
    /// By address: how many are under way, and how many were at most.
    under_way: Mutex<BTreeMap<Arc<str>, (usize, usize)>>,
}

impl ToldPost {
    /// The next answers, in their order, whoever is asked.
    pub fn will_answer(&self, answers: impl IntoIterator<Item = Posted>) {
        self.answers.lock().extend(answers);
    }

    /// From now on this address behaves so.
    pub fn set(&self, url: &str, manner: Manner) {
        self.manners.lock().insert(url.to_owned(), manner);
    }

    /// From now on this address answers with that status.
    pub fn says(&self, url: &str, status: u16) {
        self.set(url, Manner::Answers(answer(status)));
    }

    /// From now on this address answers only as often as the test lets it.
    pub fn holds_back(&self, url: &str) -> Arc<Semaphore> {
        let gate = Arc::new(Semaphore::new(0));
        self.set(url, Manner::HoldsBack(Arc::clone(&gate)));
        gate
    }

    /// All that was posted so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.borrow().clone()
    }

    /// All that was posted to an address.
    pub fn received_at(&self, url: &str) -> Vec<Received> {
        self.received.borrow().iter().filter(|received| &*received.url == url).cloned().collect()
    }

    /// How many letters were posted so far.
    pub fn count(&self) -> usize {
        self.received.borrow().len()
    }

    /// Ends when so many letters were posted, and gives them.
    pub async fn has_received(&self, count: usize) -> Vec<Received> {
        // The sender is ours, and outlives the wait.
        let _ = self.received.subscribe().wait_for(|received| received.len() >= count).await;
        self.received()
    }

    /// Ends when so many letters were answered.
    pub async fn has_answered(&self, count: usize) {
        let answered = |all: &Vec<Received>| all.iter().filter(|letter| letter.status.is_some()).count();
        let _ = self.received.subscribe().wait_for(|received| answered(received) >= count).await;
    }

    /// How many letters are under way to an address, and how many were at once at most.
    pub fn under_way(&self, url: &str) -> (usize, usize) {
        self.under_way.lock().get(url).copied().unwrap_or_default()
    }

    /// How many letters are under way to anybody.
    pub fn all_under_way(&self) -> usize {
        self.under_way.lock().values().map(|(now, _)| now).sum()
    }

    fn count_begun(&self, url: &Arc<str>) {
        let mut under_way = self.under_way.lock();
        let (now, most) = under_way.entry(Arc::clone(url)).or_default();
        *now += 1;
        *most = (*most).max(*now);
    }

    fn count_ended(&self, url: &Arc<str>) {
        self.under_way.lock().entry(Arc::clone(url)).or_default().0 -= 1;
    }
}

/// A bare answer.
pub fn answer(status: u16) -> Posted {
    Posted { status: Some(status), ..Posted::default() }
}

/// An answer that asks us to wait.
pub fn asks_for(status: u16, pause: Duration) -> Posted {
    Posted { retry_after: Some(pause), ..answer(status) }
}

/// A letter on its way; it ends there, too, when nobody waits for it any more.
struct UnderWay<'a>(&'a ToldPost, Arc<str>);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.count_ended(&self.1);
    }
}

impl Post for ToldPost {
    fn check_url(&self, _: &str) -> Result<(), GuardFault> {
        Ok(())
    }

    fn check_header(&self, _: &str, _: &str) -> Result<(), HeaderFault> {
        Ok(())
    }

    fn post(&self, letter: Letter) -> BoxFuture<'_, Posted> {
        let headers: Vec<(String, String)> =
            letter.headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let id = headers.iter().find(|(name, _)| name == "webhook-id").map(|(_, value)| value.clone());
        let manner = match self.answers.lock().pop_front() {
            Some(answer) => Manner::Answers(answer),
            None => self.manners.lock().get(&*letter.url).cloned().unwrap_or(Manner::Answers(answer(200))),
        };
        self.count_begun(&letter.url);
        let under_way = UnderWay(self, Arc::clone(&letter.url));
        let received =
            Received { url: letter.url, id: id.unwrap_or_default(), headers, body: letter.body, status: None };
        let mut place = 0;
        self.received.send_modify(|all| {
            place = all.len();
            all.push(received);
        });
        async move {
            let _under_way = under_way;
            let posted = match manner {
                Manner::Answers(answer) => answer,
                Manner::HoldsBack(gate) => {
                    gate.acquire().await.unwrap().forget();
                    answer(200)
                }
                Manner::Panics => panic!("the post has a bug"),
            };
            self.received.send_modify(|all| all[place].status = posted.status);
            posted
        }
        .boxed()
    }
}
