//! One ordered pass over all bills and the orders that claim them, some pages of each in memory at a time.

use std::collections::VecDeque;

use domain::bill::{Bill, BillKey};
use domain::order::{Claim, Order};

use crate::StoreError;
use crate::postgres::readers::Reading;
use crate::postgres::sql;
use crate::rows::Kept;

/// How many rows come at once.
const PAGE: usize = 1_000;

/// Visits every bill that has a row or is claimed by an order, by key, with the orders that claim it, by number.
///
/// The server sorts the orders for this, on its disk if they are many: audits are rare, and an index would cost every order.
pub fn each(reading: &Reading, visit: &mut dyn FnMut(&Bill, &[Order])) -> Result<(), StoreError> {
    reading.be_patient()?;
    reading.run("CLOSE ALL")?;
    let mut bills: Cursor<'_, Bill> = Cursor::open(reading, "bills_in_order", "ORDER BY scope, bill_group, number")?;
    let claims = "WHERE claim_scope IS NOT NULL ORDER BY claim_scope, claim_group, claim_number, order_id";
    let mut orders: Cursor<'_, Order> = Cursor::open(reading, "orders_by_bill", claims)?;
    loop {
        let key = match (bills.peek()?, orders.peek()?.and_then(claimed)) {
            (None, None) => return Ok(()),
            (Some(bill), None) => bill.key.clone(),
            (None, Some(claimed)) => claimed.clone(),
            (Some(bill), Some(claimed)) => bill.key.clone().min(claimed.clone()),
        };
        let bill = bills.take_if(|bill| bill.key == key)?.unwrap_or_else(|| Bill::untouched(key.clone()));
        let mut claiming = Vec::new();
        while let Some(order) = orders.take_if(|order| claimed(order) == Some(&key))? {
            claiming.push(order);
        }
        visit(&bill, &claiming);
    }
}

fn claimed(order: &Order) -> Option<&BillKey> {
    match &order.claim {
        Claim::Bill(key) => Some(key),
        Claim::Purchase(_) => None,
    }
}

/// Rows that come a page at a time.
struct Cursor<'a, R> {
    reading: &'a Reading,
    fetch: String,
    page: VecDeque<R>,
    is_at_end: bool,
}

impl<'a, R: Kept> Cursor<'a, R> {
    fn open(reading: &'a Reading, name: &str, rest: &str) -> Result<Self, StoreError> {
        let (columns, table) = (sql::columns(&R::LAYOUT), R::LAYOUT.table.name);
        reading.run(&format!("DECLARE {name} NO SCROLL CURSOR FOR SELECT {columns} FROM {table} {rest}"))?;
        Ok(Self { reading, fetch: format!("FETCH {PAGE} FROM {name}"), page: VecDeque::new(), is_at_end: false })
    }

    /// The next row, which stays the next.
    fn peek(&mut self) -> Result<Option<&R>, StoreError> {
        if self.page.is_empty() && !self.is_at_end {
            let rows: Vec<R> = self.reading.rows(&self.fetch, &[])?;
            self.is_at_end = rows.len() < PAGE;
            self.page = rows.into();
        }
        Ok(self.page.front())
    }

    /// The next row, if it is one of these.
    fn take_if(&mut self, is_wanted: impl FnOnce(&R) -> bool) -> Result<Option<R>, StoreError> {
        Ok(if self.peek()?.is_some_and(is_wanted) { self.page.pop_front() } else { None })
    }
}
