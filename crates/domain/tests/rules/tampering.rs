//! The watch and the audit can fail: rows that were tampered with are found.

use domain::answer::Source;
use domain::command::{Command, RecordAnswer, apply};
use domain::id::Mode;
use domain::ledger::{Account, Slot};
use domain::order::{DeskReason, OrderStatus};
use domain::world::Reads;

use crate::shop::{Shop, Step, confirmed, nothing_created, refused, rupiah, words};
use crate::watch::{self, Watch};

type Tamper<T> = fn(&mut T);

/// A shop with its watch, up to a pending payment and purchase.
fn watched() -> (Shop, Watch) {
    let mut shop = Shop::empty();
    let mut watch = Watch::default();
    let mut perform = |shop: &mut Shop, command: Command| {
        let (decided, step) = shop.apply(&command);
        decided.unwrap();
        assert_eq!(watch.observe(shop, &step), [""; 0]);
    };
    perform(&mut shop, crate::shop::registration(1).into());
    let fund = shop.funding("D", domain::voucher::VoucherKind::Deposit, rupiah(1_000_000));
    perform(&mut shop, fund.into());
    let inquiry = shop.inquiry("INQ-1");
    perform(&mut shop, inquiry.into());
    let payment = shop.payment("INQ-1");
    perform(&mut shop, payment.into());
    let purchase = shop.purchase("TRX-1");
    perform(&mut shop, purchase.into());
    (shop, watch)
}

/// Lets `tamper` change the next step before it is taken over, and gives what the watch says.
fn found(source: Source, tamper: fn(&mut Step)) -> Vec<&'static str> {
    let (mut shop, mut watch) = watched();
    let told = RecordAnswer { words: Some(words("paid")), ..shop.answer_of("INQ-1", source, confirmed()) };
    let command = Command::from(told);
    let mut reads = Reads::default();
    command.name_rows(&mut reads);
    let mut world = shop.load(&reads);
    apply(&mut world, &command, shop.now).unwrap();
    let mut step = shop.take(&world);
    tamper(&mut step);
    for shift in &step.bills {
        shop.bills.insert(shift.after.key.clone(), shift.after.clone());
    }
    watch.observe(&shop, &step)
}

#[test]
fn the_watch_finds_what_was_tampered_with() {
    let table: &[(Tamper<Step>, &str)] = &[
        (|step| step.transfers.truncate(1), watch::HELD),
        (|step| step.transfers[0].amount = rupiah(0), watch::TWO_SIDES),
        (|step| step.transfers[0].credit = step.transfers[0].debit, watch::TWO_SIDES),
        (|step| step.transfers[1].leg = 0, watch::UNIQUE),
        (|step| step.transfers[1].credit = Account::Available, watch::MUTATIONS),
        (|step| step.transfers[1].credit = Account::Available, watch::AVAILABLE),
        (|step| step.transfers[1].amount = rupiah(2_201), watch::HELD),
        (|step| step.books[0].after.held = rupiah(21_426), watch::HELD_IS_PENDING),
        (|step| step.books[0].after.held = rupiah(-1), watch::HELD_NEGATIVE),
        (|step| step.books[0].after.available = rupiah(-1), watch::CREDIT),
        (|step| step.books[0].after.mutations += 1, watch::MUTATIONS),
        (|step| step.orders[0].after.status = OrderStatus::Refunded, watch::STATUS),
        (|step| step.orders[0].before.as_mut().unwrap().status = OrderStatus::Failed, watch::STATUS),
        (|step| step.orders[0].after.amount = rupiah(1), watch::FROZEN),
        (|step| step.orders[0].before.as_mut().unwrap().sn = Some("earlier".into()), watch::FROZEN),
        (|step| step.orders[0].after.key.mode = Mode::Testing, watch::FROZEN),
        (|step| step.orders[0].after.key.mode = Mode::Testing, watch::TESTING),
        (|step| step.orders[0].after.desk = Some(DeskReason::FailureAfterSuccess), watch::CONTRADICTION),
        (|step| step.orders[0].after.status = OrderStatus::Pending, watch::OCCUPIED),
        (|step| step.bills[0].after.pending = step.bills[0].before.as_ref().unwrap().pending, watch::OCCUPIED),
        (|step| step.bills[0].before.as_mut().unwrap().successes = 7, watch::SUCCESSES),
        (
            |step| {
                let attempt = &mut step.attempts[0];
                attempt.before.as_mut().unwrap().state = domain::attempt::AttemptState::Unknown;
                attempt.after.state = domain::attempt::AttemptState::Sending;
            },
            watch::SENT_AGAIN,
        ),
        (|step| step.attempts[0].before.as_mut().unwrap().may_have_arrived = true, watch::ARRIVED),
        (|step| step.attempts[0].after.key.number = 2, watch::DENSE),
        (|step| step.attempts[0].after.key.order_id.0 += 500, watch::DENSE),
        (|step| step.orders[0].after.attempts = 3, watch::DENSE),
        (|step| step.orders[0].after.attempts = 2, watch::REROUTED),
        (|step| step.orders[0].after.desk = Some(DeskReason::Unresolved), watch::UNRESOLVED),
        (|step| step.attempts[0].after.exchanges = 0, watch::HISTORY),
        (|step| step.exchanges[0].number = 2, watch::HISTORY),
        (|step| step.exchanges.clear(), watch::HISTORY),
        (|step| step.exchanges.push(step.exchanges[0].clone()), watch::HISTORY),
    ];
    assert_eq!(found(Source::Send, |_| {}), [""; 0], "untouched, it is in order");
    for (number, (tamper, rule)) in table.iter().enumerate() {
        let found = found(Source::Send, *tamper);
        assert!(found.contains(rule), "row {number} is to break {rule:?}, but: {found:?}");
    }
}

#[test]
fn the_watch_finds_a_second_pending_order_and_a_miscounted_guard() {
    let (mut shop, mut watch) = watched();
    let command: Command = shop.answer_of("TRX-1", Source::Send, refused()).into();
    let (_, mut step) = shop.apply(&command);
    step.duplicates[0].after.pending = 1;
    assert_eq!(watch.observe(&shop, &step), [watch::GUARD]);

    let (mut shop, mut watch) = watched();
    let mut second = shop.order("INQ-1").clone();
    second.order_id.0 += 500;
    second.key = shop.key("INQ-2");
    let quoted = shop.inquiries[&shop.key("INQ-1")].clone();
    shop.inquiries.insert(second.key.clone(), quoted);
    let mut step = Step::default();
    step.orders.push(crate::shop::Shift { before: None, after: second });
    assert!(watch.observe(&shop, &step).contains(&watch::ONE_PENDING));
}

#[test]
fn the_watch_finds_what_a_superseded_attempt_must_not_do() {
    let table: &[(Tamper<Step>, &str)] = &[
        (|step| step.attempts[0].after.check_at = Some(step.attempts[0].after.send_by), watch::SUPERSEDED),
        (|step| step.orders[0].before.as_mut().unwrap().desk = Some(DeskReason::SuccessAfterFailure), watch::REROUTED),
        (|step| step.orders[0].after.attempts = 3, watch::DENSE),
        (|step| step.attempts[1].after.key.number = 3, watch::DENSE),
    ];
    let go_on = |shop: &Shop| {
        let next = Some(shop.reroute("second", 20_500));
        RecordAnswer { next, ..shop.answer_of("TRX-1", Source::Send, nothing_created()) }
    };
    for (number, (tamper, rule)) in table.iter().enumerate() {
        let (mut shop, mut watch) = watched();
        let (_, mut step) = shop.apply(&go_on(&shop).into());
        tamper(&mut step);
        let found = watch.observe(&shop, &step);
        assert!(found.contains(rule), "row {number} is to break {rule:?}, but: {found:?}");
    }

    // Its late success, with money.
    let (mut shop, mut watch) = watched();
    let (_, step) = shop.apply(&go_on(&shop).into());
    assert_eq!(watch.observe(&shop, &step), [""; 0]);
    let (_, mut late) = shop.apply(&shop.answer_of("TRX-1", Source::Callback, confirmed()).into());
    let (mut twin, _) = watched();
    let (_, settled) = twin.apply(&twin.answer_of("TRX-1", Source::Callback, confirmed()).into());
    late.transfers = settled.transfers;
    assert!(watch.observe(&shop, &late).contains(&watch::SUPERSEDED));
}

#[test]
fn the_watch_finds_money_that_is_settled_again() {
    let (mut shop, mut watch) = watched();
    let (_, step) = shop.apply(&shop.answer_of("INQ-1", Source::Send, confirmed()).into());
    assert_eq!(watch.observe(&shop, &step), [""; 0]);
    // With legs of their own, so that the ledger's key wouldn't forbid it.
    let mut again = Step { transfers: step.transfers, ..Step::default() };
    again.transfers.iter_mut().for_each(|transfer| transfer.leg += 7);
    assert!(watch.observe(&shop, &again).contains(&watch::SETTLED_ONCE));
}

#[test]
fn the_audit_finds_what_was_tampered_with() {
    let table: &[(Tamper<Shop>, &str)] = &[
        (|shop| shop.ledger.truncate(2), "the transfers of an order or voucher are those that its state calls for"),
        (|shop| shop.ledger.retain(|transfer| transfer.slot != Slot::Voucher), "`available` equals its transfers"),
        (
            |shop| {
                let extra = shop.ledger[1].clone();
                shop.ledger.push(domain::ledger::Transfer { cause_id: domain::id::CauseId(1), ..extra });
            },
            "every transfer belongs to an order or a voucher",
        ),
        (|shop| shop.ledger[0].mutation = None, "a transfer has a mutation if, and only if, it changes `available`"),
        (
            |shop| shop.ledger[1].mutation.as_mut().unwrap().balance_after = rupiah(0),
            "the list of mutations is dense and its balances follow from each other",
        ),
        (|shop| shop.ledger[0].amount = rupiah(0), "every transfer has two sides and an amount"),
        (|shop| shop.books.get_mut(&shop.merchant_id).unwrap().held = rupiah(46_626), "`held` equals its transfers"),
        (
            |shop| shop.books.get_mut(&shop.merchant_id).unwrap().held = rupiah(46_626),
            "what is held equals the pending orders",
        ),
        (|shop| shop.books.get_mut(&shop.merchant_id).unwrap().mutations = 9, "the book counts its mutations"),
        (
            |shop| shop.orders.values_mut().for_each(|order| order.status = OrderStatus::Failed),
            "the transfers of an order or voucher are those that its state calls for",
        ),
        (
            |shop| shop.bills.values_mut().for_each(|bill| bill.pending = None),
            "a bill is claimed by its pending order, and by no other",
        ),
        (
            |shop| shop.bills.values_mut().for_each(|bill| bill.pending.as_mut().unwrap().1.0 += 1),
            "a bill is claimed by its pending order, and by no other",
        ),
        (
            |shop| shop.bills.values_mut().for_each(|bill| bill.contradictions += 1),
            "a bill counts its contradicted orders",
        ),
        (|shop| shop.bills.values_mut().for_each(|bill| bill.successes += 1), "a bill counts its successes"),
    ];
    for (number, (tamper, rule)) in table.iter().enumerate() {
        let (mut shop, _) = watched();
        assert_eq!(shop.audit(), []);
        tamper(&mut shop);
        let found: Vec<_> = shop.audit().into_iter().map(|finding| finding.rule).collect();
        assert!(found.contains(rule), "row {number} is to break {rule:?}, but: {found:?}");
    }
}

#[test]
fn a_change_of_which_other_nodes_would_not_hear_is_found() {
    let (mut shop, mut watch) = (Shop::empty(), Watch::default());
    let (decided, mut step) = shop.apply(&crate::shop::registration(1).into());
    decided.unwrap();
    step.revisions.clear();
    assert_eq!(watch.observe(&shop, &step), [watch::REVISED]);
}
