//! An adapter on trial.

use std::sync::Arc;
use std::time::Duration;

use domain::answer::Answer;

use crate::account::{Account, Secret};
use crate::client::{CallLimit, Client, Limits};
use crate::supplier::{BillQuestion, Heard, InquiryAnswer, Supplier, Task};

/// The secrets of every candidate's account: who, key and secret.
pub const SECRETS: [&str; 3] = ["user-of-the-trial", "key-of-the-trial", "secret-of-the-trial"];

/// What is asked of an adapter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ask {
    /// Its inquiry.
    Inquire,
    /// The sending of its task with this number.
    Send(usize),
    /// The question about its task with this number.
    Check(usize),
}

/// An adapter, and what its supplier would say to it.
pub struct Candidate {
    /// Makes it.
    pub make: fn(Account, Arc<Client>) -> Box<dyn Supplier>,
    /// A bill that it can look up, if it looks any up.
    pub question: Option<BillQuestion>,
    /// First sendings that it can do, one of each kind.
    pub tasks: Vec<Task>,
    /// The body of the supplier's success, in answer to that, about the order with this reference.
    pub success: fn(Ask, &str) -> String,
}

/// What an adapter heard.
#[derive(Clone, Debug)]
pub enum Said {
    /// About a bill.
    OfBill(Heard<InquiryAnswer>),
    /// About an order.
    OfOrder(Heard<Answer>),
}

impl Candidate {
    /// The adapter, for a supplier at that address that is waited for as long as that.
    pub fn adapter(&self, url: &str, time: Duration) -> Box<dyn Supplier> {
        let [user, key, secret] = SECRETS;
        let account = Account {
            url: Some(url.into()),
            user: user.into(),
            key: Secret::new(key),
            secret: Secret::new(secret),
            is_testing: false,
        };
        let limits = Limits::default();
        let order = CallLimit { time, ..limits.order };
        (self.make)(account, Arc::new(Client::new(Limits { order, ..limits })))
    }

    /// All that can be asked of it.
    pub fn asks(&self) -> Vec<Ask> {
        let tasks = 0..self.tasks.len();
        let inquiry = self.question.iter().map(|_| Ask::Inquire);
        inquiry.chain(tasks.clone().map(Ask::Send)).chain(tasks.map(Ask::Check)).collect()
    }

    /// Asks.
    pub async fn ask(&self, adapter: &dyn Supplier, ask: Ask) -> Said {
        match ask {
            Ask::Inquire => Said::OfBill(adapter.inquire(self.question.as_ref().unwrap()).await),
            Ask::Send(task) => Said::OfOrder(adapter.send(&self.tasks[task]).await),
            Ask::Check(task) => Said::OfOrder(adapter.check(&self.tasks[task]).await),
        }
    }

    /// Our reference in what is asked.
    pub fn reference(&self, ask: Ask) -> &str {
        match ask {
            Ask::Inquire => self.question.as_ref().unwrap().supplier_ref.as_str(),
            Ask::Send(task) | Ask::Check(task) => self.tasks[task].supplier_ref.as_str(),
        }
    }
}

impl Said {
    /// Nothing can be said: nothing was promised, and nothing is settled by it.
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::OfBill(heard) => heard.meaning == InquiryAnswer::Unreadable,
            Self::OfOrder(heard) => matches!(heard.meaning, Answer::Unknown { .. }),
        }
    }

    /// There is a bill, or the order is done.
    pub fn is_success(&self) -> bool {
        match self {
            Self::OfBill(heard) => matches!(heard.meaning, InquiryAnswer::Found(_)),
            Self::OfOrder(heard) => matches!(heard.meaning, Answer::Confirmed { .. }),
        }
    }
}
