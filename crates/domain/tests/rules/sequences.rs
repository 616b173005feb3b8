//! Random commands, at least a million a run, under watch after each. A failing sequence shrinks; `LOKET_NIGHT=1` runs fifty times as many.
//!
//! Few merchants, references, bills and products, so that everything meets everything; every field of a command may be stale or wrong.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Duration;

use domain::answer::{Answer, Source};
use domain::attempt::{AttemptKey, AttemptState};
use domain::bill::{BillKey, BillScope};
use domain::command::{
    AcceptPayment, AcceptPurchase, ChangeMerchant, Command, Fund, HandToDesk, MerchantChange, Offer, OpenInquiry,
    Outcome, Payment, Purchase, RecordAnswer, Reroute, SendAgain, apply,
};
use domain::id::{CauseId, MerchantId, Mode, OrderId, RefId, RefKey, SupplierRef, VoucherRef};
use domain::inquiry::Quote;
use domain::money::Rupiah;
use domain::product::ProductKind;
use domain::refusal::{Fault, ProductRefusal, Refusal};
use domain::time::Timestamp;
use domain::voucher::{VoucherKey, VoucherKind};
use domain::world::Reads;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};

use crate::shop::{PAUSE, Shop, number, offer, product, quote, registration, route, rupiah, words};
use crate::watch::Watch;

/// What a step of a sequence is made from. Small numbers mean the ordinary, so that a failure shrinks to ordinary commands.
#[derive(Clone, Copy)]
struct Draw {
    verb: u8,
    who: u8,
    which: u8,
    how: u8,
    amount: u8,
    twist: u8,
}

impl std::fmt::Debug for Draw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { verb, who, which, how, amount, twist } = self;
        write!(f, "Draw {{ verb: {verb}, who: {who}, which: {which}, how: {how}, amount: {amount}, twist: {twist} }}")
    }
}

fn draws() -> impl Strategy<Value = Vec<Draw>> {
    let draw = (0..100_u8, 0..6_u8, any::<u8>(), any::<u8>(), any::<u8>(), any::<u8>());
    let draw = draw.prop_map(|(verb, who, which, how, amount, twist)| Draw { verb, who, which, how, amount, twist });
    vec(draw, 1..=LONGEST)
}

const LONGEST: usize = 500;
/// Half of 1,000,000 each for the two sequences, over the mean length of 250, and some more so that chance never falls short.
const CASES: u32 = 2_300;
const LEAST: u64 = 500_000;

/// How often things go wrong in a sequence.
#[derive(Clone, Copy)]
enum Weather {
    /// Mostly as it should be.
    Fair,
    /// Suppliers contradict themselves, people decide at random, amounts are absurd.
    Foul,
}

struct Play {
    shop: Shop,
    watch: Watch,
    weather: Weather,
    asked: Vec<RefKey>,
    orders: Vec<RefKey>,
    said: Vec<Command>,
    count: u64,
    /// One line a command, for the person who reads a failure.
    story: Option<Vec<String>>,
    /// The same commands, for whoever wants to apply them again.
    heard: Vec<(Command, Timestamp)>,
    /// How often each decision and each refusal was met.
    tally: BTreeMap<String, u64>,
}

impl Play {
    fn new(weather: Weather) -> Self {
        let mut shop = Shop::empty();
        shop.audits_always = false;
        let mut play = Self {
            shop,
            watch: Watch::default(),
            weather,
            asked: Vec::new(),
            orders: Vec::new(),
            said: Vec::new(),
            count: 0,
            story: None,
            heard: Vec::new(),
            tally: BTreeMap::new(),
        };
        for merchant in 1..=3 {
            play.perform(&registration(merchant).into(), false).unwrap();
            play.shop.merchant_id = MerchantId(merchant);
            // The first is rich, the second has enough for a few orders, the third has nothing.
            let opening = [1_000_000, 15_000].get(usize::try_from(merchant - 1).unwrap());
            if let Some(&amount) = opening {
                let fund = play.shop.funding("opening", VoucherKind::Deposit, rupiah(amount));
                play.perform(&fund.into(), false).unwrap();
            }
        }
        play
    }

    fn run(&mut self, draws: &[Draw]) -> Result<(), String> {
        for draw in draws {
            let Some(command) = self.command(*draw) else { continue };
            self.perform(&command, false)?;
            if draw.twist % 5 == 0 {
                self.perform(&command, true)?;
            }
            if self.count.is_multiple_of(64) {
                self.audit()?;
            }
            if self.said.len() < 64 {
                self.said.push(command);
            } else {
                self.said[usize::from(draw.how) % 64] = command;
            }
        }
        self.audit()
    }

    fn audit(&self) -> Result<(), String> {
        let mut findings = self.shop.audit();
        // The audit's sums stop at the range's ends; where partial sums may have met them, the watch's own sums must do.
        for &merchant_id in self.shop.books.keys() {
            let of_merchant = self.shop.ledger.iter().filter(|transfer| transfer.merchant_id == merchant_id);
            let moved: i64 = of_merchant.map(|transfer| transfer.amount.get()).fold(0, i64::saturating_add);
            if moved > Rupiah::MAX.get() {
                let place = format!("merchant {merchant_id},");
                findings.retain(|finding| !finding.place.starts_with(&place));
            }
        }
        if findings.is_empty() { Ok(()) } else { Err(format!("{findings:?}")) }
    }

    /// Applies a command and looks at the step. One that was just applied must not do anything again.
    fn perform(&mut self, command: &Command, is_echo: bool) -> Result<(), String> {
        self.count += 1;
        self.heard.push((command.clone(), self.shop.now));
        let early = self.speaks_too_early(command);
        let (decided, step) = self.shop.apply(command);
        let mut findings = self.watch.observe(&self.shop, &step);
        *self.tally.entry(called(&decided)).or_default() += 1;
        if let Some(story) = &mut self.story {
            story.push(format!("{:?} {}: {:?}\n", self.shop.now, told(command), decided.as_ref().map(drop)));
        }
        match &decided {
            Ok(_) if early => findings.push("nothing is asked or resolved while sending"),
            Err(Refusal::Fault(Fault::Overflow)) if matches!(self.weather, Weather::Foul) => {}
            Err(Refusal::Fault(fault)) if *fault != Fault::Inconsistent("an answer for another order") => {
                findings.push("no command finds the rows inconsistent or unnamed");
            }
            Ok(_) | Err(_) => {}
        }
        if decided.is_err() && !step.is_nothing() {
            findings.push("a refused command changes nothing");
        }
        if is_echo && !step.transfers.is_empty() {
            findings.push("a command that is repeated at once moves no money");
        }
        if is_echo && !(step.orders.is_empty() && step.bills.is_empty()) {
            findings.push("a command that is repeated at once changes no order and no bill");
        }
        self.asked.extend(step.inquiries.iter().map(|shift| shift.after.key.clone()));
        for shift in &step.orders {
            if shift.before.is_none() {
                self.orders.push(shift.after.key.clone());
            }
        }
        if findings.is_empty() { Ok(()) } else { Err(format!("{findings:?} at command {}", self.count)) }
    }

    fn speaks_too_early(&self, command: &Command) -> bool {
        let Command::RecordAnswer(record) = command else { return false };
        let Some(attempt) = self.shop.attempts.get(&record.attempt) else { return false };
        let before_lost = attempt.check_at.is_some_and(|lost_at| self.shop.now < lost_at);
        attempt.state == AttemptState::Sending
            && match record.source {
                Source::Status | Source::Operator => before_lost,
                Source::Send | Source::Callback => false,
            }
    }

    fn command(&mut self, draw: Draw) -> Option<Command> {
        let key = self.key(draw);
        Some(match draw.verb {
            0..18 => self.inquire(draw, key).into(),
            18..36 => {
                // Mostly one of the newest inquiries.
                let back = usize::from(draw.which % 3);
                let asked = self.asked.len().checked_sub(back + 1).map(|place| self.asked[place].clone());
                let key = asked.filter(|_| draw.who != 3).unwrap_or(key);
                self.pay(draw, key).into()
            }
            36..48 => self.buy(draw, key).into(),
            48..78 => self.answer(draw)?.into(),
            78..82 => {
                let lost = self.shop.attempts.values().filter(|attempt| attempt.state == AttemptState::NotReceived);
                let lost = lost.map(|attempt| attempt.key.order_id).max().filter(|_| draw.who < 4);
                let key = self.orders.iter().find(|&key| Some(self.shop.orders[key].order_id) == lost);
                let key = key.cloned().or_else(|| self.order_key(draw))?;
                let deadlines = self.shop.deadlines();
                SendAgain { attempt: self.attempt_of(&key), key, deadlines }.into()
            }
            82 => {
                let key = self.order_key(draw)?;
                HandToDesk { attempt: self.attempt_of(&key), key }.into()
            }
            83..87 => self.fund(draw).into(),
            87..89 => self.change(draw).into(),
            89..95 => {
                self.advance(draw);
                return None;
            }
            95.. => self.said.get(usize::from(draw.which) % self.said.len().max(1))?.clone(),
        })
    }

    fn key(&self, draw: Draw) -> RefKey {
        let mode = if draw.who < 4 { Mode::Production } else { Mode::Testing };
        let merchant_id = MerchantId(i64::from(draw.who % 3) + 1);
        // The newest references, now and then an old one.
        let newest = u32::try_from(self.orders.len() / 3).unwrap();
        let ref_id = u32::from(draw.which % 4) + if draw.twist < 200 { newest } else { 0 };
        RefKey { merchant_id, mode, ref_id: RefId::parse(&format!("R-{ref_id}")).unwrap() }
    }

    fn order_key(&self, draw: Draw) -> Option<RefKey> {
        let back = usize::from(draw.which) % if draw.twist < 160 { 4 } else { 64 };
        let last = self.orders.len().checked_sub(1)?;
        Some(self.orders[last.saturating_sub(back)].clone())
    }

    /// The newest one.
    fn attempt_of(&self, key: &RefKey) -> AttemptKey {
        let order = &self.shop.orders[key];
        AttemptKey { merchant_id: key.merchant_id, order_id: order.order_id, number: order.attempts }
    }

    fn amount(&self, draw: Draw) -> i64 {
        match (self.weather, draw.amount) {
            (Weather::Foul, 248..) => Rupiah::MAX.get() - i64::from(draw.how % 3),
            (_, amount) => i64::from(amount % 8) * 500 + 1_000,
        }
    }

    fn bill(key: &RefKey, draw: Draw) -> (BillKey, &'static str) {
        let scope = match key.mode {
            Mode::Production => BillScope::Production,
            Mode::Testing => BillScope::Testing(key.merchant_id),
        };
        let number = ["111", "222", "333"][usize::from(draw.how % 3)];
        (BillKey { scope, group: "PLN".into(), number: number.into() }, number)
    }

    fn inquire(&self, draw: Draw, key: RefKey) -> OpenInquiry {
        let (mut bill, mut customer) = Self::bill(&key, draw);
        let mut product_code = product(["PLNA", "PLNB"][usize::from(draw.how % 2)]);
        if let Some(stored) = self.shop.inquiries.get(&key).filter(|_| draw.twist % 8 != 6) {
            bill = stored.bill.clone();
            customer = stored.customer_no.as_str();
            product_code = stored.product_code.clone();
        }
        let seen = self.shop.bills.get(&bill).map_or(0, |bill| bill.successes);
        let tagihan = self.amount(Draw { how: 0, ..draw });
        OpenInquiry {
            product_code,
            customer_no: number(customer),
            bill,
            // What they saw when they asked or, now and then, what was before.
            successes_seen: if draw.twist % 11 == 7 { seen.saturating_sub(1) } else { seen },
            words: None,
            quote: Quote {
                periods: ["05", "06"][usize::from(draw.amount % 2)].into(),
                requotable: draw.twist % 13 == 5,
                same_day: draw.twist % 7 == 3,
                repaid_window: Duration::from_hours(if draw.twist % 10 == 9 { 0 } else { 24 }),
                ..quote(tagihan, 2_500, [0, 500][usize::from(draw.how / 3 % 2)], tagihan)
            },
            key,
        }
    }

    fn pay(&mut self, draw: Draw, key: RefKey) -> AcceptPayment {
        let inquiry = self.shop.inquiries.get(&key);
        let asked =
            inquiry.map(|inquiry| (inquiry.product_code.clone(), inquiry.customer_no.clone(), inquiry.bill.clone()));
        let (bill, customer) = Self::bill(&key, draw);
        let wrong = (product("PLNA"), number(customer), bill);
        let (product_code, customer_no, bill) = if draw.twist % 17 == 3 { wrong } else { asked.unwrap_or(wrong) };
        let tagihan = inquiry.map(|inquiry| inquiry.quote.tagihan);
        AcceptPayment {
            order_id: OrderId(self.shop.next_id()),
            key,
            product_code,
            customer_no,
            bill: (draw.twist != 255).then_some(bill),
            product: if draw.twist == 254 {
                Err(ProductRefusal::CutOff(Duration::from_mins(1)))
            } else {
                Ok("PLN".into())
            },
            payable: vec![route(0).supplier],
            requoted: match draw.twist % 16 {
                0 => Some(rupiah(1)),
                1..8 => tagihan,
                8.. => None,
            },
            deadlines: self.shop.deadlines(),
        }
    }

    fn buy(&mut self, draw: Draw, key: RefKey) -> AcceptPurchase {
        let price = self.amount(draw);
        let customer = ["081", "082"][usize::from(draw.how % 2)];
        let cost =
            if matches!(self.weather, Weather::Foul) && draw.twist % 19 == 4 { 0 } else { price.saturating_sub(500) };
        let terms = Offer { number: customer.into(), ..offer(price, cost) };
        AcceptPurchase {
            order_id: OrderId(self.shop.next_id()),
            kind: if draw.how % 16 == 15 { ProductKind::Game } else { ProductKind::Prepaid },
            product_code: product("TSEL"),
            customer_no: number(customer),
            offer: match draw.twist {
                255 => Err(ProductRefusal::Unavailable),
                200..255 => Ok(Offer { duplicate_window: Duration::ZERO, ..terms }),
                _ => Ok(terms),
            },
            max_price: (draw.twist % 9 == 8).then(|| rupiah(2_000)),
            allow_duplicate: draw.twist % 3 == 2,
            deadlines: self.shop.deadlines(),
            key,
        }
    }

    fn answer(&self, draw: Draw) -> Option<RecordAnswer> {
        let key = self.order_key(draw)?;
        let mut attempt = self.attempt_of(&key);
        let mut claim = self.shop.orders[&key].claim.clone();
        match draw.twist {
            200..230 => attempt.number = 1,
            250 => attempt.number = 9,
            251 => attempt.order_id = OrderId(attempt.order_id.0 - 1),
            252 => claim = self.shop.orders[&self.orders[0]].claim.clone(),
            _ => {}
        }
        Some(RecordAnswer {
            key,
            attempt,
            claim,
            answer: self.said_of(draw),
            source: source_of(draw),
            words: (draw.which % 4 != 3).then(|| words("said")),
            pause: PAUSE,
            next: (draw.how % 3 == 1).then(|| self.reroute(draw)),
        })
    }

    /// Where a purchase may go next, for now dearer and now cheaper.
    fn reroute(&self, draw: Draw) -> Reroute {
        let cost = 400 + i64::from(draw.amount % 3) * 500;
        Reroute {
            route: route(cost),
            supplier_ref: SupplierRef::parse("NEXT").unwrap(),
            deadlines: self.shop.deadlines(),
            is_allowed_by_operator: draw.amount.is_multiple_of(2),
        }
    }

    fn said_of(&self, draw: Draw) -> Answer {
        let cost = match (self.weather, draw.amount) {
            (_, 0..128) => None,
            (Weather::Fair, amount) => Some(rupiah(1_000 + i64::from(amount % 8) * 500)),
            (Weather::Foul, 128..140) => Some(Rupiah::MAX),
            (Weather::Foul, 140..150) => Some(Rupiah::ZERO),
            (Weather::Foul, 150..155) => Some(rupiah(-5_000)),
            (Weather::Foul, amount) => Some(rupiah(i64::from(amount) * 37)),
        };
        let confirmed = |sn: Option<&str>| Answer::Confirmed {
            sn: sn.map(Into::into),
            cost,
            desc: None,
            ask_again: draw.amount % 10 == 9,
        };
        let refused = || Answer::Refused { code: "14".into(), nothing_created: draw.amount % 2 == 1 };
        match (self.weather, draw.twist % 20) {
            (_, 0..3) => Answer::Unknown { why: ["lost", "pending"][usize::from(draw.amount % 2)].into() },
            (_, 3..6) => Answer::NotReceived,
            (_, 6..8) => confirmed(None),
            (_, 8..10) | (Weather::Foul, 13..16) => refused(),
            (Weather::Fair, 10) | (Weather::Foul, 10..13) => Answer::Refunded { code: "R".into() },
            (Weather::Fair | Weather::Foul, _) => confirmed(Some("SN")),
        }
    }

    fn fund(&mut self, draw: Draw) -> Fund {
        let merchant_id = MerchantId(i64::from(draw.who % 3) + 1);
        let kind = if draw.how < 190 { VoucherKind::Deposit } else { VoucherKind::Adjustment };
        let sign = if draw.how > 220 { -1 } else { 1 };
        let size = if draw.amount >= 250 { self.amount(draw) } else { i64::from(draw.amount) * 100 };
        Fund {
            key: VoucherKey { merchant_id, reference: VoucherRef::parse(&format!("V-{}", draw.which % 64)).unwrap() },
            cause_id: CauseId(self.shop.next_id()),
            kind,
            amount: rupiah(size * sign),
            note: "".into(),
        }
    }

    fn change(&self, draw: Draw) -> ChangeMerchant {
        let change = match draw.how % 16 {
            0 => MerchantChange::Suspend,
            1..8 => MerchantChange::Resume,
            8..11 => MerchantChange::CreditLimit(Rupiah::ZERO),
            _ => MerchantChange::CreditLimit(rupiah(self.amount(draw))),
        };
        ChangeMerchant { merchant_id: MerchantId(i64::from(draw.who % 3) + 1), changes: vec![change] }
    }

    fn advance(&mut self, draw: Draw) {
        let span = match draw.how {
            0..40 => Duration::ZERO,
            40..80 => Duration::from_micros(1),
            80..150 => Duration::from_secs(u64::from(draw.amount)),
            150..200 => Duration::from_mins(5),
            200..230 => Duration::from_secs(95),
            230..250 => Duration::from_hours(24),
            250.. => Duration::from_hours(24 * 400),
        };
        self.shop.advance(span);
    }
}

fn source_of(draw: Draw) -> Source {
    match draw.how % 10 {
        0..3 => Source::Send,
        3..5 => Source::Status,
        5..7 => Source::Callback,
        _ => Source::Operator,
    }
}

fn story(weather: Weather, draws: &[Draw]) -> String {
    let mut play = Play::new(weather);
    play.story = Some(Vec::new());
    play.run(draws).unwrap_err();
    format!("{}\n{draws:?}", play.story.unwrap().concat())
}

/// Takes out every draw without which it still fails: proptest tries each only once.
fn shorten(weather: Weather, mut draws: Vec<Draw>) -> Vec<Draw> {
    let mut length = usize::MAX;
    while draws.len() < length {
        length = draws.len();
        for place in (0..length).rev() {
            let mut fewer = draws.clone();
            fewer.remove(place);
            if Play::new(weather).run(&fewer).is_err() {
                draws = fewer;
            }
        }
    }
    draws
}

/// A decision in a word.
fn called(decided: &Result<Outcome, Refusal>) -> String {
    match decided {
        Ok(Outcome::AcceptPayment(payment)) => match **payment {
            Payment::Accepted(..) => "payment accepted".into(),
            Payment::Existing(..) => "payment existing".into(),
            Payment::MustRequote(..) => "must requote".into(),
        },
        Ok(Outcome::AcceptPurchase(purchase)) => match **purchase {
            Purchase::Accepted(..) => "purchase accepted".into(),
            Purchase::Existing(..) => "purchase existing".into(),
        },
        Ok(Outcome::RecordAnswer(recorded)) => format!("{:?}", recorded.effect),
        Ok(Outcome::Fund(funded)) if funded.is_repeat => "funded before".into(),
        Ok(Outcome::Fund(_)) => "funded".into(),
        Ok(Outcome::BeginInquiry(_)) => "inquiry begun".into(),
        Ok(Outcome::OpenInquiry(_)) => "inquiry".into(),
        Ok(Outcome::SendAgain(_)) => "sent again".into(),
        Ok(Outcome::HandToDesk(_)) => "on the desk".into(),
        Ok(
            Outcome::RegisterMerchant(_)
            | Outcome::ChangeMerchant(_)
            | Outcome::PutProducts(_)
            | Outcome::ObservePrices(_)
            | Outcome::PutSupplier(_)
            | Outcome::KeepCallback(_)
            | Outcome::JudgeCallback(_)
            | Outcome::ChangeEndpoints(_)
            | Outcome::AnnounceTest(_)
            | Outcome::BeginTelling(_)
            | Outcome::ChangeLeases(_),
        ) => "merchant".into(),
        Ok(Outcome::RecordDelivery(_) | Outcome::Redeliver(_)) => "delivery".into(),
        Err(refusal) => format!("refused: {refusal:?}"),
    }
}

/// A command in a line.
fn told(command: &Command) -> String {
    let place = |key: &RefKey| format!("{:?} {} {}", key.mode, key.merchant_id, key.ref_id);
    match command {
        Command::BeginInquiry(it) => format!("{} asks about {}", place(&it.key), it.customer_no),
        Command::OpenInquiry(it) => {
            format!("{} inquires {} for {:?} {:?}", place(&it.key), it.bill.number, it.quote.tagihan, it.quote.periods)
        }
        Command::AcceptPayment(it) => format!("{} pays {}", place(&it.key), it.customer_no),
        Command::AcceptPurchase(it) => {
            format!("{} buys for {}{}", place(&it.key), it.customer_no, if it.allow_duplicate { " anyway" } else { "" })
        }
        Command::RecordAnswer(it) => format!("{}: {:?} says {:?}", place(&it.key), it.source, it.answer),
        Command::SendAgain(it) => format!("{} is sent again", place(&it.key)),
        Command::Fund(it) => format!("{} {:?} {:?} {:?}", it.key.merchant_id, it.key.reference, it.kind, it.amount),
        Command::ChangeMerchant(it) => format!("{} {:?}", it.merchant_id, it.changes),
        Command::RegisterMerchant(it) => format!("{} registers", it.merchant_id),
        Command::HandToDesk(it) => format!("{} is handed to the desk", place(&it.key)),
        Command::ObservePrices(it) => format!("{} prices", it.observed.len()),
        Command::PutSupplier(it) => format!("supplier {}", it.profile.name),
        Command::KeepCallback(it) => format!("callback {}", it.callback.callback_id),
        Command::JudgeCallback(it) => format!("callback {} is {:?}", it.callback_id, it.verdict),
        Command::ChangeEndpoints(it) => format!("{} {:?}", it.merchant_id, it.change),
        Command::RecordDelivery(it) => format!("event {} of {}: {:?}", it.event, it.key.merchant_id, it.outcome),
        Command::Redeliver(it) => format!("event {} of {} once more", it.event, it.key.merchant_id),
        Command::BeginTelling(it) => format!("{} begins to be told", it.merchant_id),
        Command::AnnounceTest(it) => format!("a test for {}", it.endpoint_id),
        Command::PutProducts(it) => format!("{} products", it.products.len()),
        Command::ChangeLeases(it) => format!("{} leases", it.changes.len()),
    }
}

/// Applies them in one world, as the engine does with what is waiting.
fn apply_together(shop: &mut Shop, batch: &[(Command, Timestamp)]) {
    let mut reads = Reads::default();
    for (command, _) in batch {
        command.name_rows(&mut reads);
    }
    let mut world = shop.load(&reads);
    for (command, now) in batch {
        let _ = apply(&mut world, command, *now);
    }
    shop.take(&world);
}

#[test]
fn a_batch_does_what_its_commands_do_alone() {
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let sizes = vec(1..40_usize, 1..=LONGEST);
    TestRunner::new(config)
        .run(&(draws(), sizes), |(draws, sizes)| {
            let mut alone = Play::new(Weather::Foul);
            alone.run(&draws).map_err(TestCaseError::fail)?;
            let mut together = Shop::empty();
            let mut left = alone.heard.as_slice();
            for size in sizes.into_iter().cycle() {
                let (batch, rest) = left.split_at(size.min(left.len()));
                apply_together(&mut together, batch);
                left = rest;
                if left.is_empty() {
                    break;
                }
            }
            let alone = alone.shop;
            prop_assert_eq!(&together.books, &alone.books);
            prop_assert_eq!(&together.merchants, &alone.merchants);
            prop_assert_eq!(&together.inquiries, &alone.inquiries);
            prop_assert_eq!(&together.orders, &alone.orders);
            prop_assert_eq!(&together.attempts, &alone.attempts);
            prop_assert_eq!(&together.bills, &alone.bills);
            prop_assert_eq!(&together.duplicates, &alone.duplicates);
            prop_assert_eq!(&together.vouchers, &alone.vouchers);
            prop_assert_eq!(&together.ledger, &alone.ledger);
            prop_assert_eq!(&together.exchanges, &alone.exchanges);
            prop_assert_eq!(&together.events, &alone.events);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

/// What a run must meet often enough for its silence to mean something.
const EXPECTED: &[&str] = &[
    "Contradicted",
    "Failed",
    "Refunded",
    "Rerouted",
    "SnReceived",
    "Succeeded",
    "funded before",
    "must requote",
    "on the desk",
    "payment accepted",
    "payment existing",
    "purchase accepted",
    "purchase existing",
    "refused: AmountInvalid",
    "refused: AttemptInFlight",
    "refused: AttemptState",
    "refused: BillAlreadyPaid",
    "refused: BillChanged",
    "refused: DayOver",
    "refused: DuplicateOrder",
    "refused: InquiryExpired",
    "refused: InquiryMismatch",
    "refused: InsufficientBalance",
    "refused: MerchantSuspended",
    "refused: OrderFinal",
    "refused: PaymentInProgress",
    "refused: RefIdConflict",
    "refused: VoucherConflict",
    "sent again",
];

fn play(weather: Weather) {
    #[expect(clippy::disallowed_methods, reason = "the switch for a night of it concerns this test alone")]
    let factor = if std::env::var_os("LOKET_NIGHT").is_some() { 50 } else { 1 };
    let config =
        Config { cases: CASES * factor, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let count = Cell::new(0);
    let tally = RefCell::new(BTreeMap::<String, u64>::new());
    TestRunner::new(config)
        .run(&draws(), |draws| {
            let mut play = Play::new(weather);
            let played = play.run(&draws);
            count.set(count.get() + play.count);
            for (name, times) in play.tally {
                *tally.borrow_mut().entry(name).or_default() += times;
            }
            played.map_err(TestCaseError::fail)
        })
        .unwrap_or_else(|failure| {
            let TestError::Fail(why, draws) = failure else { panic!("{failure}") };
            panic!("{why}\n{}", story(weather, &shorten(weather, draws)));
        });
    let tally = tally.into_inner();
    for name in EXPECTED {
        assert!(tally.get(*name).is_some_and(|&times| times >= 10), "too few of {name:?}: {tally:#?}");
    }
    assert!(count.get() >= LEAST * u64::from(factor), "{} commands are too few", count.get());
}

#[test]
fn half_a_million_commands_in_fair_weather_break_no_rule() {
    play(Weather::Fair);
}

#[test]
fn half_a_million_commands_in_foul_weather_break_no_rule() {
    play(Weather::Foul);
}
