//! A house in memory with one merchant, one product and as many suppliers as a test wants.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use domain::answer::Answer;
use domain::attempt::Attempt;
use domain::command::RecordAnswer;
use domain::id::{ApiId, CustomerNo, Mode, ProductCode, RefId, SupplierName};
use domain::lease::Role;
use domain::merchant::Sealed;
use domain::money::Rupiah;
use domain::order::Order;
use domain::product::{NumberRule, Product, ProductKind, ProductRoute, ProductState, Route};
use domain::supplier::{SupplierKind, SupplierProfile, SupplierState};
use domain::time::Timestamp;
use domain::voucher::VoucherKind;
use outbound::{AccountFault, BillQuote, Manners, Supplier};
use parking_lot::Mutex;
use store::{MemoryStore, OrderWithAttempt};

use super::post::ToldPost;
use super::supplier::{MANNERS, ToldSupplier};
use crate::directory::Caller;
use crate::seams::{ManualClock, SeededRandom};
use crate::suppliers::place_of;
use crate::{
    AddMerchant, Buy, CallError, CheckBill, Context, FundMerchant, Parts, PayBill, Policy, Suppliers, Vault,
    add_merchant, buy, check_bill, fund, pay_bill, put_products, start_workers,
};

type Adapters = Arc<Mutex<HashMap<String, Arc<ToldSupplier>>>>;

pub struct House {
    pub context: Context,
    pub clock: ManualClock,
    pub sandbox: Arc<ToldSupplier>,
    caller: Arc<Caller>,
    adapters: Adapters,
}

impl House {
    /// With nothing but the sandbox, at this time in Jakarta.
    pub async fn open_at(time: &str) -> Self {
        let clock = ManualClock::at(Timestamp::parse_wib(&format!("2026-05-31 {time}")).unwrap());
        let random = Arc::new(SeededRandom::new(7));
        let adapters = Adapters::default();
        let known = Arc::clone(&adapters);
        let sandbox = Arc::new(ToldSupplier::with(MANNERS));
        let connect = Arc::new(move |_, account: outbound::Account| {
            let adapter: Arc<dyn Supplier> =
                known.lock().get(&*account.user).cloned().ok_or(AccountFault::NoAddress)?;
            Ok(adapter)
        });
        let context = Context::open(Parts {
            store: Arc::new(MemoryStore::default()),
            suppliers: Suppliers::with_sandbox(sandbox.clone(), connect).unwrap(),
            post: Arc::new(ToldPost::default()),
            vault: Vault::ephemeral(random.clone()).unwrap(),
            clock: Arc::new(clock.clone()),
            random,
            policy: Policy::default(),
            role: Role::Server,
        });
        let context = context.unwrap_or_else(|error| panic!("{error}"));
        let toko = AddMerchant { name: "Toko".into(), api_id: ApiId::parse("toko"), ..AddMerchant::default() };
        let merchant = add_merchant(&context, toko).await.unwrap_or_else(|error| panic!("{error}")).merchant;
        let deposit = FundMerchant {
            merchant_id: merchant.merchant_id,
            kind: VoucherKind::Deposit,
            amount: Rupiah::whole(10_000_000),
            note: "".into(),
            reference: None,
        };
        fund(&context, deposit).await.unwrap();
        let caller = context.directory.find("toko").unwrap();
        Self { context, clock, sandbox, caller, adapters }
    }

    pub async fn open() -> Self {
        Self::open_at("10:40:00").await
    }

    /// Adds a supplier that is on.
    pub fn add(&self, name: &str) -> Arc<ToldSupplier> {
        self.add_with(name, MANNERS)
    }

    /// Adds one with manners of its own.
    pub fn add_with(&self, name: &str, manners: Manners) -> Arc<ToldSupplier> {
        let adapter = Arc::new(ToldSupplier::with(manners));
        self.adapters.lock().insert(name.to_owned(), adapter.clone());
        self.change(name, |_| {});
        adapter
    }

    /// Says something else of one.
    pub fn change(&self, name: &str, change: impl FnOnce(&mut SupplierProfile)) {
        let mut profile = self.profile(name);
        change(&mut profile);
        let connection = self.context.suppliers.connect(&self.context.vault, &profile).unwrap();
        self.context.suppliers.put(&profile, &connection, self.context.time.now());
    }

    /// Switches one.
    pub fn switch(&self, name: &str, state: SupplierState) {
        self.change(name, |profile| profile.state = state);
    }

    fn profile(&self, name: &str) -> SupplierProfile {
        let name = self::name(name);
        let key: Sealed = self.context.vault.seal(&place_of(&name, "key"), "key").unwrap();
        let now = self.context.time.now();
        SupplierProfile {
            user: name.as_str().into(),
            name,
            kind: SupplierKind::IsiKuota,
            url: None,
            key,
            secret: None,
            is_testing: false,
            can_be_asked: true,
            state: SupplierState::On,
            max_in_flight: 1_000,
            callback_networks: Vec::new(),
            low_balance: None,
            reroute_codes: Vec::new(),
            created_at: now,
            updated_at: now,
        }
    }

    /// Sells a prepaid product and a bill by these ways.
    pub async fn sell(&self, routes: Vec<ProductRoute>) {
        let products = [("TSEL20", ProductKind::Prepaid), ("PLN", ProductKind::Postpaid)];
        let products = products.map(|(code, kind)| product(code, kind, routes.clone()));
        put_products(&self.context, products.into()).await.unwrap();
    }

    /// Sells by these suppliers, in this order.
    pub async fn sell_by(&self, names: &[&str]) {
        self.sell(names.iter().map(|name| way(name, "sku", 20_000)).collect()).await;
    }

    pub fn product(&self) -> Arc<Product> {
        self.context.catalogue.find(&ProductCode::parse("TSEL20").unwrap()).unwrap()
    }

    pub async fn buy(&self, ref_id: &str) -> Result<Order, CallError> {
        self.buy_in(Mode::Production, ref_id).await
    }

    pub async fn buy_in(&self, mode: Mode, ref_id: &str) -> Result<Order, CallError> {
        let request = Buy {
            kind: ProductKind::Prepaid,
            mode,
            ref_id: RefId::parse(ref_id),
            signature: String::new(),
            product_code: ProductCode::parse("TSEL20").unwrap(),
            customer_no: number(),
            max_price: None,
            allow_duplicate: true,
        };
        buy(&self.context, &self.caller, request).await
    }

    /// Inquires and pays.
    pub async fn pay(&self, ref_id: &str) -> Result<Order, CallError> {
        let product_code = ProductCode::parse("PLN").unwrap();
        let mode = Mode::Production;
        let ref_id = RefId::parse(ref_id).unwrap();
        let question =
            CheckBill { mode, ref_id: Some(ref_id.clone()), product_code: product_code.clone(), customer_no: number() };
        check_bill(&self.context, &self.caller, question).await?;
        let payment = PayBill { mode, ref_id, product_code, customer_no: number() };
        pay_bill(&self.context, &self.caller, payment).await.map(|(order, _)| order)
    }

    /// A supplier's word that it tells unasked.
    pub async fn tell(&self, attempt: &OrderWithAttempt, answer: Answer) {
        let said = RecordAnswer {
            key: attempt.order.key.clone(),
            attempt: attempt.attempt.key,
            claim: attempt.order.claim.clone(),
            answer,
            source: domain::answer::Source::Callback,
            words: None,
            pause: Duration::from_secs(2),
            next: None,
        };
        self.context.engine.tell(said).await.unwrap();
    }

    /// The order with its newest attempt, as they are stored.
    pub async fn stored(&self, ref_id: &str) -> OrderWithAttempt {
        let (order, mut attempts) = self.history(ref_id).await;
        OrderWithAttempt { order, attempt: attempts.pop().unwrap() }
    }

    /// The order with all its attempts.
    pub async fn history(&self, ref_id: &str) -> (Order, Vec<Attempt>) {
        let ref_id = RefId::parse(ref_id).unwrap();
        self.context
            .read(move |snapshot| {
                let order = snapshot.orders_by_ref(&ref_id)?.pop().unwrap();
                let attempts = snapshot.attempts(order.key.merchant_id, order.order_id)?;
                Ok((order, attempts))
            })
            .await
            .unwrap()
    }

    /// Starts the workers, which look whenever the test lets time pass.
    pub async fn start_workers(&self) {
        start_workers(&self.context);
        self.clock.slept(self.context.policy.check_every, 1).await;
    }

    /// Lets time pass, and waits until the worker has looked and everybody who was asked has answered.
    pub async fn pass(&self, time: Duration) {
        self.pass_and_look(time).await;
        self.context.asking.is_quiet().await;
    }

    /// Lets time pass, and waits until the worker has looked.
    pub async fn pass_and_look(&self, time: Duration) {
        let looks = self.clock.sleeps(self.context.policy.check_every);
        self.clock.advance(time);
        self.clock.slept(self.context.policy.check_every, looks + 1).await;
    }
}

pub fn name(text: &str) -> SupplierName {
    SupplierName::parse(text).unwrap()
}

pub fn number() -> CustomerNo {
    CustomerNo::parse("08123456789").unwrap()
}

pub fn way(supplier: &str, sku: &str, cost: u32) -> ProductRoute {
    ProductRoute::plain(Route { supplier: name(supplier), sku: sku.into(), cost: Rupiah::whole(cost) })
}

pub fn bill(same_day: bool) -> BillQuote {
    BillQuote {
        customer_name: "SITI".into(),
        tagihan: Rupiah::whole(50_000),
        cost: Rupiah::whole(50_500),
        desc: "{}".into(),
        periods: "202605".into(),
        token: "77".into(),
        requotable: false,
        same_day,
    }
}

pub fn confirmed() -> Answer {
    Answer::Confirmed { sn: Some("SN".into()), cost: None, desc: None, ask_again: false }
}

pub fn nothing_created() -> Answer {
    Answer::Refused { code: "20".into(), nothing_created: true }
}

pub fn refused(code: &str) -> Answer {
    Answer::Refused { code: code.into(), nothing_created: false }
}

pub fn unknown() -> Answer {
    Answer::Unknown { why: "lost".into() }
}

/// A product on plain terms.
pub fn product(code: &str, kind: ProductKind, routes: Vec<ProductRoute>) -> Product {
    Product {
        code: ProductCode::parse(code).unwrap(),
        name: code.into(),
        kind,
        category: "".into(),
        brand: "".into(),
        description: "".into(),
        state: ProductState::Available,
        price: if kind == ProductKind::Prepaid { Rupiah::whole(21_000) } else { Rupiah::ZERO },
        admin: Rupiah::ZERO,
        commission: Rupiah::ZERO,
        tiers: Vec::new(),
        cut_off: None,
        number_rule: NumberRule { digits_only: true, min_length: 1, max_length: 20, is_phone: false },
        bill_group: code.into(),
        repaid_window: Duration::ZERO,
        duplicate_window: Duration::ZERO,
        routes,
        is_demo: false,
        updated_at: Timestamp::default(),
    }
}
