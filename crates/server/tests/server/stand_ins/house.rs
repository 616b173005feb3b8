//! A Loket with stand-ins for its suppliers, and a merchant who buys there.

use std::collections::BTreeMap;
use std::io::Read;

use fake_suppliers::{
    Background, Call, Credentials, Entry, Event, Options, Outcome, Settling, Subject, Supplier, Webhook, hub_signature,
};
use serde_json::Value;
use server::control::order::{OrderReference, OrderShown, ShowOrder};
use server::control::product::{ProductRow, ProductType, PutProducts, PutRule};

use crate::harness::{Loket, Merchant, eventually};

/// Who we are at every stand-in.
pub const USER: &str = "pembeli-loket";
/// What signs our requests there.
pub const KEY: &str = "kunci-api-yang-rahasia-7f3a";
/// What signs its webhooks.
pub const SECRET: &str = "tanda-webhook-yang-rahasia-c91d";

/// What the merchant begins with, in rupiah.
pub const DEPOSIT: i64 = 1_000_000_000;

/// What the customer pays on top of every bill here.
pub const ADMIN: i64 = 3_000;

/// A running Loket and the stand-ins that it buys from.
pub struct House {
    /// The program.
    pub loket: Loket,
    /// Who buys.
    pub toko: Merchant,
    stand_ins: BTreeMap<&'static str, Background>,
}

/// Whether a stand-in's callbacks reach us.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Webhooks {
    /// They come to our address.
    On,
    /// They go nowhere.
    Off,
}

/// A product that is a bill.
pub fn bill(code: &str, supplier: &str, sku: &str) -> ProductRow {
    ProductRow {
        code: code.to_owned(),
        kind: Some(ProductType::Postpaid),
        name: Some(code.to_owned()),
        admin: Some(ADMIN),
        supplier: Some(supplier.to_owned()),
        sku: Some(sku.to_owned()),
        ..ProductRow::default()
    }
}

/// A product that is bought, with what the supplier takes for it.
pub fn credit(code: &str, supplier: &str, sku: &str, cost: i64) -> ProductRow {
    ProductRow {
        kind: Some(ProductType::Prepaid),
        price: Some(cost + 150),
        cost: Some(cost),
        admin: None,
        ..bill(code, supplier, sku)
    }
}

impl House {
    /// A house without suppliers yet. Settings as [`Loket::start_with`] takes them.
    pub fn open(settings: &[(&str, &str)]) -> Self {
        let mut loket = Loket::closed_with(settings);
        loket.open();
        let toko = loket.merchant_with("toko", DEPOSIT);
        Self { loket, toko, stand_ins: BTreeMap::new() }
    }

    /// Starts a stand-in that settles what is pending when it is told to, and adds it as a supplier.
    pub fn connect(&mut self, name: &'static str, options: Options, webhooks: Webhooks) {
        let kind = match options.supplier {
            Supplier::Digiflazz => "digiflazz",
            Supplier::Iak => "iak",
        };
        let fake = stand_in(options);
        let secret = if kind == "digiflazz" { SECRET } else { "" };
        self.loket.add_supplier(name, &["--kind", kind, "--user", USER, "--url", fake.url()], KEY, secret);
        if webhooks == Webhooks::On {
            let url = format!("http://{}/callbacks/{name}", self.loket.api());
            fake.set_webhook(Some(Webhook { url, secret: Some(SECRET.to_owned()) }));
        }
        self.stand_ins.insert(name, fake);
    }

    /// Ends a stand-in; nobody listens at its address any more.
    pub fn disconnect(&mut self, name: &str) {
        self.stand_ins.remove(name).unwrap().stop();
    }

    /// Puts another in the place of one that ended.
    pub fn reconnect(&mut self, name: &'static str, options: Options) {
        self.stand_ins.insert(name, stand_in(options));
    }

    /// A stand-in.
    pub fn fake(&self, name: &str) -> &Background {
        &self.stand_ins[name]
    }

    /// All stand-ins, by the names of the suppliers.
    pub fn fakes(&self) -> impl Iterator<Item = (&str, &Background)> {
        self.stand_ins.iter().map(|(name, fake)| (*name, fake))
    }

    /// Puts these products into the catalogue. A product that is there is led to this supplier first, its other ones behind it.
    pub fn sell(&self, rows: impl IntoIterator<Item = ProductRow>) {
        self.loket.ask(PutProducts { rows: rows.into_iter().collect(), rule: PutRule::Any });
    }

    /// An order as the operator sees it.
    #[track_caller]
    pub fn order(&self, ref_id: &str) -> OrderShown {
        let order = OrderReference { reference: ref_id.to_owned(), merchant: None, testing: false };
        self.loket.ask(ShowOrder { order })
    }

    /// Our reference of an order's newest attempt.
    #[track_caller]
    pub fn supplier_ref(&self, ref_id: &str) -> String {
        self.order(ref_id).attempts.unwrap().last().unwrap().supplier_ref.clone()
    }

    /// How often the supplier of an order's newest attempt was asked.
    #[track_caller]
    pub fn checks(&self, ref_id: &str) -> u16 {
        self.order(ref_id).attempts.unwrap().last().unwrap().checks
    }

    /// Ends a pending transaction at a stand-in. Its callback, if it has one, is answered when this returns.
    #[track_caller]
    pub fn settle(&self, name: &str, ref_id: &str, outcome: Outcome) {
        let fake = self.fake(name);
        assert!(fake.wait(fake.settle(&self.supplier_ref(ref_id), outcome)).unwrap(), "{ref_id} can't end so");
    }

    /// Waits until the merchant is told that an order has that status.
    #[track_caller]
    pub fn becomes(&self, ref_id: &str, status: &str) {
        eventually(&format!("{ref_id} is {status}"), || {
            let told = self.toko.status(ref_id);
            let now = told["status"].as_str().unwrap().to_lowercase();
            assert!(now == status || now == "pending", "{ref_id} should be {status}: {}", told.text);
            (now == status).then_some(())
        });
    }

    /// Which calls about a customer a stand-in was asked, in order.
    pub fn calls(&self, name: &str, customer_no: &str) -> Vec<Call> {
        let is_theirs = |subject: &Subject| subject.customer_no == customer_no;
        let entries = self.fake(name).journal().unwrap().entries;
        let call = |entry: Entry| match entry.event {
            Event::Asked { call, subject } if is_theirs(&subject) => Some(call),
            _ => None,
        };
        entries.into_iter().filter_map(call).collect()
    }

    /// Posts something to a supplier's callback address, signed with this secret as Digiflazz signs, and gives the HTTP status.
    pub fn call_back(&self, name: &str, body: &Value, secret: &str) -> u16 {
        let body = body.to_string();
        let signature = hub_signature(secret, body.as_bytes()).unwrap();
        self.call_back_raw(name, &body, &signature)
    }

    /// The same with a body and a signature as they are.
    pub fn call_back_raw(&self, name: &str, body: &str, signature: &str) -> u16 {
        let mut connection = self.loket.connect();
        let length = body.len();
        let head = format!(
            "POST /callbacks/{name} HTTP/1.1\r\nHost: loket\r\nContent-Type: application/json\r\n\
             X-Hub-Signature: {signature}\r\nContent-Length: {length}\r\n\r\n"
        );
        connection.send(head + body).unwrap();
        connection.answer().unwrap().status
    }

    /// How many callbacks got which verdict, by the numbers of the table.
    pub fn verdicts(&self) -> BTreeMap<i64, i64> {
        let rows = self.loket.rows("SELECT verdict, count(*) AS times FROM callbacks GROUP BY verdict");
        rows.iter().map(|row| (row["verdict"].as_i64().unwrap(), row["times"].as_i64().unwrap())).collect()
    }

    /// Every byte that lies in the data directory, but for the master key.
    pub fn stored(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for file in std::fs::read_dir(self.loket.data()).unwrap().map(Result::unwrap) {
            if file.file_type().unwrap().is_file() {
                std::fs::File::open(file.path()).unwrap().read_to_end(&mut bytes).unwrap();
            }
        }
        bytes
    }
}

fn stand_in(options: Options) -> Background {
    let credentials = Credentials { username: USER.to_owned(), api_key: KEY.to_owned() };
    Background::start(Options { credentials, settling: Settling::ByHand, ..options }).unwrap()
}
