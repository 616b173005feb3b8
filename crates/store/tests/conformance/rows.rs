//! Every kind of row comes back as it was put: every variant, every `None`, the ends of every range.

use std::sync::Arc;
use std::time::Duration;

use domain::answer::Source;
use domain::attempt::{Attempt, AttemptKey, AttemptState};
use domain::bill::{Bill, BillKey, BillScope, PaidBill};
use domain::callback::{Callback, CallbackVerdict};
use domain::duplicate::{DuplicateGuard, DuplicateKey};
use domain::exchange::{Exchange, Words};
use domain::id::{
    ApiId, CauseId, CustomerNo, MerchantId, Mode, NodeId, OrderId, ProductCode, RefId, RefKey, SupplierName, Tier,
    VoucherRef,
};
use domain::inquiry::{Inquiry, Quote};
use domain::lease::{Lease, Work};
use domain::ledger::{Account, Book, Mutation, Slot, Transfer};
use domain::merchant::{Merchant, PreviousKeys, Sealed, SealedKeys};
use domain::money::Rupiah;
use domain::order::{Claim, Cost, DeskReason, Order, OrderStatus};
use domain::product::{CutOff, NumberRule, Product, ProductKind, ProductRoute, ProductState, Route, TierTerms};
use domain::revision::{Listing, Revision};
use domain::row::Row;
use domain::supplier::{SupplierKind, SupplierProfile, SupplierState};
use domain::time::Timestamp;
use domain::voucher::{Voucher, VoucherKey, VoucherKind};
use domain::world::{Reads, Rows, World};

use super::harness::Bench;
use super::samples::{buy, callback, fund, product, reference, register, route, sealed, supplier, supplier_ref, words};

on_every_store!(
    books_come_back,
    merchants_come_back,
    products_come_back,
    inquiries_come_back,
    orders_come_back,
    attempts_come_back,
    bills_come_back,
    duplicate_guards_come_back,
    vouchers_come_back,
    transfers_come_back,
    product_routes_come_back,
    suppliers_come_back,
    callbacks_come_back,
    revisions_come_back,
    leases_come_back,
    exchanges_come_back,
    an_attempt_is_found_by_its_reference_at_its_supplier,
);

const LOWEST: Rupiah = Rupiah::MAX.negated();
/// The first moment.
pub const FIRST: Timestamp = Timestamp::from_micros(0);
/// The last one.
pub const LAST: Timestamp = Timestamp::from_micros(i64::MAX);
/// The longest that is kept exactly.
pub const LONGEST: Duration = Duration::from_micros(i64::MAX.cast_unsigned());

/// Where rows of a kind are named and found.
pub struct Kind<R: Row> {
    pub keys: fn(&mut Reads) -> &mut Vec<R::Key>,
    pub rows: fn(&mut World) -> &mut Rows<R>,
}

/// Puts the versions of one row, one over the other, each in a batch of its own, and reads each again.
pub fn check<R: Row>(bench: &mut Bench, kind: &Kind<R>, versions: &[R]) {
    for version in versions {
        let mut reads = Reads::default();
        (kind.keys)(&mut reads).extend([version.key(), version.key()]);
        bench.transact(&reads, |world| (kind.rows)(world).put(version.clone()).unwrap()).unwrap();
        let mut found = None;
        bench.transact(&reads, |world| found = (kind.rows)(world).get(&version.key()).unwrap().cloned()).unwrap();
        assert_eq!(found.as_ref(), Some(version));
    }
}

fn books_come_back(bench: &mut Bench) {
    let empty = Book::open(MerchantId(1), FIRST);
    let full = Book {
        available: LOWEST,
        held: Rupiah::MAX,
        credit_limit: Rupiah::MAX,
        is_suspended: true,
        mutations: i64::MAX,
        is_told: true,
        events: i64::MAX,
        updated_at: LAST,
        ..empty.clone()
    };
    let other = Book::open(MerchantId(i64::MAX), FIRST);
    check(
        bench,
        &Kind { keys: |reads| &mut reads.books, rows: |world| &mut world.books },
        &[empty, full, other.clone()],
    );
    assert_eq!(bench.snapshot().book(MerchantId(i64::MAX)).unwrap(), Some(other));
    assert_eq!(bench.snapshot().book(MerchantId(2)).unwrap(), None);
    assert_eq!(bench.snapshot().books().unwrap().len(), 2);
}

fn merchants_come_back(bench: &mut Bench) {
    let bare = Merchant {
        merchant_id: MerchantId(1),
        name: "".into(),
        api_id: ApiId::parse("toko").unwrap(),
        keys: SealedKeys { api_key: Sealed(Arc::from([])), secret_key: Sealed(Arc::from([])) },
        previous_keys: None,
        allowed_networks: vec![],
        signs_with_previous: false,
        rate_per_second: None,
        tier: None,
        created_at: FIRST,
        updated_at: FIRST,
    };
    let rich = Merchant {
        name: "Toko \u{1f4a1} \"Ünïcode\"\n\0'; DROP TABLE merchants; --".into(),
        api_id: ApiId::parse("toko-2").unwrap(),
        keys: sealed(255),
        previous_keys: Some(PreviousKeys { keys: sealed(0), valid_until: LAST }),
        allowed_networks: vec!["10.0.0.0/8".into(), "".into(), "2001:db8::/32".into()],
        signs_with_previous: true,
        rate_per_second: Some(u32::MAX),
        tier: Tier::parse("gold"),
        updated_at: LAST,
        ..bare.clone()
    };
    let kind = Kind { keys: |reads| &mut reads.merchants, rows: |world| &mut world.merchants };
    check(bench, &kind, &[bare.clone(), rich.clone(), bare, rich.clone()]);
    assert_eq!(bench.snapshot().merchants().unwrap(), [rich]);
}

fn products_come_back(bench: &mut Bench) {
    let terms = |tier: &str, price, commission| TierTerms { tier: Tier::parse(tier).unwrap(), price, commission };
    let plain = product("MPBPJS");
    let mut versions = vec![plain.clone()];
    for (kind, state) in [
        (ProductKind::Postpaid, ProductState::Unavailable),
        (ProductKind::Prepaid, ProductState::Disturbed),
        (ProductKind::Game, ProductState::Available),
    ] {
        versions.push(Product {
            kind,
            state,
            price: Rupiah::MAX,
            admin: LOWEST,
            commission: Rupiah::MAX,
            tiers: vec![terms("z", Some(Rupiah::MAX), None), terms("a", None, Some(LOWEST)), terms("z", None, None)],
            cut_off: Some(CutOff { start: 1_439, end: 0 }),
            number_rule: NumberRule { digits_only: false, min_length: 0, max_length: u8::MAX, is_phone: true },
            bill_group: "group".into(),
            repaid_window: LONGEST,
            duplicate_window: Duration::from_micros(1),
            is_demo: true,
            updated_at: LAST,
            ..plain.clone()
        });
    }
    versions.push(plain.clone());
    versions.push(product("a"));
    check(bench, &Kind { keys: |reads| &mut reads.products, rows: |world| &mut world.products }, &versions);
    assert_eq!(bench.snapshot().products().unwrap(), [plain, product("a")], "by code");
}

fn inquiries_come_back(bench: &mut Bench) {
    let longest = RefId::parse(&"r".repeat(64)).unwrap();
    let first = Inquiry {
        key: RefKey { merchant_id: MerchantId(1), mode: Mode::Testing, ref_id: longest },
        product_code: ProductCode::parse("MPPLN").unwrap(),
        customer_no: CustomerNo::parse("12 345-é").unwrap(),
        bill: BillKey { scope: BillScope::Testing(MerchantId(1)), group: "PLN".into(), number: "12345É".into() },
        successes_seen: 0,
        quote: Quote {
            customer_name: "".into(),
            tagihan: Rupiah::ZERO,
            admin: Rupiah::ZERO,
            commission: Rupiah::ZERO,
            desc: "{}".into(),
            periods: "".into(),
            route: route(),
            supplier_ref: supplier_ref(1),
            token: "".into(),
            requotable: false,
            same_day: false,
            repaid_window: Duration::ZERO,
        },
        words: None,
        opened_at: FIRST,
        expires_at: FIRST,
    };
    let second = Inquiry {
        bill: BillKey { scope: BillScope::Production, ..first.bill.clone() },
        successes_seen: u32::MAX,
        quote: Quote {
            tagihan: Rupiah::MAX,
            admin: LOWEST,
            commission: Rupiah::MAX,
            requotable: true,
            same_day: true,
            repaid_window: LONGEST,
            token: "9732792".into(),
            ..first.quote.clone()
        },
        words: Some(Words { call: "inq-pasca".into(), request: "{}".into(), status: Some(200), answer: "é".into() }),
        opened_at: LAST,
        expires_at: LAST,
        ..first.clone()
    };
    let empty = Words { call: "".into(), request: "".into(), status: None, answer: "".into() };
    let third = Inquiry { words: Some(empty), ..first.clone() };
    let fourth = Inquiry { words: Some(Words { status: Some(u16::MAX), ..words("\0\n") }), ..second.clone() };
    let kind = Kind { keys: |reads| &mut reads.inquiries, rows: |world| &mut world.inquiries };
    check(bench, &kind, &[first.clone(), second.clone(), first, third, fourth, second.clone()]);
    assert_eq!(bench.snapshot().inquiry(&second.key).unwrap(), Some(second.clone()));
    let elsewhere = RefKey { mode: Mode::Production, ..second.key };
    assert_eq!(bench.snapshot().inquiry(&elsewhere).unwrap(), None);
}

fn order() -> Order {
    Order {
        key: RefKey { merchant_id: MerchantId(1), mode: Mode::Production, ref_id: RefId::parse("ORD-1").unwrap() },
        order_id: OrderId((1 << 53) - 1),
        kind: ProductKind::Postpaid,
        product_code: ProductCode::parse("MPPLN").unwrap(),
        product_name: "PLN Pascabayar".into(),
        customer_no: CustomerNo::parse("123").unwrap(),
        claim: Claim::Bill(BillKey { scope: BillScope::Production, group: "PLN".into(), number: "123".into() }),
        amount: Rupiah::whole(1),
        quoted_cost: Rupiah::ZERO,
        cost: None,
        status: OrderStatus::Pending,
        sn: None,
        desc: None,
        attempts: 1,
        desk: None,
        decided: None,
        is_borne: false,
        created_at: FIRST,
        updated_at: FIRST,
        refunded_at: None,
    }
}

fn orders_come_back(bench: &mut Bench) {
    let mut versions = vec![order()];
    for (status, desk, kind) in [
        (OrderStatus::Pending, DeskReason::Unresolved, ProductKind::Game),
        (OrderStatus::Success, DeskReason::CostDiffers, ProductKind::Prepaid),
        (OrderStatus::Failed, DeskReason::SuccessAfterFailure, ProductKind::Game),
        (OrderStatus::Refunded, DeskReason::FailureAfterSuccess, ProductKind::Postpaid),
    ] {
        versions.push(Order {
            kind,
            amount: Rupiah::MAX,
            quoted_cost: LOWEST,
            cost: Some(Cost { amount: LOWEST, is_stated: status == OrderStatus::Success }),
            status,
            sn: Some("".into()),
            desc: Some("{}".into()),
            attempts: u16::MAX,
            desk: Some(desk),
            decided: Some(desk),
            is_borne: true,
            updated_at: LAST,
            refunded_at: Some(LAST),
            ..order()
        });
    }
    let rehearsal = RefKey { mode: Mode::Testing, ..order().key };
    versions.push(Order {
        order_id: OrderId(2),
        claim: Claim::Purchase(DuplicateKey {
            merchant_id: MerchantId(1),
            mode: Mode::Testing,
            product_code: order().product_code,
            number: "08123".into(),
        }),
        key: rehearsal,
        ..order()
    });
    check(bench, &Kind { keys: |reads| &mut reads.orders, rows: |world| &mut world.orders }, &versions);
    let mut snapshot = bench.snapshot();
    let last = versions.last().unwrap();
    assert_eq!(snapshot.order(&last.key).unwrap().as_ref(), Some(last));
    assert_eq!(snapshot.order_by_id(OrderId(2)).unwrap().as_ref(), Some(last));
    assert_eq!(snapshot.order_by_id(OrderId(3)).unwrap(), None);
}

fn attempts_come_back(bench: &mut Bench) {
    let key = AttemptKey { merchant_id: MerchantId(1), order_id: OrderId(7), number: u16::MAX };
    let states = [
        AttemptState::Sending,
        AttemptState::Unknown,
        AttemptState::NotReceived,
        AttemptState::Succeeded,
        AttemptState::Refused,
    ];
    let versions = states.map(|state| Attempt {
        key,
        route: route(),
        supplier_ref: supplier_ref(1),
        token: "é".into(),
        state,
        send_by: LAST,
        check_at: (state != AttemptState::Refused).then_some(LAST),
        checks: u16::MAX,
        may_have_arrived: state == AttemptState::Unknown,
        exchanges: u32::MAX,
        note: (state != AttemptState::Sending).then(|| "".into()),
        created_at: FIRST,
        updated_at: LAST,
    });
    check(bench, &Kind { keys: |reads| &mut reads.attempts, rows: |world| &mut world.attempts }, &versions);
    let mut snapshot = bench.snapshot();
    assert_eq!(snapshot.attempts(MerchantId(1), OrderId(7)).unwrap(), versions[4..]);
    assert_eq!(snapshot.attempts(MerchantId(2), OrderId(7)).unwrap(), [], "another merchant's order");
}

fn bills_come_back(bench: &mut Bench) {
    let key = BillKey { scope: BillScope::Production, group: "".into(), number: "".into() };
    let untouched = Bill::untouched(key.clone());
    let busy = Bill {
        key: key.clone(),
        pending: Some((MerchantId(1), OrderId(1))),
        successes: u32::MAX,
        contradictions: u32::MAX,
        recently_paid: vec![
            PaidBill::with(OrderId(1), LOWEST, "", LAST),
            PaidBill::with(OrderId(2), Rupiah::MAX, "MEI 2019, JUN 2019", FIRST),
        ],
        updated_at: LAST,
    };
    let rehearsed = Bill::untouched(BillKey { scope: BillScope::Testing(MerchantId(i64::MAX)), ..key.clone() });
    let kind = Kind { keys: |reads| &mut reads.bills, rows: |world| &mut world.bills };
    check(bench, &kind, &[untouched.clone(), busy, untouched.clone(), rehearsed]);
    assert_eq!(bench.snapshot().bill(&key).unwrap(), Some(untouched));
}

fn duplicate_guards_come_back(bench: &mut Bench) {
    let key = DuplicateKey {
        merchant_id: MerchantId(1),
        mode: Mode::Testing,
        product_code: ProductCode::parse("TSEL21").unwrap(),
        number: "".into(),
    };
    let fresh = DuplicateGuard::fresh(key);
    let busy = DuplicateGuard { pending: u32::MAX, succeeded_at: Some(LAST), updated_at: LAST, ..fresh.clone() };
    let kind = Kind { keys: |reads| &mut reads.duplicates, rows: |world| &mut world.duplicates };
    check(bench, &kind, &[fresh.clone(), busy, fresh]);
}

fn vouchers_come_back(bench: &mut Bench) {
    let deposit = Voucher {
        key: VoucherKey { merchant_id: MerchantId(1), reference: VoucherRef::parse("BCA é 1").unwrap() },
        cause_id: CauseId(1),
        kind: VoucherKind::Deposit,
        amount: Rupiah::MAX,
        note: "".into(),
        created_at: LAST,
    };
    let adjustment = Voucher {
        key: VoucherKey { merchant_id: MerchantId(1), reference: VoucherRef::parse("2").unwrap() },
        cause_id: CauseId(i64::MAX),
        kind: VoucherKind::Adjustment,
        amount: LOWEST,
        note: "\n".into(),
        created_at: FIRST,
    };
    let kind = Kind { keys: |reads| &mut reads.vouchers, rows: |world| &mut world.vouchers };
    check(bench, &kind, &[deposit.clone(), adjustment.clone()]);
    let found = bench.snapshot().vouchers_after(CauseId(0), 10).unwrap();
    assert_eq!(found, [deposit, adjustment]);
}

fn transfers_come_back(bench: &mut Bench) {
    let slots = [Slot::Hold, Slot::Settle, Slot::Reverse, Slot::Bear, Slot::Voucher];
    let accounts = Account::ALL;
    let transfers: Vec<Transfer> = (0_usize..30)
        .map(|index| Transfer {
            merchant_id: MerchantId(1),
            cause_id: CauseId(1),
            slot: slots[index / 6],
            leg: [0, 1, 2, 3, 4, u8::MAX][index % 6],
            debit: accounts[index % 6],
            credit: accounts[(index + 1) % 6],
            amount: if index == 0 { Rupiah::MAX } else { Rupiah::whole(1) },
            created_at: if index == 0 { LAST } else { FIRST },
            mutation: (index % 2 == 0)
                .then(|| Mutation { number: i64::MAX - i64::try_from(index).unwrap(), balance_after: LOWEST }),
        })
        .collect();
    bench.transact(&Reads::default(), |world| world.append(transfers.clone())).unwrap();
    let found = bench.snapshot().transfers_between(CauseId(0), CauseId(1)).unwrap();
    assert_eq!(found, transfers);
}

fn product_routes_come_back(bench: &mut Bench) {
    let way = |supplier: &str, sku: &str, cost| {
        ProductRoute::plain(Route { supplier: SupplierName::parse(supplier).unwrap(), sku: sku.into(), cost })
    };
    let odd = ProductRoute {
        is_on: false,
        is_available: false,
        max_cost: Some(Rupiah::MAX),
        cut_off: Some(CutOff { start: 1_425, end: 15 }),
        ..way("z", "é\n", LOWEST)
    };
    let half = ProductRoute { is_on: false, max_cost: Some(Rupiah::ZERO), ..way("a", "", Rupiah::MAX) };
    let closed = ProductRoute { is_available: false, cut_off: Some(CutOff { start: 0, end: 0 }), ..half.clone() };
    let plain = product("MPBPJS");
    // In the operator's order, twice the same if the operator likes, also none.
    let versions =
        [vec![odd.clone(), half.clone(), odd.clone(), closed.clone()], vec![closed, odd], vec![], vec![half]]
            .map(|routes| Product { routes, ..plain.clone() });
    check(bench, &Kind { keys: |reads| &mut reads.products, rows: |world| &mut world.products }, &versions);
    assert_eq!(bench.snapshot().products().unwrap(), versions[3..]);
}

fn suppliers_come_back(bench: &mut Bench) {
    let bare = SupplierProfile {
        user: "".into(),
        key: Sealed(Arc::from([])),
        max_in_flight: 0,
        created_at: FIRST,
        updated_at: FIRST,
        ..supplier("digi")
    };
    let mut versions = vec![bare.clone()];
    for (kind, state) in [
        (SupplierKind::Iak, SupplierState::Draining),
        (SupplierKind::IsiKuota, SupplierState::Off),
        (SupplierKind::Digiflazz, SupplierState::On),
    ] {
        versions.push(SupplierProfile {
            kind,
            url: Some("".into()),
            user: "toko \u{1f4a1}'\n\0".into(),
            key: Sealed(Arc::from([0, 255])),
            secret: Some(Sealed(Arc::from([]))),
            is_testing: true,
            can_be_asked: false,
            state,
            max_in_flight: u32::MAX,
            callback_networks: vec!["10.0.0.0/8".into(), "".into(), "2001:db8::/32".into()],
            low_balance: Some(if state == SupplierState::Off { LOWEST } else { Rupiah::MAX }),
            reroute_codes: vec!["".into(), "53".into(), "é".into()],
            updated_at: LAST,
            ..bare.clone()
        });
    }
    versions.push(bare.clone());
    let other = SupplierProfile { name: SupplierName::parse("alpha").unwrap(), ..bare.clone() };
    versions.push(other.clone());
    check(bench, &Kind { keys: |reads| &mut reads.suppliers, rows: |world| &mut world.suppliers }, &versions);
    assert_eq!(bench.snapshot().suppliers().unwrap(), [other, bare], "by name");
}

fn revisions_come_back(bench: &mut Bench) {
    let versions = Listing::ALL.map(|listing| Revision { listing, number: i64::MAX, updated_at: LAST });
    let changed = Revision { number: 1, updated_at: FIRST, ..versions[0] };
    let kind = Kind { keys: |reads| &mut reads.revisions, rows: |world| &mut world.revisions };
    check(bench, &kind, &[versions.as_slice(), &[changed]].concat());
    let [_, rest @ ..] = versions;
    assert_eq!(bench.snapshot().revisions().unwrap(), [&[changed], rest.as_slice()].concat());
}

fn leases_come_back(bench: &mut Bench) {
    let works = (0..Work::NUMBERS).map(Work::Number).chain(Work::divisible());
    let held = |work| Lease { work, holder: Some(NodeId([255; 16])), beat: i64::MAX, updated_at: LAST };
    let mut versions: Vec<Lease> = works.map(held).collect();
    versions.push(Lease::free(Work::Statuses));
    check(bench, &Kind { keys: |reads| &mut reads.leases, rows: |world| &mut world.leases }, &versions);
    let mut stored = bench.snapshot().leases().unwrap();
    stored.sort_by_key(|lease| lease.work);
    versions.retain(|lease| *lease != held(Work::Statuses));
    versions.sort_by_key(|lease| lease.work);
    assert_eq!(stored, versions);
}

fn callbacks_come_back(bench: &mut Bench) {
    let verdicts = [
        CallbackVerdict::Received,
        CallbackVerdict::Forged,
        CallbackVerdict::Stranger,
        CallbackVerdict::Unreadable,
        CallbackVerdict::NoOrder,
        CallbackVerdict::UnknownOrder,
        CallbackVerdict::Recorded,
        CallbackVerdict::Asked,
    ];
    let versions = verdicts.map(|verdict| Callback {
        callback_id: 5,
        address: "".into(),
        headers: "a: é\nb: '\n".into(),
        body: Arc::from((0..=255).collect::<Vec<u8>>()),
        verdict,
        order_id: (verdict >= CallbackVerdict::Recorded).then_some(OrderId(i64::MAX)),
        received_at: FIRST,
        updated_at: LAST,
        ..callback(5)
    });
    let kind = Kind { keys: |reads| &mut reads.callbacks, rows: |world| &mut world.callbacks };
    check(bench, &kind, &versions);
    let empty = Callback { body: Arc::from([]), order_id: None, ..callback(6) };
    let later = Callback { order_id: Some(OrderId(i64::MAX)), ..callback(7) };
    check(bench, &kind, &[empty.clone(), later.clone()]);

    let mut snapshot = bench.snapshot();
    assert_eq!(snapshot.callbacks(OrderId(i64::MAX)).unwrap(), [versions[7].clone(), later.clone()], "oldest first");
    assert_eq!(snapshot.callbacks(OrderId(0)).unwrap(), []);
    assert_eq!(snapshot.newest_callbacks(2).unwrap(), [later, empty], "newest first");
    assert_eq!(snapshot.newest_callbacks(0).unwrap(), []);
    assert_eq!(snapshot.newest_callbacks(u32::MAX).unwrap().len(), 3);
    assert_eq!(snapshot.newest().unwrap(), (LAST, CauseId(7)), "what is numbered next comes after them");
}

fn exchanges_come_back(bench: &mut Bench) {
    let exchange = |order, attempt, number, source, status, text: &str| Exchange {
        attempt: AttemptKey { merchant_id: MerchantId(1), order_id: OrderId(order), number: attempt },
        number,
        source,
        words: Words { call: text.into(), request: text.into(), status, answer: text.into() },
        recorded_at: if number == 1 { FIRST } else { LAST },
    };
    let of_seven = [
        exchange(7, 1, 1, Source::Send, None, ""),
        exchange(7, 1, 2, Source::Status, Some(u16::MAX), "é\n\0'"),
        exchange(7, 2, 1, Source::Callback, Some(0), "{}"),
        exchange(7, u16::MAX, u32::MAX, Source::Operator, Some(200), "{}"),
    ];
    let of_others = [exchange(6, 1, 1, Source::Send, None, "6"), exchange(8, 1, 1, Source::Send, None, "8")];
    bench
        .transact(&Reads::default(), |world| {
            for exchange in of_seven.iter().rev().chain(&of_others) {
                world.append_exchange(exchange.clone());
            }
        })
        .unwrap();
    let mut snapshot = bench.snapshot();
    assert_eq!(snapshot.exchanges(MerchantId(1), OrderId(7)).unwrap(), of_seven, "by attempt and number");
    assert_eq!(snapshot.exchanges(MerchantId(2), OrderId(7)).unwrap(), [], "another merchant's order");
    assert_eq!(snapshot.exchanges(MerchantId(1), OrderId(9)).unwrap(), []);
}

fn an_attempt_is_found_by_its_reference_at_its_supplier(bench: &mut Bench) {
    bench.ask(register(1)).unwrap();
    bench.ask(fund(1, 1, 9_000_000)).unwrap();
    for order in 11..14 {
        bench.ask(buy(&reference(1, Mode::Production, order), order, order, bench.now)).unwrap();
    }
    let attempts = |order: i64, versions: &[(u16, &str, i64)], bench: &mut Bench| {
        for &(number, name, supplier_number) in versions {
            let key = AttemptKey { merchant_id: MerchantId(1), order_id: OrderId(order), number };
            let reads = Reads { attempts: vec![key], ..Reads::default() };
            let route = Route { supplier: SupplierName::parse(name).unwrap(), ..route() };
            bench
                .transact(&reads, |world| {
                    let deadlines = super::samples::deadlines(FIRST);
                    let reference = supplier_ref(supplier_number);
                    let attempt = Attempt::sending(key, route.clone(), reference, "".into(), deadlines, FIRST);
                    world.attempts.put(attempt).unwrap();
                })
                .unwrap();
        }
    };
    attempts(12, &[(2, "digi", 500), (3, "iak", 500), (4, "digi", 501)], bench);
    attempts(11, &[(2, "digi", 500), (3, "digi", 500)], bench);
    attempts(13, &[(2, "iak", 501)], bench);
    let mut snapshot = bench.snapshot();
    let mut find = |name: &str, number| {
        let name = SupplierName::parse(name).unwrap();
        let found = snapshot.attempt_by_supplier_ref(&name, &supplier_ref(number)).unwrap()?;
        assert_eq!(found.order.order_id, found.attempt.key.order_id);
        assert_eq!((&found.attempt.route.supplier, &found.attempt.supplier_ref), (&name, &supplier_ref(number)));
        Some((found.attempt.key.order_id.0, found.attempt.key.number))
    };
    assert_eq!(find("digi", 500), Some((12, 2)), "the newest order's");
    assert_eq!(find("iak", 500), Some((12, 3)));
    assert_eq!(find("digi", 501), Some((12, 4)));
    assert_eq!(find("iak", 501), Some((13, 2)));
    assert_eq!(find("sandbox", 11), Some((11, 1)));
    assert_eq!(
        (find("sandbox", 500), find("nobody", 500), find("digi", 11), find("digi", 502)),
        (None, None, None, None)
    );
}
