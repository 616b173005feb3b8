//! A fake in this process: how a test starts one, talks to it, and reads what it did.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::book::Transaction;
use crate::digiflazz::Digiflazz;
use crate::fake::Fake;
use crate::http::listen;
use crate::iak::Iak;
use crate::journal::{Entry, Journal, Outcome};
use crate::options::{Options, Supplier, Webhook};
use crate::plan::Plan;
use crate::protocol::Protocol;

/// Starts fakes.
#[derive(Debug)]
pub struct FakeSupplier;

impl FakeSupplier {
    /// Starts one. It listens when this returns, and goes on where its journal ends.
    pub async fn start(options: Options) -> io::Result<Running> {
        let protocol: Box<dyn Protocol> = match options.supplier {
            Supplier::Digiflazz => Box::new(Digiflazz),
            Supplier::Iak => Box::new(Iak),
        };
        let base_path = protocol.base_path();
        let socket = TcpListener::bind(options.listen).await?;
        let address = socket.local_addr()?;
        let fake = Fake::open(protocol, &options)?;
        fake.tasks.spawn(listen(socket, Arc::clone(&fake), fake.tasks.clone()));
        Ok(Running { fake, address, url: format!("http://{address}{base_path}") })
    }
}

/// A fake that runs. It stops when this is dropped, as if it were killed; what it had answered is in its journal.
pub struct Running {
    fake: Arc<Fake>,
    address: SocketAddr,
    url: String,
}

impl Running {
    /// The base address that a client is given. Digiflazz's ends with `/v1`, as the real one does; IAK's is that of both hosts.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Puts another plan in the place of the one before; counts begin anew.
    pub fn set_plan(&self, plan: Plan) {
        self.fake.set_plan(plan);
    }

    /// Sends callbacks there from now on, or nowhere.
    pub fn set_webhook(&self, webhook: Option<Webhook>) {
        *self.fake.webhook.lock() = webhook;
    }

    /// Sets the fake's clock so far ahead of the one it was given. Whoever waits, waits on as before.
    pub fn set_clock_ahead(&self, span: Duration) {
        self.fake.set_offset(i64::try_from(span.as_millis()).unwrap_or(i64::MAX));
    }

    /// All that was written down so far.
    pub fn journal(&self) -> io::Result<Journal> {
        self.fake.journal()
    }

    /// Every reference's newest transaction, oldest first.
    pub fn transactions(&self) -> Vec<Transaction> {
        self.fake.desk.lock().book.transactions().cloned().collect()
    }

    /// The deposit that is left, in rupiah.
    pub fn balance(&self) -> i64 {
        self.fake.desk.lock().balance()
    }

    /// Makes the deposit so many rupiah.
    pub fn set_balance(&self, rupiah: i64) {
        let mut desk = self.fake.desk.lock();
        desk.funds = rupiah + desk.book.spent();
    }

    /// Ends a transaction and sends its callback, and returns when that was received. Answers whether the transaction could end so.
    pub async fn settle(&self, ref_id: &str, outcome: Outcome) -> io::Result<bool> {
        self.fake.settle(ref_id, outcome).await
    }

    /// Sends a transaction's callback so many times at once, and returns when all were received. Answers whether there is such a one.
    pub async fn send_callback(&self, ref_id: &str, copies: u32, forged: bool) -> io::Result<bool> {
        let transaction = self.fake.desk.lock().book.transaction(ref_id).cloned();
        let Some(transaction) = transaction else { return Ok(false) };
        self.fake.send_callback(&transaction, false, copies, forged).await?;
        Ok(true)
    }

    /// Waits until a line is written that `is_wanted`, and answers the first; one that is there already counts.
    pub async fn wait_for(&self, is_wanted: impl Fn(&Entry) -> bool) -> io::Result<Entry> {
        let mut grown = self.fake.desk.lock().recorder.grown();
        loop {
            grown.borrow_and_update();
            if let Some(entry) = self.journal()?.entries.into_iter().find(&is_wanted) {
                return Ok(entry);
            }
            grown.changed().await.map_err(io::Error::other)?;
        }
    }

    /// Stops it, and waits until nothing of it runs.
    pub async fn stop(self) {
        self.fake.tasks.stop();
        self.fake.tasks.finished().await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.fake.tasks.stop();
    }
}
