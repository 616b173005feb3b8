//! A house with merchants, for the router's tests: real use cases, real sandbox, a clock that moves when told. In memory, or in a
//! directory that survives a restart.

mod answer;
mod no_post;
mod store;
mod supplier;

use std::sync::Arc;
use std::time::Duration;

use ::store::{MemoryStore, SqliteStore, Store};
use app::seams::{Clock, ManualClock, SeededRandom};
use app::{
    AddMerchant, Connect, Context, FundMerchant, MerchantSettings, NewSupplier, Parts, Policy, PutSupplier,
    SupplierChange, Suppliers, Vault, add_merchant, change_merchant, fund, put_products, put_supplier, start_workers,
    verify,
};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use domain::command::MerchantChange;
use domain::id::{ApiId, MerchantId, ProductCode, SupplierName};
use domain::json::{Object, read_object};
use domain::lease::Role;
use domain::money::Rupiah;
use domain::product::Product;
use domain::signature::{SigningKey, compose};
use domain::supplier::SupplierKind;
use domain::time::Timestamp;
use domain::voucher::VoucherKind;
use outbound::{AdapterClock, Client, Limits, Sandbox, connect, demo_catalogue};
use tempfile::TempDir;
use tower::ServiceExt;
use zeroize::Zeroizing;

pub use self::answer::Answer;
use self::no_post::NoPost;
use self::store::ToldStore;
use self::supplier::WatchedSandbox;
use super::{api_router, console_router};
use crate::house::Seams;
use crate::http::api::Api;
use crate::http::settings::Settings;

/// How often the status worker looks.
const LOOK: Duration = Duration::from_millis(500);

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
    /// Its built-in supplier, which is the only one until another is connected.
    pub supplier: Arc<WatchedSandbox>,
    /// Its store.
    pub store: ToldStore,
    /// Who calls, unless another is named.
    pub demo: Merchant,
    /// What every request says in `Accept-Language`.
    pub language: Option<&'static str>,
    directory: Option<TempDir>,
    settings: Settings,
}

/// Somebody who calls.
#[derive(Clone)]
pub struct Merchant {
    pub merchant_id: MerchantId,
    pub key: SigningKey,
}

impl Shop {
    /// In memory, with one merchant who has a million.
    pub async fn open(settings: Settings) -> Self {
        Self::furnish(settings, None).await
    }

    /// The same in a directory, which it can be restarted on.
    pub async fn open_on_disk() -> Self {
        Self::furnish(Settings::default(), Some(tempfile::tempdir().unwrap())).await
    }

    async fn furnish(settings: Settings, directory: Option<TempDir>) -> Self {
        let clock = ManualClock::at(Timestamp::parse_wib("2026-05-31 10:40:02").unwrap());
        let supplier = Arc::new(sandbox(directory.as_ref(), &clock));
        let nobody = Merchant { merchant_id: MerchantId(0), key: SigningKey::new("demo", "", "") };
        let mut shop = Self::build(settings, Policy::default(), directory, clock, supplier, nobody);
        put_products(&shop.context, demo_catalogue(shop.context.time().now()).unwrap()).await.unwrap();
        shop.demo = shop.add_merchant("demo", "demo-key", "demo-secret", 1_000_000).await;
        shop
    }

    fn build(
        settings: Settings,
        policy: Policy,
        directory: Option<TempDir>,
        clock: ManualClock,
        supplier: Arc<WatchedSandbox>,
        demo: Merchant,
    ) -> Self {
        let random = Arc::new(SeededRandom::new(u64::try_from(clock.wall().micros()).unwrap()));
        let (store, vault): (Arc<dyn Store>, _) = match &directory {
            Some(directory) => (
                Arc::new(SqliteStore::open(directory.path()).unwrap()),
                Vault::open(&directory.path().join("master.key"), false, random.clone()),
            ),
            None => (Arc::new(MemoryStore::default()), Vault::ephemeral(random.clone())),
        };
        let store = ToldStore::new(store);
        let context = Context::open(Parts {
            store: Arc::new(store.clone()),
            suppliers: Suppliers::with_sandbox(supplier.clone(), connector(&clock)).unwrap(),
            post: Arc::new(NoPost),
            vault: vault.unwrap(),
            clock: Arc::new(clock.clone()),
            random,
            policy,
            role: Role::Server,
        });
        let context = context.unwrap_or_else(|error| panic!("{error}"));
        let api = Api::new(context.clone(), settings.clone());
        Self {
            api: api_router(&api),
            console: console_router(&api),
            clock,
            context,
            supplier,
            store,
            demo,
            language: None,
            directory,
            settings,
        }
    }

    /// Ends this process, and begins another on the same directory, with this policy. The sandbox remembers by its record.
    pub async fn restart(self, policy: Policy) -> Self {
        self.context.shut_down().await;
        let Self { api, console, context, supplier, store, demo, clock, directory, settings, .. } = self;
        drop((api, console, context, supplier, store));
        let supplier = Arc::new(sandbox(directory.as_ref(), &clock));
        Self::build(settings, policy, directory, clock, supplier, demo)
    }

    /// Starts what runs beside the requests; it moves on with [`Shop::pass`] only.
    pub async fn start_workers(&self) {
        start_workers(&self.context);
        self.clock.slept(LOOK, 1).await;
    }

    /// Lets the time pass, with the status worker looking as often as it does.
    pub async fn pass(&self, time: Duration) {
        for _ in 0..time.as_millis() / LOOK.as_millis() {
            self.advance_and_look(LOOK).await;
            self.context.has_asked().await;
        }
    }

    /// Lets the time pass at once, as if the machine had slept, with the status worker looking once.
    pub async fn jump(&self, time: Duration) {
        self.advance_and_look(time).await;
        self.context.has_asked().await;
    }

    /// Lets the time pass, and waits until the status worker has looked and sleeps again; nobody else sleeps for as long as it.
    async fn advance_and_look(&self, by: Duration) {
        let before = self.clock.sleeps(LOOK);
        self.clock.advance(by);
        self.clock.slept(LOOK, before + 1).await;
    }

    /// Ends when so many have begun to wait for the supplier, since the beginning; whoever was answered at once did not wait.
    pub async fn waiting_for_supplier(&self, count: usize) {
        self.clock.slept(Policy::default().answer_within, count).await;
    }

    /// Ends when an answer could not be written for the so-many-th time, and its writer pauses before it tries again.
    pub async fn slept_before_recording_again(&self, count: usize) {
        self.clock.slept(Duration::from_secs(1), count).await;
    }

    /// Adds a merchant with this much to spend.
    pub async fn add_merchant(&self, api_id: &str, api_key: &str, secret_key: &str, rupiah: u32) -> Merchant {
        let request = AddMerchant {
            name: "Demo Member".to_owned(),
            api_id: ApiId::parse(api_id),
            api_key: Some(Zeroizing::new(api_key.to_owned())),
            secret_key: Some(Zeroizing::new(secret_key.to_owned())),
            ..AddMerchant::default()
        };
        let added = add_merchant(&self.context, request).await.unwrap_or_else(|error| panic!("{error}"));
        let merchant =
            Merchant { merchant_id: added.merchant.merchant_id, key: SigningKey::new(api_id, api_key, secret_key) };
        if rupiah > 0 {
            self.fund(&merchant, VoucherKind::Deposit, Rupiah::whole(rupiah)).await;
        }
        merchant
    }

    async fn fund(&self, merchant: &Merchant, kind: VoucherKind, amount: Rupiah) {
        let request =
            FundMerchant { merchant_id: merchant.merchant_id, kind, amount, note: "test".into(), reference: None };
        fund(&self.context, request).await.unwrap();
    }

    /// Leaves the demo merchant this much to spend.
    pub async fn leave(&self, rupiah: i64) {
        let missing = rupiah - self.balance().await.0;
        if missing != 0 {
            self.fund(&self.demo, VoucherKind::Adjustment, Rupiah::new(missing).unwrap()).await;
        }
    }

    /// Changes something about the demo merchant.
    pub async fn change(&self, change: MerchantChange) {
        let changes: MerchantSettings = vec![change];
        change_merchant(&self.context, self.demo.merchant_id, changes).await.unwrap();
    }

    /// Adds a supplier for which somebody stands in at that address, who knows us as `loket` with the key `dev-key`.
    pub async fn connect(&self, name: &str, kind: SupplierKind, url: &str) {
        let request = PutSupplier {
            name: SupplierName::parse(name).unwrap(),
            new: Some(NewSupplier { kind, user: "loket".into(), key: Zeroizing::new("dev-key".to_owned()) }),
            changes: vec![SupplierChange::Url(Some(url.into()))],
        };
        put_supplier(&self.context, request).await.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Changes something about a product of the catalogue.
    pub async fn change_product(&self, code: &str, change: impl FnOnce(&mut Product)) {
        let code = ProductCode::parse(code).unwrap();
        let filter = app::ProductFilter { code: Some(code), ..app::ProductFilter::default() };
        let mut product = (*app::list_products(&self.context, &filter)[0]).clone();
        change(&mut product);
        put_products(&self.context, vec![product]).await.unwrap();
    }

    /// Its time in Unix seconds.
    pub fn clock_seconds(&self) -> i64 {
        self.clock.wall().seconds()
    }

    /// A body with these parameters, signed now by the demo merchant.
    pub fn signed(&self, parameters: &str) -> String {
        self.signed_by(&self.demo, parameters)
    }

    /// A body with these parameters, signed now.
    pub fn signed_by(&self, merchant: &Merchant, parameters: &str) -> String {
        let parameters: Object<'_> = read_object(parameters.as_bytes()).unwrap();
        compose(&parameters, &merchant.key, self.clock_seconds())
    }

    /// Signs and sends.
    pub async fn call(&self, path: &str, parameters: &str) -> Answer {
        self.post(path, self.signed(parameters)).await
    }

    /// Signs and sends an order call.
    pub async fn order(&self, parameters: &str) -> Answer {
        self.call("/v1/order", parameters).await
    }

    /// Asks for the state of a reference.
    pub async fn state(&self, ref_id: &str) -> Answer {
        self.call("/v1/status", &format!(r#"{{"cmd":"status","ref_id":"{ref_id}"}}"#)).await
    }

    /// What may be spent, and what is held.
    pub async fn balance(&self) -> (i64, i64) {
        self.balance_of(&self.demo).await
    }

    /// What a merchant may spend, and what it has in pending orders.
    pub async fn balance_of(&self, merchant: &Merchant) -> (i64, i64) {
        let data = self.post("/v1/balance", self.signed_by(merchant, "{}")).await.is("SUCCESS").data();
        (data["balance"].as_i64().unwrap(), data["held"].as_i64().unwrap())
    }

    /// Sends a body as it is.
    pub async fn post(&self, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path).header("content-type", "application/json");
        let request = self.language.into_iter().fold(request, |request, tag| request.header("accept-language", tag));
        send(&self.api, request.body(body.into()).unwrap()).await
    }

    /// Asks the books.
    pub async fn verify(&self) {
        let verified = self.context.read(|snapshot| verify(snapshot, &mut |_, _| {})).await.unwrap();
        assert_eq!(verified.findings, []);
    }
}

/// What speaks to the suppliers that a test connects: the real adapters.
fn connector(clock: &ManualClock) -> Connect {
    let (client, clock) = (Arc::new(Client::new(Limits::default())), adapter_clock(clock));
    Arc::new(move |kind, account| connect(kind, account, &client, Arc::clone(&clock)))
}

fn sandbox(directory: Option<&TempDir>, clock: &ManualClock) -> WatchedSandbox {
    let record = directory.map(|directory| directory.path().join("sandbox-record.tsv"));
    WatchedSandbox::new(Sandbox::open(record.as_deref(), adapter_clock(clock)).unwrap())
}

/// The same time as adapters read it.
fn adapter_clock(clock: &ManualClock) -> Arc<dyn AdapterClock> {
    Seams { clock: Arc::new(clock.clone()), random: Arc::new(SeededRandom::new(0)) }.adapter_clock()
}

/// Sends a request to a router.
pub async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let text = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
    Answer { status: parts.status, headers: parts.headers, text }
}
