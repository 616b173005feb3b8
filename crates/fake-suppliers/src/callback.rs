//! Sends callbacks, as well or as badly as the plan says.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::book::Transaction;
use crate::call::Subject;
use crate::fake::Fake;
use crate::http::{Message, post};
use crate::journal::Event;
use crate::options::Webhook;
use crate::plan::CallbackFault;
use crate::protocol::Manner;

/// A receiver that says nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// A callback, made but not sent.
struct Callback {
    url: String,
    message: Message,
    forged: bool,
}

impl Fake {
    /// Sends the callback of a transaction as it is now, and ends when its receiver has answered. A late one's time runs from now on.
    pub(crate) fn call_back(
        self: &Arc<Self>,
        transaction: Transaction,
        is_first: bool,
    ) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let fault = self.callback_faults.lock().get(&transaction.subject.ref_id).copied();
        let (copies, forged) = match fault {
            Some(CallbackFault::None) => (0, false),
            Some(CallbackFault::Copies { n }) => (n, false),
            Some(CallbackFault::Forged) => (1, true),
            Some(CallbackFault::Late { .. } | CallbackFault::Early) | None => (1, false),
        };
        let pause = match fault {
            Some(CallbackFault::Late { ms }) => Some(self.clock.sleep(Duration::from_millis(ms))),
            _ => None,
        };
        let fake = Arc::clone(self);
        async move {
            if let Some(pause) = pause {
                pause.await;
            }
            fake.send_callback(&transaction, is_first, copies, forged).await
        }
    }

    /// The same, without waiting for it.
    pub(crate) fn call_back_soon(self: &Arc<Self>, transaction: Transaction, is_first: bool) {
        let sending = self.call_back(transaction, is_first);
        self.tasks.spawn(async move {
            // A journal that can't be written fails the next request, which somebody waits for.
            let _ = sending.await;
        });
    }

    /// Sends so many copies of a transaction's callback, all at once.
    pub(crate) async fn send_callback(
        self: &Arc<Self>,
        transaction: &Transaction,
        is_first: bool,
        copies: u32,
        forged: bool,
    ) -> io::Result<()> {
        match self.make_callback(transaction, is_first, forged) {
            Some(callback) => self.send_copies(callback, &transaction.subject, copies).await,
            None => Ok(()),
        }
    }

    /// Sends the callback that tells nothing, if there is such a one and somebody to send it to.
    pub(crate) fn ping_soon(self: &Arc<Self>) {
        let Some(webhook) = self.webhook.lock().clone() else { return };
        let Some(message) = self.protocol.ping(&webhook) else { return };
        let fake = Arc::clone(self);
        self.tasks.spawn(async move {
            let callback = Callback { url: webhook.url, message, forged: false };
            // A journal that can't be written fails the next request, which somebody waits for.
            let _ = fake.send_copies(callback, &Subject::default(), 1).await;
        });
    }

    async fn send_copies(self: &Arc<Self>, callback: Callback, subject: &Subject, copies: u32) -> io::Result<()> {
        let callback = Arc::new(callback);
        let mut sent = tokio::task::JoinSet::new();
        for _ in 0..copies {
            let (fake, callback, subject) = (Arc::clone(self), Arc::clone(&callback), subject.clone());
            sent.spawn(async move { fake.send_copy(&callback, subject).await });
        }
        while let Some(recorded) = sent.join_next().await {
            recorded.map_err(io::Error::other)??;
        }
        Ok(())
    }

    async fn send_copy(&self, callback: &Callback, subject: Subject) -> io::Result<()> {
        let receiver = tokio::select! {
            answered = post(&callback.url, &callback.message) => {
                answered.map_or_else(|error| error.to_string(), |status| status.to_string())
            }
            () = self.clock.sleep(PATIENCE) => "no answer".to_owned(),
        };
        let (url, rc, forged) = (callback.url.clone(), callback.message.rc.clone(), callback.forged);
        self.at_desk(|desk| desk.record(Event::CallbackSent { subject, url, rc, forged, receiver }))
    }

    fn make_callback(&self, transaction: &Transaction, is_first: bool, forged: bool) -> Option<Callback> {
        let webhook = self.webhook.lock().clone();
        let (url, secret) = match (&transaction.callback_url, webhook) {
            (Some(url), webhook) => (url.clone(), webhook.and_then(|webhook| webhook.secret)),
            (None, Some(Webhook { url, secret })) => (url, secret),
            (None, None) => return None,
        };
        let manner = Manner { is_first, secret: secret.as_deref(), forged };
        let message = self.at_desk(|desk| self.protocol.callback(desk, transaction, manner))?;
        Some(Callback { url, message, forged })
    }
}
