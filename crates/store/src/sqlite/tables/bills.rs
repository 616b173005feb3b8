//! Table `bills`: the claims on them.

use domain::bill::{Bill, BillKey, PaidBill};
use domain::id::{MerchantId, OrderId};
use domain::money::Rupiah;
use domain::time::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::StoreError;
use crate::sqlite::codes::Coded;
use crate::sqlite::fields::{Fields, Table, lines};
use crate::sqlite::statement::{find, write};
use crate::sqlite::tables::Stored;

const TABLE: Table = Table { name: "bills", key_columns: 3 };

macro_rules! columns {
    () => {
        "scope, bill_group, number, pending_merchant_id, pending_order_id, contradictions, successes, recently_paid, updated_at"
    };
}

impl Stored for Bill {
    fn load(connection: &Connection, key: &BillKey) -> Result<Option<Self>, StoreError> {
        let sql = concat!("SELECT ", columns!(), " FROM bills WHERE scope = ?1 AND bill_group = ?2 AND number = ?3");
        find(connection, sql, params![key.scope.code(), key.group, key.number], decode)
    }

    fn save(&self, connection: &Connection, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE bills SET pending_merchant_id = ?4, pending_order_id = ?5, contradictions = ?6, successes = ?7, \
             recently_paid = ?8, updated_at = ?9 WHERE scope = ?1 AND bill_group = ?2 AND number = ?3"
        } else {
            concat!("INSERT INTO bills (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        };
        let paid: Vec<String> = self.recently_paid.iter().map(line_of).collect();
        let params = params![
            self.key.scope.code(),
            self.key.group,
            self.key.number,
            self.pending.map(|(merchant_id, _)| merchant_id.0),
            self.pending.map(|(_, order_id)| order_id.0),
            self.contradictions,
            self.successes,
            lines(&paid)?,
            self.updated_at.micros(),
        ];
        write(connection, sql, params)
    }
}

/// Visits every bill that has a row or is claimed by an order, by key, with the numbers of the orders that claim it.
///
/// The orders are sorted for this, in a temporary file if they are many: audits are rare, and an index would cost every order.
pub fn each_with_orders(
    connection: &Connection,
    visit: &mut dyn FnMut(BillKey, Vec<OrderId>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT scope, bill_group, number, NULL AS order_id FROM bills UNION ALL \
         SELECT claim_scope, claim_group, claim_number, order_id FROM orders WHERE claim_scope IS NOT NULL \
         ORDER BY 1, 2, 3, 4",
    )?;
    let mut rows = statement.query([])?;
    let mut current: Option<(BillKey, Vec<OrderId>)> = None;
    while let Some(row) = rows.next()? {
        let mut fields = Fields::of(&TABLE, row);
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
    }
    match current {
        Some((key, order_ids)) => visit(key, order_ids),
        None => Ok(()),
    }
}

fn decode(row: &Row<'_>) -> Result<Bill, StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    Ok(Bill {
        key: decode_key(&mut fields)?,
        pending: pending(&mut fields)?,
        contradictions: fields.integer("contradictions")?,
        successes: fields.integer("successes")?,
        recently_paid: recently_paid(&mut fields)?,
        updated_at: fields.moment("updated_at")?,
    })
}

fn decode_key(fields: &mut Fields<'_>) -> Result<BillKey, StoreError> {
    Ok(BillKey { scope: fields.coded("scope")?, group: fields.text("bill_group")?, number: fields.text("number")? })
}

fn pending(fields: &mut Fields<'_>) -> Result<Option<(MerchantId, OrderId)>, StoreError> {
    match (fields.optional_integer("pending_merchant_id")?, fields.optional_integer("pending_order_id")?) {
        (None, None) => Ok(None),
        (Some(merchant_id), Some(order_id)) => Ok(Some((MerchantId(merchant_id), OrderId(order_id)))),
        _ => Err(fields.corrupt("pending_order_id")),
    }
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
