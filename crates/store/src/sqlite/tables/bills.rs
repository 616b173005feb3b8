//! Tables `bills` and `pending_bills`: the claims on them. A bill that is being paid stands in the second, which stays small; what `bills`
//! says of it then is how it was before.

use domain::bill::{Bill, BillKey, PaidBill};
use domain::id::{MerchantId, OrderId};
use domain::money::Rupiah;
use domain::time::Timestamp;
use rusqlite::{Row, params};

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::{Fields, Table, lines};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

const BILLS: Table = Table { name: "bills", key_columns: 3 };
const PENDING_BILLS: Table = Table { name: "pending_bills", key_columns: 3 };

macro_rules! columns {
    () => {
        "scope, bill_group, number, contradictions, successes, recently_paid, updated_at"
    };
}

macro_rules! pending_columns {
    () => {
        concat!(columns!(), ", pending_merchant_id, pending_order_id")
    };
}

macro_rules! with_key {
    ($start:expr) => {
        concat!($start, " WHERE scope = ?1 AND bill_group = ?2 AND number = ?3")
    };
}

impl Stored for Bill {
    fn load(statements: &Statements<'_>, key: &BillKey) -> Result<Option<Self>, StoreError> {
        let key = params![key.scope.code(), key.group, key.number];
        let pending = with_key!(concat!("SELECT ", pending_columns!(), " FROM pending_bills"));
        match statements.find(pending, key, decode_pending)? {
            None => statements.find(with_key!(concat!("SELECT ", columns!(), " FROM bills")), key, decode),
            pending => Ok(pending),
        }
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let (scope, group, number) = (self.key.scope.code(), &self.key.group, &self.key.number);
        let paid: Vec<String> = self.recently_paid.iter().map(line_of).collect();
        let (paid, updated_at) = (lines(&paid)?, self.updated_at.micros());
        if let Some((merchant_id, order_id)) = self.pending {
            let (contradictions, successes) = (self.contradictions, self.successes);
            return statements.write(
                concat!(
                    "INSERT OR REPLACE INTO pending_bills (",
                    pending_columns!(),
                    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                ),
                params![scope, group, number, contradictions, successes, paid, updated_at, merchant_id.0, order_id.0],
            );
        }
        if is_stored {
            statements.change(with_key!("DELETE FROM pending_bills"), params![scope, group, number])?;
        }
        statements.write(
            concat!("INSERT OR REPLACE INTO bills (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
            params![scope, group, number, self.contradictions, self.successes, paid, updated_at],
        )
    }
}

/// Visits every bill that has a row or is claimed by an order, by key, with the numbers of the orders that claim it.
///
/// The orders are sorted for this, in a temporary file if they are many: audits are rare, and an index would cost every order.
pub fn each_with_orders(
    statements: &Statements<'_>,
    visit: &mut dyn FnMut(BillKey, Vec<OrderId>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = "SELECT scope, bill_group, number, NULL AS order_id FROM bills UNION ALL \
               SELECT scope, bill_group, number, NULL FROM pending_bills UNION ALL \
               SELECT claim_scope, claim_group, claim_number, order_id FROM orders WHERE claim_scope IS NOT NULL \
               ORDER BY 1, 2, 3, 4";
    let mut current: Option<(BillKey, Vec<OrderId>)> = None;
    statements.each(sql, [], |row| {
        let mut fields = Fields::of(&BILLS, row);
        let key = decode_key(&mut fields)?;
        let order_id = fields.optional_integer("order_id")?.map(OrderId);
        match &mut current {
            Some((same, order_ids)) if *same == key => order_ids.extend(order_id),
            _ => {
                if let Some((key, order_ids)) = current.replace((key, order_id.into_iter().collect())) {
                    visit(key, order_ids)?;
                }
            }
        }
        Ok(())
    })?;
    match current {
        Some((key, order_ids)) => visit(key, order_ids),
        None => Ok(()),
    }
}

fn decode(row: &Row<'_>) -> Result<Bill, StoreError> {
    decode_fields(&mut Fields::of(&BILLS, row))
}

fn decode_pending(row: &Row<'_>) -> Result<Bill, StoreError> {
    let mut fields = Fields::of(&PENDING_BILLS, row);
    let bill = decode_fields(&mut fields)?;
    let merchant_id = MerchantId(fields.integer("pending_merchant_id")?);
    let order_id = OrderId(fields.integer("pending_order_id")?);
    Ok(Bill { pending: Some((merchant_id, order_id)), ..bill })
}

fn decode_fields(fields: &mut Fields<'_>) -> Result<Bill, StoreError> {
    Ok(Bill {
        key: decode_key(fields)?,
        pending: None,
        contradictions: fields.integer("contradictions")?,
        successes: fields.integer("successes")?,
        recently_paid: recently_paid(fields)?,
        updated_at: fields.moment("updated_at")?,
    })
}

fn decode_key(fields: &mut Fields<'_>) -> Result<BillKey, StoreError> {
    Ok(BillKey { scope: fields.coded("scope")?, group: fields.text("bill_group")?, number: fields.text("number")? })
}

fn recently_paid(fields: &mut Fields<'_>) -> Result<Vec<PaidBill>, StoreError> {
    let lines = fields.lines("recently_paid")?;
    lines.iter().map(|line| read_line(line).ok_or_else(|| fields.corrupt("recently_paid"))).collect()
}

fn line_of(paid: &PaidBill) -> String {
    format!("{} {} {} {}", paid.until.micros(), paid.order_id.0, paid.tagihan.get(), paid.periods)
}

fn read_line(line: &str) -> Option<PaidBill> {
    let (until, rest) = line.split_once(' ')?;
    let (order_id, rest) = rest.split_once(' ')?;
    let (tagihan, periods) = rest.split_once(' ')?;
    Some(PaidBill {
        order_id: OrderId(order_id.parse().ok()?),
        tagihan: Rupiah::new(tagihan.parse().ok()?)?,
        periods: periods.into(),
        until: Timestamp::from_micros(until.parse().ok()?),
    })
}
