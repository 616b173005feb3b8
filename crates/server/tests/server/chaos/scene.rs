//! Where the chaos takes place: one Loket, a stand-in for Digiflazz and one for IAK, each a process of its own, and a merchant.

use std::time::Duration;

use app::seams::{Clock, SystemClock};
use fake_suppliers::{Call, Plan};
use serde_json::Value;

use crate::chaos::truth::Truth;
use crate::harness::{Loket, Merchant, StandIn, WEBHOOK_SECRET, eventually};

/// What the merchant begins with.
pub const FUNDS: i64 = 1_000_000_000_000;
/// In per cent of what the suppliers ask for.
const PACE_PERCENT: u32 = 1;

/// A way to pay something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Way {
    /// Loket's name for the supplier, which is also the stand-in's kind.
    pub supplier: &'static str,
    /// Loket's code for the product.
    pub code: &'static str,
    /// The supplier's.
    pub sku: &'static str,
    /// The call of the API.
    pub cmd: &'static str,
    /// The supplier's call that pays.
    pub pays: Call,
    /// The supplier's call that asks what became of it.
    pub asks: Call,
    /// The supplier's code for what is still pending.
    pub pending: &'static str,
    /// And for what has failed.
    pub failed: &'static str,
}

/// All four.
pub const WAYS: [Way; 4] = [
    Way {
        supplier: "digiflazz",
        code: "DFPLN",
        sku: "pln",
        cmd: "pay-pasca",
        pays: Call::PayPasca,
        asks: Call::StatusPasca,
        pending: "03",
        failed: "02",
    },
    Way {
        supplier: "digiflazz",
        code: "DFTSEL",
        sku: "tsel10",
        cmd: "prepaid",
        pays: Call::TopUp,
        asks: Call::TopUp,
        pending: "99",
        failed: "54",
    },
    Way {
        supplier: "iak",
        code: "IAKPLN",
        sku: "PLNPOSTPAID",
        cmd: "pay-pasca",
        pays: Call::PayPasca,
        asks: Call::StatusPasca,
        pending: "39",
        failed: "07",
    },
    Way {
        supplier: "iak",
        code: "IAKTSEL",
        sku: "htelkomsel10000",
        cmd: "prepaid",
        pays: Call::TopUp,
        asks: Call::StatusPrepaid,
        pending: "201",
        failed: "07",
    },
];

impl Way {
    /// Whether it pays bills, which are inquired about first.
    pub fn is_bill(&self) -> bool {
        self.cmd == "pay-pasca"
    }

    /// A customer that nobody else has.
    pub fn customer(&self, thread: usize, number: usize) -> String {
        let beginning = if self.is_bill() { "7" } else { "0812" };
        format!("{beginning}{thread:02}{number:06}")
    }

    /// Digiflazz answers the question about a bill that never arrived with a code that proves nothing: only a person can end it.
    pub const fn can_forget(&self) -> bool {
        matches!((self.pays, self.asks), (Call::PayPasca, Call::StatusPasca)) && self.supplier.len() > "iak".len()
    }
}

/// All of it.
pub struct Scene {
    /// The Loket under test.
    pub loket: Loket,
    /// `digiflazz` and `iak`.
    pub stand_ins: [StandIn; 2],
    /// Who pays.
    pub merchant: Merchant,
}

impl Scene {
    /// Everybody is up, and nothing goes wrong.
    pub fn open(settings: &[(&str, &str)]) -> Self {
        let pace = PACE_PERCENT.to_string();
        let usual = [
            ("rate_per_second", "1000000"),
            ("answer_within_ms", "400"),
            ("supplier_limit_ms", "300"),
            ("send_within_ms", "500"),
            ("lost_margin_ms", "100"),
            ("check_every_ms", "20"),
            ("pace_percent", pace.as_str()),
            ("log_level", "error"),
        ];
        let mut loket = Loket::closed_with(&[&usual[..], settings].concat());
        let stand_ins = ["digiflazz", "iak"].map(StandIn::start);
        loket.open();
        for (name, stand_in) in ["digiflazz", "iak"].into_iter().zip(&stand_ins) {
            let url = stand_in.url();
            let arguments = ["--kind", name, "--user", "loket", "--url", &url];
            loket.add_supplier(name, &arguments, "dev-key", WEBHOOK_SECRET);
        }
        for way in WAYS {
            sell(&loket, &way);
        }
        let merchant = loket.merchant_with("toko", FUNDS);
        let mut scene = Self { loket, stand_ins, merchant };
        scene.connect_webhooks();
        scene
    }

    /// The server comes back.
    pub fn reopen(&mut self) {
        self.loket.open();
        self.connect_webhooks();
    }

    fn connect_webhooks(&mut self) {
        let api = self.loket.api();
        for (name, stand_in) in ["digiflazz", "iak"].into_iter().zip(&mut self.stand_ins) {
            stand_in.set_webhook(format!("http://{api}/callbacks/{name}"));
        }
    }

    /// The faults stop. Everything becomes final that the suppliers' word can settle, within [`Self::bound`]; the rest, bills that never
    /// reached Digiflazz, a person settles. Then nothing is held, and the books agree.
    pub fn calm_down(&mut self) -> Truth {
        for stand_in in &mut self.stand_ins {
            stand_in.set_plan(&Plan::none());
        }
        let clock = SystemClock::start();
        let mut last = String::new();
        eventually("everything is final", || {
            let truth = Truth::of(self);
            let unsettled = truth.unsettled();
            if let Some(order) = unsettled.first() {
                last = truth.describe(order);
            }
            unsettled.is_empty().then_some(())
        });
        let took = clock.monotonic();
        println!("final {took:?} after the faults; the last: {last}");
        assert!(
            took <= Self::bound(),
            "it took {took:?} and not {:?} until everything was final: {last}",
            Self::bound()
        );
        let truth = self.audit("when the faults are over");
        for order in truth.orders.iter().filter(|order| order.status == "pending") {
            self.loket.expect(&["order", "resolve", &order.ref_id, "--failed", "it never arrived"]);
        }
        let truth = self.audit("in the end");
        assert_eq!(truth.held, 0);
        truth
    }

    /// Within this everything is final once the faults are over: the longest pause between two questions with its jitter, the time until
    /// what was being sent counts as lost, and the time that the stand-in takes to settle. By the suppliers' own pace that is half an hour
    /// and a fifth, and two minutes; here some seconds, and some more since the machine has other things to do.
    pub fn bound() -> Duration {
        Duration::from_mins(36) * PACE_PERCENT / 100 + Duration::from_secs(20)
    }

    /// The stand-ins' journals, the orders and the books agree. Nobody pays meanwhile; the server may run.
    #[track_caller]
    pub fn audit(&self, when: &str) -> Truth {
        let truth = Truth::of(self);
        truth.check(when);
        let verified = self.loket.json(&["verify"]);
        assert_eq!(verified["findings"], Value::Array(Vec::new()), "{when}");
        truth
    }
}

/// The operator sells what is bought in this way.
pub fn sell(loket: &Loket, way: &Way) {
    let kind = if way.is_bill() { "postpaid" } else { "prepaid" };
    let mut arguments =
        vec!["product", "add", way.code, "--type", kind, "--name", way.code, "--supplier", way.supplier];
    arguments.extend(["--sku", way.sku]);
    match kind {
        "postpaid" => arguments.extend(["--admin", "5000", "--number", "digits"]),
        _ => arguments.extend(["--price", "12000", "--cost", "10500", "--number", "phone"]),
    }
    loket.expect(&arguments);
}
