//! A customer of IAK.

use std::time::Duration;

use fake_suppliers::{Credentials, FakeSupplier, ManualClock, Moment, Options, Running, Supplier};
use serde_json::{Value, json};

use super::{Seen, exchange};

/// A customer, with a fake and a clock of its own.
pub struct Customer {
    pub fake: Running,
    pub clock: ManualClock,
    pub credentials: Credentials,
}

impl Customer {
    /// At ten in the morning.
    pub async fn start() -> Self {
        Self::with(|_| ()).await
    }

    /// At ten in the morning, with other options.
    pub async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let clock = ManualClock::at(Moment::wib(2026, 5, 31, 10, 0));
        let mut options = Options { clock: std::sync::Arc::new(clock.clone()), ..Options::new(Supplier::Iak) };
        change(&mut options);
        let credentials = options.credentials.clone();
        Self { fake: FakeSupplier::start(options).await.unwrap(), clock, credentials }
    }

    /// Purchases settle.
    pub fn settle_all(&self) {
        self.clock.advance(Duration::from_secs(2));
    }

    /// Posts a body as it is.
    pub async fn post(&self, path: &str, body: &Value) -> Seen {
        exchange(self.fake.address(), "POST", &format!("/{path}"), &body.to_string()).await
    }

    /// Signs a body.
    pub fn sign(&self, addition: &str, mut body: Value) -> Value {
        body["username"] = json!(self.credentials.username);
        body["sign"] = json!(self.credentials.sign(addition));
        body
    }

    /// Posts a signed body, and answers `data`.
    pub async fn signed(&self, path: &str, addition: &str, body: Value) -> Value {
        self.post(path, &self.sign(addition, body)).await.json()["data"].clone()
    }

    /// The body of an inquiry, with everything that any product wants to know.
    pub fn inquiry(&self, ref_id: &str, code: &str, number: &str) -> Value {
        let body = json!({
            "commands": "inq-pasca",
            "code": code,
            "hp": number,
            "ref_id": ref_id,
            "month": 2,
            "year": "2019",
            "nomor_identitas": "0212502110170100",
            "desc": { "amount": 100_000 },
        });
        self.sign(ref_id, body)
    }

    pub async fn inquire(&self, ref_id: &str, code: &str, number: &str) -> Value {
        self.post("api/v1/bill/check", &self.inquiry(ref_id, code, number)).await.json()["data"].clone()
    }

    pub async fn pay(&self, tr_id: &Value) -> Value {
        let body = json!({ "commands": "pay-pasca", "tr_id": tr_id });
        self.signed("api/v1/bill/check", &tr_id.to_string(), body).await
    }

    pub async fn status(&self, ref_id: &str) -> Value {
        let body = json!({ "commands": "checkstatus", "ref_id": ref_id });
        self.signed("api/v1/bill/check", "cs", body).await
    }

    pub async fn top_up(&self, ref_id: &str, code: &str, number: &str) -> Value {
        let body = json!({ "ref_id": ref_id, "customer_id": number, "product_code": code });
        self.signed("api/top-up", ref_id, body).await
    }

    pub async fn purchase_status(&self, ref_id: &str) -> Value {
        self.signed("api/check-status", ref_id, json!({ "ref_id": ref_id })).await
    }
}
