//! A buyer at Digiflazz.

use std::time::Duration;

use fake_suppliers::{Credentials, FakeSupplier, ManualClock, Moment, Options, Running, Settling, Supplier};
use serde_json::{Value, json};

use super::{Seen, exchange};

/// How long pending transactions take here.
const SETTLES_AFTER: Duration = Duration::from_secs(2);

/// A buyer, with a fake and a clock of its own.
pub struct Buyer {
    pub fake: Running,
    pub clock: ManualClock,
    pub credentials: Credentials,
}

impl Buyer {
    /// At ten in the morning, without limits on how often it asks.
    pub async fn start() -> Self {
        Self::with(|options| options.limits = false).await
    }

    /// At ten in the morning.
    pub async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let clock = ManualClock::at(Moment::wib(2026, 5, 31, 10, 0));
        let mut options = Options {
            clock: std::sync::Arc::new(clock.clone()),
            settling: Settling::After(SETTLES_AFTER),
            ..Options::new(Supplier::Digiflazz)
        };
        change(&mut options);
        let credentials = options.credentials.clone();
        Self { fake: FakeSupplier::start(options).await.unwrap(), clock, credentials }
    }

    /// What is pending settles.
    pub fn settle_all(&self) {
        self.clock.advance(SETTLES_AFTER);
    }

    /// Posts a body as it is.
    pub async fn post(&self, path: &str, body: &Value) -> Seen {
        exchange(self.fake.address(), "POST", &format!("/v1/{path}"), &body.to_string()).await
    }

    /// Posts a signed body, and answers `data`.
    pub async fn signed(&self, path: &str, addition: &str, mut body: Value) -> Value {
        body["username"] = json!(self.credentials.username);
        body["sign"] = json!(self.credentials.sign(addition));
        self.post(path, &body).await.json()["data"].clone()
    }

    /// The body of a transaction's call; without a command it is a top-up.
    pub fn transaction(&self, command: &str, ref_id: &str, sku: &str, customer_no: &str) -> Value {
        let mut body = json!({
            "username": self.credentials.username,
            "buyer_sku_code": sku,
            "customer_no": customer_no,
            "ref_id": ref_id,
            "sign": self.credentials.sign(ref_id),
        });
        if !command.is_empty() {
            body["commands"] = json!(command);
        }
        if sku == "emoney" {
            body["amount"] = json!(50_000);
        }
        body
    }

    /// Makes a transaction's call, and answers `data`.
    pub async fn ask(&self, command: &str, ref_id: &str, sku: &str, customer_no: &str) -> Value {
        let body = self.transaction(command, ref_id, sku, customer_no);
        self.post("transaction", &body).await.json()["data"].clone()
    }

    /// Inquires, and pays.
    pub async fn pay(&self, ref_id: &str, sku: &str, customer_no: &str) -> Value {
        assert_eq!(self.ask("inq-pasca", ref_id, sku, customer_no).await["rc"], "00");
        self.ask("pay-pasca", ref_id, sku, customer_no).await
    }
}
