//! Every kind of row comes back as it was put: every variant, every `None`, the ends of every range.

use std::sync::Arc;
use std::time::Duration;

use domain::attempt::{Attempt, AttemptKey, AttemptState};
use domain::bill::{Bill, BillKey, BillScope, PaidBill};
use domain::duplicate::{DuplicateGuard, DuplicateKey};
use domain::exchange::Words;
use domain::id::{ApiId, CauseId, CustomerNo, MerchantId, Mode, OrderId, ProductCode, RefId, RefKey, Tier, VoucherRef};
use domain::inquiry::{Inquiry, Quote};
use domain::ledger::{Account, Book, Mutation, Slot, Transfer};
use domain::merchant::{Merchant, PreviousKeys, Sealed, SealedKeys};
use domain::money::Rupiah;
use domain::order::{Claim, Cost, DeskReason, Order, OrderStatus};
use domain::product::{CutOff, NumberRule, Product, ProductKind, ProductState, TierTerms};
use domain::row::Row;
use domain::time::Timestamp;
use domain::voucher::{Voucher, VoucherKey, VoucherKind};
use domain::world::{Reads, Rows, World};

use super::harness::Bench;
use super::samples::{product, route, sealed, supplier_ref};

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
);

const LOWEST: Rupiah = Rupiah::MAX.negated();
const FIRST: Timestamp = Timestamp::from_micros(0);
const LAST: Timestamp = Timestamp::from_micros(i64::MAX);
/// The longest that is kept exactly.
const LONGEST: Duration = Duration::from_micros(i64::MAX.cast_unsigned());

/// Where rows of a kind are named and found.
struct Kind<R: Row> {
    keys: fn(&mut Reads) -> &mut Vec<R::Key>,
    rows: fn(&mut World) -> &mut Rows<R>,
}

/// Puts the versions of one row, one over the other, each in a batch of its own, and reads each again.
fn check<R: Row>(bench: &mut Bench, kind: &Kind<R>, versions: &[R]) {
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
        webhook_urls: vec![],
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
        webhook_urls: vec!["".into()],
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
    let kind = Kind { keys: |reads| &mut reads.inquiries, rows: |world| &mut world.inquiries };
    check(bench, &kind, &[first, second.clone()]);
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
