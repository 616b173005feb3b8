//! Holds the books against every rule, at one consistent moment, while the server runs or not.

mod causes;

use std::collections::BTreeMap;

use domain::audit::{BookAudit, Finding, audit_bill};
use domain::id::{CauseId, MerchantId};
use domain::ledger::{Book, Transfer};
use domain::time::Timestamp;
use store::{Snapshot, StoreError};

use crate::verify::causes::{Causes, Owned};

/// How many rows are read at a time.
const PAGE: u32 = 1_000;
/// After every number there is.
const LAST: CauseId = CauseId(i64::MAX);

/// What was looked at, and what was found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verification {
    /// Books.
    pub books: u64,
    /// Orders.
    pub orders: u64,
    /// Deposits and adjustments.
    pub vouchers: u64,
    /// Transfers.
    pub transfers: u64,
    /// Bills.
    pub bills: u64,
    /// Broken rules; none, if all is well.
    pub findings: Vec<Finding>,
}

/// Reads everything once, in pages; `progress` is told from time to time how many mutations of how many are done, each counted twice: with
/// its cause, and in its place in its book.
///
/// All books are audited at once, since the ledger lies on disk in the order in which things happened.
pub fn verify(snapshot: &mut dyn Snapshot, progress: &mut dyn FnMut(u64, u64)) -> Result<Verification, StoreError> {
    let books = snapshot.books()?;
    let mut ledger = Ledger::of(&books, progress);
    ledger.read_causes(snapshot)?;
    for book in &books {
        ledger.read_mutations(snapshot, book)?;
    }
    let mut verification = ledger.finish(&books);
    verify_bills(snapshot, &mut verification)?;
    Ok(verification)
}

fn verify_bills(snapshot: &mut dyn Snapshot, verification: &mut Verification) -> Result<(), StoreError> {
    snapshot.each_bill(&mut |bill, orders| {
        verification.findings.extend(audit_bill(bill, orders));
        verification.bills = verification.bills.saturating_add(1);
    })
}

/// All books, on the way through the ledger.
struct Ledger<'a> {
    audits: BTreeMap<MerchantId, BookAudit>,
    verification: Verification,
    done: u64,
    total: u64,
    progress: &'a mut dyn FnMut(u64, u64),
}

impl<'a> Ledger<'a> {
    fn of(books: &[Book], progress: &'a mut dyn FnMut(u64, u64)) -> Self {
        let mutations: u64 = books.iter().map(|book| u64::try_from(book.mutations).unwrap_or(0)).sum();
        Self {
            audits: books.iter().map(|book| (book.merchant_id, BookAudit::new(book.merchant_id))).collect(),
            verification: Verification { books: count(books), ..Verification::default() },
            done: 0,
            total: mutations.saturating_mul(2),
            progress,
        }
    }

    /// Every cause with its transfers, and whatever transfers belong to none.
    fn read_causes(&mut self, snapshot: &mut dyn Snapshot) -> Result<(), StoreError> {
        let mut causes = Causes::from_the_start();
        let mut before = CauseId(i64::MIN);
        while let Some(cause) = causes.next(snapshot)? {
            let cause_id = cause.as_cause().cause_id();
            let transfers = snapshot.transfers_between(before, cause_id)?;
            self.count_transfers(&transfers);
            // What lies between this cause and the one before belongs to nobody, and what is in another book isn't this cause's.
            let (own, strange): (Vec<_>, Vec<_>) = transfers
                .into_iter()
                .partition(|transfer| transfer.cause_id == cause_id && transfer.merchant_id == cause.merchant_id());
            self.strangers(&strange);
            self.book(cause.merchant_id()).cause(cause.as_cause(), &own);
            match cause {
                Owned::Order(_) => self.verification.orders = self.verification.orders.saturating_add(1),
                Owned::Voucher(_) => self.verification.vouchers = self.verification.vouchers.saturating_add(1),
            }
            before = cause_id;
        }
        let strange = snapshot.transfers_between(before, LAST)?;
        self.count_transfers(&strange);
        self.strangers(&strange);
        Ok(())
    }

    /// One book's changes of `available` in their order.
    fn read_mutations(&mut self, snapshot: &mut dyn Snapshot, book: &Book) -> Result<(), StoreError> {
        let mut after = 0;
        loop {
            let page = snapshot.mutations_after(book.merchant_id, after, PAGE)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.mutation.map_or(i64::MAX, |mutation| mutation.number);
            let audit = self.book(book.merchant_id);
            for transfer in &page {
                audit.mutation(transfer);
            }
            self.advance(count(&page));
        }
    }

    fn finish(mut self, books: &[Book]) -> Verification {
        for book in books {
            if let Some(audit) = self.audits.remove(&book.merchant_id) {
                self.verification.findings.extend(audit.finish(book));
            }
        }
        // Whoever has no book has nothing in it.
        for (merchant_id, audit) in self.audits {
            self.verification.findings.extend(audit.finish(&Book::open(merchant_id, Timestamp::default())));
        }
        self.verification
    }

    fn book(&mut self, merchant_id: MerchantId) -> &mut BookAudit {
        self.audits.entry(merchant_id).or_insert_with(|| BookAudit::new(merchant_id))
    }

    fn strangers(&mut self, transfers: &[Transfer]) {
        for transfer in transfers {
            self.book(transfer.merchant_id).orphans(std::slice::from_ref(transfer));
        }
    }

    fn count_transfers(&mut self, transfers: &[Transfer]) {
        self.verification.transfers = self.verification.transfers.saturating_add(count(transfers));
        let mutations = transfers.iter().filter(|transfer| transfer.mutation.is_some()).count();
        self.advance(u64::try_from(mutations).unwrap_or(0));
    }

    fn advance(&mut self, mutations: u64) {
        let before = self.done / u64::from(PAGE);
        self.done = self.done.saturating_add(mutations);
        if self.done / u64::from(PAGE) != before || self.done == self.total {
            (self.progress)(self.done, self.total);
        }
    }
}

fn count<T>(rows: &[T]) -> u64 {
    u64::try_from(rows.len()).unwrap_or(u64::MAX)
}
