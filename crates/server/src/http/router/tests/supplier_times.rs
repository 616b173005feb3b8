//! Times that suppliers set: what they don't pay on another day, or don't take at night, and how often they may be asked. The real adapter,
//! its stand-in, one time for both.

use std::sync::Arc;
use std::time::Duration;

use domain::id::SupplierName;
use domain::money::Rupiah;
use domain::product::{CutOff, ProductRoute, Route};
use domain::supplier::SupplierKind;
use domain::time::Timestamp;
use fake_suppliers::{Call, Event, FakeSupplier, ManualClock, Moment, Options, Outcome, Running, Settling, Supplier};

use crate::http::router::shop::{Answer, Shop};
use crate::http::settings::Settings;

const NUMBER: &str = "530000000001";
/// How often the status worker looks.
const LOOK: Duration = Duration::from_millis(500);

/// A shop that buys `MPBPJS` as electricity from a stand-in of Digiflazz's.
struct Night {
    shop: Shop,
    fake: Running,
    clock: ManualClock,
}

impl Night {
    /// On 31 May 2026 at that time.
    async fn at(time: &str) -> Self {
        let shop = Shop::open(Settings::default()).await;
        let clock = ManualClock::at(Moment::wib(2026, 5, 31, 0, 0));
        let options =
            Options { clock: Arc::new(clock.clone()), settling: Settling::ByHand, ..Options::new(Supplier::Digiflazz) };
        let fake = FakeSupplier::start(options).await.unwrap();
        shop.connect("digi", SupplierKind::Digiflazz, fake.url()).await;
        let night = Self { shop, fake, clock };
        night.lead_to_digiflazz(None).await;
        let midnight = Timestamp::parse_wib("2026-05-31 00:00:00").unwrap();
        let then = Timestamp::parse_wib(&format!("2026-05-31 {time}")).unwrap();
        night.clock.advance(since(then, midnight));
        night.shop.clock.advance(since(then, night.shop.context.time().now()));
        night
    }

    async fn lead_to_digiflazz(&self, cut_off: Option<CutOff>) {
        self.shop
            .change_product("MPBPJS", |product| {
                product.routes = vec![ProductRoute { cut_off, ..route("pln", Rupiah::ZERO) }];
                product.is_demo = false;
            })
            .await;
    }

    /// Lets it become later, for everybody.
    fn pass(&self, time: Duration) {
        self.shop.clock.advance(time);
        self.clock.advance(time);
    }

    /// The same with the status worker looking as often as it does.
    async fn pass_with_workers(&self, time: Duration) {
        for _ in 0..time.as_millis() / LOOK.as_millis() {
            self.clock.advance(LOOK);
            self.shop.pass(LOOK).await;
        }
    }

    async fn order(&self, cmd: &str, ref_id: &str) -> Answer {
        self.order_for(cmd, ref_id, "MPBPJS", NUMBER).await
    }

    async fn order_for(&self, cmd: &str, ref_id: &str, code: &str, number: &str) -> Answer {
        let body = format!(r#"{{"cmd":"{cmd}","code":"{code}","customer_no":"{number}","ref_id":"{ref_id}"}}"#);
        self.shop.order(&body).await
    }

    /// How often the supplier was asked for that, once nothing has been done that its rules forbid.
    fn asked(&self, call: Call) -> usize {
        let journal = self.fake.journal().unwrap();
        assert_eq!(journal.rules_broken().count(), 0);
        let is_asked = |event: &Event| matches!(event, Event::Asked { call: asked, .. } if *asked == call);
        journal.entries.iter().filter(|entry| is_asked(&entry.event)).count()
    }
}

fn route(sku: &str, cost: Rupiah) -> ProductRoute {
    let supplier = SupplierName::parse("digi").unwrap();
    ProductRoute::plain(Route { supplier, sku: sku.into(), cost })
}

fn since(later: Timestamp, earlier: Timestamp) -> Duration {
    Duration::from_micros((later.micros() - earlier.micros()).try_into().unwrap())
}

#[tokio::test]
async fn digiflazz_is_not_paid_on_the_day_after_the_inquiry() {
    let night = Night::at("23:58:00").await;
    let inquiry = night.order("inquiry", "A").await.is("BILL_INQUIRY_SUCCESS");
    assert_eq!(inquiry.data()["expired_at"], "2026-05-31 23:59:30");
    night.pass(Duration::from_mins(3));
    night.order("pay-pasca", "A").await.is("INQUIRY_EXPIRED");
    assert_eq!(night.asked(Call::PayPasca), 0);
    // A new inquiry under the same reference is one of the new day.
    night.order("inquiry", "A").await.is("BILL_INQUIRY_SUCCESS");
    night.order("pay-pasca", "A").await.is("BILL_PAYMENT_SUCCESS");
    assert_eq!(night.asked(Call::PayPasca), 1);
    night.shop.verify().await;
}

#[tokio::test]
async fn until_half_a_minute_before_midnight_it_is() {
    for (seconds, code) in [(89, "BILL_PAYMENT_SUCCESS"), (90, "INQUIRY_EXPIRED"), (119, "INQUIRY_EXPIRED")] {
        let night = Night::at("23:58:00").await;
        night.order("inquiry", "A").await.is("BILL_INQUIRY_SUCCESS");
        night.pass(Duration::from_secs(seconds));
        night.order("pay-pasca", "A").await.is(code);
        assert_eq!(night.asked(Call::PayPasca), usize::from(seconds == 89));
    }
}

#[tokio::test]
async fn what_is_found_in_the_last_half_minute_is_not_opened_for_payment() {
    let night = Night::at("23:59:45").await;
    let closed = night.order("inquiry", "A").await.is("PRODUCT_CUT_OFF");
    assert_eq!(closed.header("retry-after"), Some("15"));
    night.order("pay-pasca", "A").await.is("INQUIRY_NOT_FOUND");
    assert_eq!(night.asked(Call::PayPasca), 0);
    night.pass(Duration::from_secs(15));
    night.order("inquiry", "A").await.is("BILL_INQUIRY_SUCCESS");
    night.order("pay-pasca", "A").await.is("BILL_PAYMENT_SUCCESS");
}

#[tokio::test]
async fn a_route_that_is_cut_off_at_night_says_when_to_come_again() {
    let night = Night::at("22:59:00").await;
    night.lead_to_digiflazz(Some(CutOff { start: 23 * 60, end: 60 })).await;
    night.order("inquiry", "A").await.is("BILL_INQUIRY_SUCCESS");
    night.pass(Duration::from_mins(1));
    for cmd in ["pay-pasca", "inquiry"] {
        let ref_id = if cmd == "inquiry" { "B" } else { "A" };
        let closed = night.order(cmd, ref_id).await.is("PRODUCT_CUT_OFF");
        assert_eq!(closed.header("retry-after"), Some("7200"));
    }
    night.pass(Duration::from_mins(119));
    night.order("inquiry", "B").await.is("PRODUCT_CUT_OFF");
    assert_eq!((night.asked(Call::InqPasca), night.asked(Call::PayPasca)), (1, 0));
    night.pass(Duration::from_mins(1));
    night.order("inquiry", "B").await.is("BILL_INQUIRY_SUCCESS");
    night.order("pay-pasca", "B").await.is("BILL_PAYMENT_SUCCESS");
    night.order("pay-pasca", "A").await.is("INQUIRY_EXPIRED");
    night.shop.verify().await;
}

#[tokio::test]
async fn nothing_is_asked_about_more_than_once_a_minute_however_often_the_merchant_asks() {
    let night = Night::at("12:00:00").await;
    let credit = |product: &mut domain::product::Product| {
        product.routes = vec![route("xld10", Rupiah::whole(10_850))];
        product.is_demo = false;
    };
    night.shop.change_product("TSEL21", credit).await;
    night.shop.start_workers().await;
    let (bill, credit) = (("MPBPJS", "630000000001"), ("TSEL21", "087800001233"));
    night.order_for("inquiry", "A", bill.0, bill.1).await.is("BILL_INQUIRY_SUCCESS");
    night.order_for("pay-pasca", "A", bill.0, bill.1).await.is("BILL_PAYMENT_PENDING");
    night.order_for("prepaid", "B", credit.0, credit.1).await.is("ORDER_PENDING");
    for _ in 0..10 {
        night.pass_with_workers(Duration::from_secs(30)).await;
        night.order_for("pay-pasca", "A", bill.0, bill.1).await.is("BILL_PAYMENT_PENDING");
        night.order_for("prepaid", "B", credit.0, credit.1).await.is("ORDER_PENDING");
        night.shop.state("A").await.is("BILL_PAYMENT_PENDING");
    }
    // One, one and two minutes after the call before, and later by up to a fifth.
    assert_eq!((night.asked(Call::StatusPasca), night.asked(Call::TopUp)), (3, 4));
    for transaction in night.fake.transactions() {
        assert!(night.fake.settle(&transaction.subject.ref_id, Outcome::Success).await.unwrap());
    }
    night.pass_with_workers(Duration::from_mins(5)).await;
    night.shop.state("A").await.is("BILL_PAYMENT_SUCCESS");
    night.shop.state("B").await.is("ORDER_SUCCESS");
    assert_eq!((night.asked(Call::StatusPasca), night.asked(Call::TopUp)), (4, 5));
    night.shop.verify().await;
}
