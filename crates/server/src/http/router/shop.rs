//! A house in memory with one merchant, for the router's tests: real use cases, real sandbox, a clock that moves when told.

use std::sync::Arc;

use app::seams::{Clock, ManualClock, SeededRandom};
use app::{AddMerchant, Context, FundMerchant, Parts, Policy, Suppliers, Vault, add_merchant, fund, put_products};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use domain::id::ApiId;
use domain::json::{Object, read_object};
use domain::money::Rupiah;
use domain::signature::{SigningKey, compose};
use domain::time::Timestamp;
use domain::voucher::VoucherKind;
use outbound::{Sandbox, SandboxClock, demo_catalogue};
use serde_json::Value;
use store::MemoryStore;
use tower::ServiceExt;

use super::{api_router, console_router};
use crate::http::api::Api;
use crate::http::settings::Settings;

/// The house.
pub struct Shop {
    /// The public API.
    pub api: Router,
    /// The console's.
    pub console: Router,
    /// Its time.
    pub clock: ManualClock,
    /// Its use cases.
    pub context: Context,
    key: SigningKey,
}

/// An answer, taken apart.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap().to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

struct SandboxTime(ManualClock);

impl SandboxClock for SandboxTime {
    fn now(&self) -> Timestamp {
        self.0.wall()
    }
}

impl Shop {
    pub async fn open(settings: Settings) -> Self {
        let clock = ManualClock::at(Timestamp::parse_wib("2026-05-31 10:40:02").unwrap());
        let random = Arc::new(SeededRandom::new(1));
        let sandbox = Sandbox::open(None, Arc::new(SandboxTime(clock.clone()))).unwrap();
        let context = Context::open(Parts {
            store: Arc::new(MemoryStore::default()),
            suppliers: Suppliers::with_sandbox(Arc::new(sandbox)).unwrap(),
            vault: Vault::ephemeral(random.clone()).unwrap(),
            clock: Arc::new(clock.clone()),
            random,
            policy: Policy::default(),
        });
        let context = context.unwrap_or_else(|error| panic!("{error}"));
        let request =
            AddMerchant { name: "Demo Member".to_owned(), api_id: ApiId::parse("demo"), ..AddMerchant::default() };
        let added = add_merchant(&context, request).await.unwrap_or_else(|error| panic!("{error}"));
        let deposit = FundMerchant {
            merchant_id: added.merchant.merchant_id,
            kind: VoucherKind::Deposit,
            amount: Rupiah::whole(1_000_000),
            note: "first".into(),
            reference: None,
        };
        fund(&context, deposit).await.unwrap();
        put_products(&context, demo_catalogue(context.time().now()).unwrap()).await.unwrap();
        let api = Api::new(context.clone(), settings);
        Self {
            api: api_router(&api),
            console: console_router(&api),
            clock,
            context,
            key: SigningKey::new("demo", added.api_key.as_str(), &added.secret_key),
        }
    }

    /// Its time in Unix seconds.
    pub fn clock_seconds(&self) -> i64 {
        self.clock.wall().seconds()
    }

    /// A body with these parameters, signed now.
    pub fn signed(&self, parameters: &str) -> String {
        let parameters: Object<'_> = read_object(parameters.as_bytes()).unwrap();
        compose(&parameters, &self.key, self.clock.wall().seconds())
    }

    /// Signs and sends.
    pub async fn call(&self, path: &str, parameters: &str) -> Answer {
        self.post(path, self.signed(parameters)).await
    }

    /// Sends a body as it is.
    pub async fn post(&self, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path).header("content-type", "application/json").body(body.into());
        send(&self.api, request.unwrap()).await
    }
}

/// Sends a request to a router.
pub async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let text = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
    Answer { status: parts.status, headers: parts.headers, text }
}
