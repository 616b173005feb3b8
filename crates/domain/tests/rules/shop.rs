//! A shop in memory: all rows in maps, a clock in hand. Each command gets exactly the rows that it names, and its changes are taken over.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::{Attempt, AttemptKey, Deadlines};
use domain::audit::{BookAudit, Cause, Finding, audit_bill};
use domain::bill::{Bill, BillKey, BillScope};
use domain::callback::Callback;
use domain::command::{
    AcceptPayment, AcceptPurchase, Ask, BeginInquiry, BeginTelling, Begun, ChangeMerchant, Command, Fund, Funded,
    HandToDesk, MerchantChange, Offer, OpenInquiry, Outcome, Payment, Purchase, RecordAnswer, Recorded,
    RegisterMerchant, Reroute, SendAgain, apply,
};
use domain::delivery_try::DeliveryTry;
use domain::dispatch::{Dispatch, DispatchKey};
use domain::duplicate::{DuplicateGuard, DuplicateKey};
use domain::endpoint::Endpoints;
use domain::event::Event;
use domain::exchange::{Exchange, Words};
use domain::id::{
    ApiId, CauseId, CustomerNo, MerchantId, Mode, OrderId, ProductCode, RefId, RefKey, SupplierName, SupplierRef,
    VoucherRef,
};
use domain::inquiry::{Inquiry, Quote};
use domain::lease::{Lease, Work};
use domain::ledger::{Account, Book, Slot, Transfer};
use domain::merchant::{Merchant, Sealed, SealedKeys};
use domain::money::Rupiah;
use domain::order::{Claim, Order};
use domain::product::{Product, ProductKind, Route};
use domain::refusal::Refusal;
use domain::revision::{Listing, Revision};
use domain::row::Row;
use domain::supplier::SupplierProfile;
use domain::time::Timestamp;
use domain::voucher::{Voucher, VoucherKey, VoucherKind};
use domain::world::{Reads, World};

/// Sunday, 31 May 2026, 10:40:02 in Jakarta.
pub const OPENING_SECONDS: i64 = 1_780_198_802;
/// How long after acceptance an attempt may be sent.
pub const SEND_WITHIN: Duration = Duration::from_secs(10);
/// How long after acceptance an attempt's answer is lost.
pub const LOST_AFTER: Duration = Duration::from_secs(95);

/// One row before and after a command.
#[derive(Clone, Debug)]
pub struct Shift<R> {
    pub before: Option<R>,
    pub after: R,
}

/// All that one command changed.
#[derive(Clone, Debug, Default)]
pub struct Step {
    pub books: Vec<Shift<Book>>,
    pub merchants: Vec<Shift<Merchant>>,
    pub products: Vec<Shift<Product>>,
    pub inquiries: Vec<Shift<Inquiry>>,
    pub orders: Vec<Shift<Order>>,
    pub attempts: Vec<Shift<Attempt>>,
    pub bills: Vec<Shift<Bill>>,
    pub duplicates: Vec<Shift<DuplicateGuard>>,
    pub vouchers: Vec<Shift<Voucher>>,
    pub suppliers: Vec<Shift<SupplierProfile>>,
    pub callbacks: Vec<Shift<Callback>>,
    pub endpoints: Vec<Shift<Endpoints>>,
    pub dispatches: Vec<Shift<Dispatch>>,
    pub revisions: Vec<Shift<Revision>>,
    pub leases: Vec<Shift<Lease>>,
    pub transfers: Vec<Transfer>,
    pub exchanges: Vec<Exchange>,
    pub events: Vec<Event>,
    pub tries: Vec<DeliveryTry>,
}

/// Does the same for each kind of row.
macro_rules! each_kind {
    ($do:ident) => {
        $do!(
            books, merchants, products, inquiries, orders, attempts, bills, duplicates, vouchers, suppliers, callbacks,
            endpoints, dispatches, revisions, leases
        )
    };
}

impl Step {
    /// Whether no row was written and nothing was appended.
    pub fn is_nothing(&self) -> bool {
        macro_rules! all_empty {
            ($($kind:ident),+) => {
                $(self.$kind.is_empty())&&+ && self.transfers.is_empty() && self.exchanges.is_empty()
                    && self.events.is_empty() && self.tries.is_empty()
            };
        }
        each_kind!(all_empty)
    }
}

pub struct Shop {
    pub now: Timestamp,
    /// Who calls.
    pub merchant_id: MerchantId,
    /// In which mode.
    pub mode: Mode,
    pub books: BTreeMap<MerchantId, Book>,
    pub merchants: BTreeMap<MerchantId, Merchant>,
    pub products: BTreeMap<ProductCode, Product>,
    pub inquiries: HashMap<RefKey, Inquiry>,
    pub orders: HashMap<RefKey, Order>,
    pub attempts: HashMap<AttemptKey, Attempt>,
    pub bills: HashMap<BillKey, Bill>,
    pub duplicates: HashMap<DuplicateKey, DuplicateGuard>,
    pub vouchers: HashMap<VoucherKey, Voucher>,
    pub suppliers: BTreeMap<SupplierName, SupplierProfile>,
    pub callbacks: BTreeMap<i64, Callback>,
    pub endpoints: BTreeMap<MerchantId, Endpoints>,
    pub dispatches: BTreeMap<DispatchKey, Dispatch>,
    pub revisions: BTreeMap<Listing, Revision>,
    pub leases: BTreeMap<Work, Lease>,
    pub ledger: Vec<Transfer>,
    pub exchanges: Vec<Exchange>,
    pub events: Vec<Event>,
    pub tries: Vec<DeliveryTry>,
    /// The tables audit everything after every command; the sequences do it now and then.
    pub audits_always: bool,
    next_id: i64,
}

impl Shop {
    /// A shop without merchants.
    pub fn empty() -> Self {
        Self {
            now: Timestamp::from_seconds(OPENING_SECONDS),
            merchant_id: MerchantId(1),
            mode: Mode::Production,
            books: BTreeMap::new(),
            merchants: BTreeMap::new(),
            products: BTreeMap::new(),
            inquiries: HashMap::new(),
            orders: HashMap::new(),
            attempts: HashMap::new(),
            bills: HashMap::new(),
            duplicates: HashMap::new(),
            vouchers: HashMap::new(),
            suppliers: BTreeMap::new(),
            callbacks: BTreeMap::new(),
            endpoints: BTreeMap::new(),
            dispatches: BTreeMap::new(),
            revisions: BTreeMap::new(),
            leases: BTreeMap::new(),
            ledger: Vec::new(),
            exchanges: Vec::new(),
            events: Vec::new(),
            tries: Vec::new(),
            audits_always: true,
            next_id: 1_000,
        }
    }

    /// Merchants 1 and 2, with a million each; merchant 1 calls, in production.
    pub fn open() -> Self {
        let mut shop = Self::empty();
        for number in [2, 1] {
            shop.merchant_id = MerchantId(number);
            shop.register(number).unwrap();
            shop.deposit("opening", 1_000_000).unwrap();
        }
        shop
    }

    // The engine's part.

    /// The world with exactly the rows that were named.
    pub fn load(&self, reads: &Reads) -> World {
        let mut world = World::default();
        macro_rules! load {
            ($($kind:ident),+) => {
                $(for key in &reads.$kind { world.$kind.load(key.clone(), self.$kind.get(key).cloned()); })+
            };
        }
        each_kind!(load);
        world
    }

    /// Takes over what changed.
    pub fn take(&mut self, world: &World) -> Step {
        let mut step = Step::default();
        macro_rules! take {
            ($($kind:ident),+) => {
                $(for change in world.$kind.changes() {
                    let before = self.$kind.insert(change.row.key(), change.row.clone());
                    assert_eq!(change.is_stored, before.is_some(), "the world knows what the store has");
                    step.$kind.push(Shift { before, after: change.row.clone() });
                })+
            };
        }
        each_kind!(take);
        step.transfers = world.transfers().to_vec();
        self.ledger.extend_from_slice(&step.transfers);
        step.exchanges = world.exchanges().to_vec();
        self.exchanges.extend_from_slice(&step.exchanges);
        step.events = world.events().to_vec();
        self.events.extend_from_slice(&step.events);
        step.tries = world.tries().to_vec();
        self.tries.extend_from_slice(&step.tries);
        step
    }

    /// Applies one command alone. A refused one must leave its world as it was loaded.
    pub fn apply(&mut self, command: &Command) -> (Result<Outcome, Refusal>, Step) {
        let mut reads = Reads::default();
        command.name_rows(&mut reads);
        let mut world = self.load(&reads);
        let decided = apply(&mut world, command, self.now);
        if decided.is_err() {
            self.assert_untouched(&world, &reads);
        }
        let step = self.take(&world);
        (decided, step)
    }

    fn assert_untouched(&self, world: &World, reads: &Reads) {
        macro_rules! compare {
            ($($kind:ident),+) => {
                $(
                    assert!(world.$kind.changes().is_empty(), "a refused command changed a row");
                    for key in &reads.$kind {
                        assert_eq!(world.$kind.get(key).unwrap(), self.$kind.get(key), "a refused command changed a row");
                    }
                )+
            };
        }
        each_kind!(compare);
        assert!(world.transfers().is_empty(), "a refused command moved money");
        assert!(world.exchanges().is_empty(), "a refused command wrote history");
        assert!(world.events().is_empty(), "a refused command told somebody");
        assert!(world.tries().is_empty(), "a refused command wrote into the log");
    }

    /// Applies a command and reads its own decision.
    pub fn ask<C: Ask>(&mut self, command: C) -> Result<C::Decision, Refusal> {
        let (decided, _) = self.apply(&command.into());
        if self.audits_always {
            assert_eq!(self.audit(), []);
        }
        decided.map(|outcome| C::read(outcome).unwrap())
    }

    pub fn next_id(&mut self) -> i64 {
        self.next_id += 1;
        self.next_id
    }

    pub fn advance(&mut self, span: Duration) {
        self.now = self.now.plus(span);
    }

    /// Every rule of the audit, over everything.
    pub fn audit(&self) -> Vec<Finding> {
        let mut by_cause: HashMap<(MerchantId, CauseId), Vec<Transfer>> = HashMap::new();
        let mut mutations: BTreeMap<MerchantId, Vec<&Transfer>> = BTreeMap::new();
        for transfer in &self.ledger {
            by_cause.entry((transfer.merchant_id, transfer.cause_id)).or_default().push(transfer.clone());
            if transfer.mutation.is_some() {
                mutations.entry(transfer.merchant_id).or_default().push(transfer);
            }
        }
        let mut audits: BTreeMap<MerchantId, BookAudit> =
            self.books.keys().map(|&merchant_id| (merchant_id, BookAudit::new(merchant_id))).collect();
        let orders = self.orders.values().map(|order| (order.key.merchant_id, Cause::Order(order)));
        let vouchers = self.vouchers.values().map(|voucher| (voucher.key.merchant_id, Cause::Voucher(voucher)));
        for (merchant_id, cause) in orders.chain(vouchers) {
            let mut transfers = by_cause.remove(&(merchant_id, cause.cause_id())).unwrap_or_default();
            transfers.sort_unstable_by_key(|transfer| (transfer.slot, transfer.leg));
            audits.get_mut(&merchant_id).unwrap().cause(cause, &transfers);
        }
        for ((merchant_id, _), transfers) in by_cause {
            audits.get_mut(&merchant_id).unwrap().orphans(&transfers);
        }
        let mut findings = Vec::new();
        for (merchant_id, mut audit) in audits {
            let mut numbered = mutations.remove(&merchant_id).unwrap_or_default();
            numbered.sort_unstable_by_key(|transfer| transfer.mutation.unwrap().number);
            for transfer in numbered {
                audit.mutation(transfer);
            }
            findings.extend(audit.finish(&self.books[&merchant_id]));
        }
        let mut by_bill: HashMap<&BillKey, Vec<Order>> = self.bills.keys().map(|key| (key, Vec::new())).collect();
        for order in self.orders.values() {
            if let Claim::Bill(key) = &order.claim {
                by_bill.get_mut(key).unwrap().push(order.clone());
            }
        }
        findings.extend(by_bill.into_iter().flat_map(|(key, orders)| audit_bill(&self.bills[key], &orders)));
        findings
    }

    // Commands as they usually are; a test changes what it is about.

    pub fn question(&self, ref_id: &str) -> BeginInquiry {
        let opening = self.inquiry(ref_id);
        BeginInquiry {
            key: opening.key,
            product_code: opening.product_code,
            customer_no: opening.customer_no,
            bill: Ok(opening.bill),
        }
    }

    pub fn inquiry(&self, ref_id: &str) -> OpenInquiry {
        let key = self.key(ref_id);
        let bill = self.bill_key("1234567890");
        OpenInquiry {
            key,
            product_code: product("MPBPJS"),
            customer_no: number("1234567890"),
            successes_seen: self.bills.get(&bill).map_or(0, |bill| bill.successes),
            bill,
            words: None,
            quote: quote(22_500, 2_700, 0, 23_000),
        }
    }

    pub fn payment(&mut self, ref_id: &str) -> AcceptPayment {
        let key = self.key(ref_id);
        let inquiry = self.inquiries.get(&key);
        AcceptPayment {
            product_code: inquiry.map_or(product("MPBPJS"), |inquiry| inquiry.product_code.clone()),
            customer_no: inquiry.map_or(number("1234567890"), |inquiry| inquiry.customer_no.clone()),
            bill: Some(inquiry.map_or_else(|| self.bill_key("1234567890"), |inquiry| inquiry.bill.clone())),
            order_id: OrderId(self.next_id()),
            key,
            product: Ok("BPJS Kesehatan".into()),
            payable: vec![route(0).supplier],
            requoted: None,
            deadlines: self.deadlines(),
        }
    }

    pub fn purchase(&mut self, ref_id: &str) -> AcceptPurchase {
        AcceptPurchase {
            key: self.key(ref_id),
            order_id: OrderId(self.next_id()),
            kind: ProductKind::Prepaid,
            product_code: product("TSEL21"),
            customer_no: number("08123456789"),
            offer: Ok(offer(21_425, 20_000)),
            max_price: None,
            allow_duplicate: false,
            deadlines: self.deadlines(),
        }
    }

    pub fn answer_of(&self, ref_id: &str, source: Source, answer: Answer) -> RecordAnswer {
        let order = self.order(ref_id);
        RecordAnswer {
            key: order.key.clone(),
            attempt: self.attempt_key(ref_id),
            claim: order.claim.clone(),
            answer,
            source,
            words: None,
            pause: PAUSE,
            next: None,
        }
    }

    pub fn sending_again(&self, ref_id: &str) -> SendAgain {
        SendAgain { key: self.key(ref_id), attempt: self.attempt_key(ref_id), deadlines: self.deadlines() }
    }

    pub fn funding(&mut self, reference: &str, kind: VoucherKind, amount: Rupiah) -> Fund {
        Fund {
            key: VoucherKey { merchant_id: self.merchant_id, reference: VoucherRef::parse(reference).unwrap() },
            cause_id: CauseId(self.next_id()),
            kind,
            amount,
            note: "".into(),
        }
    }

    // Verbs.

    pub fn register(&mut self, merchant: i64) -> Result<Merchant, Refusal> {
        let registered = self.ask(registration(merchant))?;
        self.ask(BeginTelling { merchant_id: registered.merchant_id })?;
        Ok(registered)
    }

    pub fn change(&mut self, change: MerchantChange) -> Result<Merchant, Refusal> {
        let merchant_id = self.merchant_id;
        self.ask(ChangeMerchant { merchant_id, changes: vec![change] })
    }

    pub fn deposit(&mut self, reference: &str, amount: i64) -> Result<Funded, Refusal> {
        let fund = self.funding(reference, VoucherKind::Deposit, rupiah(amount));
        self.ask(fund)
    }

    pub fn adjust(&mut self, reference: &str, amount: i64) -> Result<Funded, Refusal> {
        let fund = self.funding(reference, VoucherKind::Adjustment, rupiah(amount));
        self.ask(fund)
    }

    /// As a merchant's call does: what is known decides whether the supplier is asked.
    pub fn inquire(&mut self, ref_id: &str) -> Result<Inquiry, Refusal> {
        let opening = self.inquiry(ref_id);
        match self.ask(self.question(ref_id))? {
            Begun::Stored(inquiry) => Ok(*inquiry),
            Begun::Ask { successes_seen, .. } => self.ask(OpenInquiry { successes_seen, ..opening }),
        }
    }

    pub fn pay(&mut self, ref_id: &str) -> Result<Payment, Refusal> {
        let payment = self.payment(ref_id);
        self.ask(payment)
    }

    /// Inquires and pays: a pending order.
    pub fn pend(&mut self, ref_id: &str) {
        self.inquire(ref_id).unwrap();
        assert!(matches!(self.pay(ref_id), Ok(Payment::Accepted(..))));
    }

    pub fn buy(&mut self, ref_id: &str) -> Result<Purchase, Refusal> {
        let purchase = self.purchase(ref_id);
        self.ask(purchase)
    }

    pub fn answer(&mut self, ref_id: &str, source: Source, answer: Answer) -> Result<Recorded, Refusal> {
        self.ask(self.answer_of(ref_id, source, answer))
    }

    pub fn send_again(&mut self, ref_id: &str) -> Result<Attempt, Refusal> {
        self.ask(self.sending_again(ref_id))
    }

    pub fn hand_to_desk(&mut self, ref_id: &str) -> Result<Order, Refusal> {
        self.ask(HandToDesk { key: self.key(ref_id), attempt: self.newest_attempt(ref_id) })
    }

    /// The order's purchase could go on to another supplier, at this cost.
    pub fn reroute(&self, supplier: &str, cost: i64) -> Reroute {
        Reroute {
            route: Route { supplier: SupplierName::parse(supplier).unwrap(), sku: "next".into(), cost: rupiah(cost) },
            supplier_ref: SupplierRef::parse(&format!("AT{supplier}")).unwrap(),
            deadlines: self.deadlines(),
            is_allowed_by_operator: false,
        }
    }

    // Looking.

    pub fn key(&self, ref_id: &str) -> RefKey {
        RefKey { merchant_id: self.merchant_id, mode: self.mode, ref_id: RefId::parse(ref_id).unwrap() }
    }

    pub fn bill_key(&self, number: &str) -> BillKey {
        let scope = match self.mode {
            Mode::Production => BillScope::Production,
            Mode::Testing => BillScope::Testing(self.merchant_id),
        };
        BillKey { scope, group: "MPBPJS".into(), number: number.into() }
    }

    pub fn attempt_key(&self, ref_id: &str) -> AttemptKey {
        AttemptKey { merchant_id: self.merchant_id, order_id: self.order(ref_id).order_id, number: 1 }
    }

    pub fn numbered_attempt(&self, ref_id: &str, number: u16) -> AttemptKey {
        AttemptKey { number, ..self.attempt_key(ref_id) }
    }

    pub fn newest_attempt(&self, ref_id: &str) -> AttemptKey {
        self.numbered_attempt(ref_id, self.order(ref_id).attempts)
    }

    pub fn order(&self, ref_id: &str) -> &Order {
        &self.orders[&self.key(ref_id)]
    }

    pub fn bill(&self) -> &Bill {
        &self.bills[&self.bill_key("1234567890")]
    }

    /// `available` and `held` of the caller.
    pub fn money(&self) -> (i64, i64) {
        let book = &self.books[&self.merchant_id];
        (book.available.get(), book.held.get())
    }

    /// What the ledger holds for an order: slot, leg, from, to, how much.
    pub fn legs(&self, ref_id: &str) -> Vec<(Slot, u8, Account, Account, i64)> {
        let cause_id = CauseId::from(self.order(ref_id).order_id);
        let of_order = self.ledger.iter().filter(|transfer| transfer.cause_id == cause_id);
        of_order.map(|found| (found.slot, found.leg, found.debit, found.credit, found.amount.get())).collect()
    }

    pub fn deadlines(&self) -> Deadlines {
        Deadlines { send_by: self.now.plus(SEND_WITHIN), lost_at: self.now.plus(LOST_AFTER) }
    }
}

pub fn registration(merchant: i64) -> RegisterMerchant {
    let sealed = || Sealed(Arc::from([1_u8].as_slice()));
    RegisterMerchant {
        merchant_id: MerchantId(merchant),
        name: "Toko".into(),
        api_id: ApiId::parse(&format!("api-{merchant}")).unwrap(),
        keys: SealedKeys { api_key: sealed(), secret_key: sealed() },
        allowed_networks: Vec::new(),
        endpoints: Vec::new(),
    }
}

/// Until the supplier is asked next.
pub const PAUSE: Duration = Duration::from_secs(2);

pub fn rupiah(amount: i64) -> Rupiah {
    Rupiah::new(amount).unwrap()
}

pub fn product(code: &str) -> ProductCode {
    ProductCode::parse(code).unwrap()
}

pub fn number(text: &str) -> CustomerNo {
    CustomerNo::parse(text).unwrap()
}

pub fn route(cost: i64) -> Route {
    Route { supplier: SupplierName::parse("sandbox").unwrap(), sku: "sku".into(), cost: rupiah(cost) }
}

pub fn quote(tagihan: i64, admin: i64, commission: i64, cost: i64) -> Quote {
    Quote {
        customer_name: "Demo Member".into(),
        tagihan: rupiah(tagihan),
        admin: rupiah(admin),
        commission: rupiah(commission),
        desc: "{}".into(),
        periods: "202605".into(),
        route: route(cost),
        supplier_ref: SupplierRef::parse("S1").unwrap(),
        token: "".into(),
        requotable: false,
        same_day: false,
        repaid_window: Duration::from_hours(24),
    }
}

pub fn offer(price: i64, cost: i64) -> Offer {
    Offer {
        product_name: "Telkomsel 21.000".into(),
        price: rupiah(price),
        route: route(cost),
        supplier_ref: SupplierRef::parse("S2").unwrap(),
        number: "08123456789".into(),
        duplicate_window: Duration::from_mins(2),
    }
}

/// The supplier did it, with a proof, at the quoted cost.
pub fn confirmed() -> Answer {
    Answer::Confirmed { sn: Some("SN1".into()), cost: None, desc: None, ask_again: false }
}

pub fn confirmed_at(cost: i64) -> Answer {
    Answer::Confirmed { sn: Some("SN1".into()), cost: Some(rupiah(cost)), desc: None, ask_again: false }
}

pub fn confirmed_without_sn() -> Answer {
    Answer::Confirmed { sn: None, cost: None, desc: None, ask_again: false }
}

pub fn refused() -> Answer {
    Answer::Refused { code: "14".into(), nothing_created: false }
}

/// The supplier refused it before it made anything of it.
pub fn nothing_created() -> Answer {
    Answer::Refused { code: "20".into(), nothing_created: true }
}

/// What was said over the wire.
pub fn words(answer: &str) -> Words {
    Words { call: "topup".into(), request: "{}".into(), status: Some(200), answer: answer.into() }
}

pub fn refunded() -> Answer {
    Answer::Refunded { code: "R".into() }
}

pub fn unknown() -> Answer {
    Answer::Unknown { why: "time-out".into() }
}
