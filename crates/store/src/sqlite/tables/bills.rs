//! Tables `bills` and `pending_bills`: the claims on them. A bill that is being paid stands in the second, which stays small; what `bills`
//! says of it then is how it was before.

use domain::bill::{Bill, BillKey};
use domain::id::OrderId;
use rusqlite::params;

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::Fields;
use crate::rows::Kept;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! with_key {
    ($start:expr) => {
        concat!($start, " WHERE scope = ?1 AND bill_group = ?2 AND number = ?3")
    };
}

impl Stored for Bill {
    fn load(statements: &Statements<'_>, key: &BillKey) -> Result<Option<Self>, StoreError> {
        let key = params![key.scope.code(), key.group, key.number];
        let pending = with_key!(
            "SELECT scope, bill_group, number, pending_merchant_id, pending_order_id, contradictions, successes, recently_paid, \
             updated_at FROM pending_bills"
        );
        let settled = with_key!(
            "SELECT scope, bill_group, number, NULL AS pending_merchant_id, NULL AS pending_order_id, contradictions, successes, \
             recently_paid, updated_at FROM bills"
        );
        match statements.find(pending, key, row_of)? {
            None => statements.find(settled, key, row_of),
            found => Ok(found),
        }
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        if self.pending.is_some() {
            let sql = "INSERT OR REPLACE INTO pending_bills (scope, bill_group, number, pending_merchant_id, pending_order_id, \
                       contradictions, successes, recently_paid, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
            return statements.save(sql, self);
        }
        if is_stored {
            let key = params![self.key.scope.code(), self.key.group, self.key.number];
            statements.change(with_key!("DELETE FROM pending_bills"), key)?;
        }
        let sql = "INSERT OR REPLACE INTO bills (scope, bill_group, number, contradictions, successes, recently_paid, updated_at) \
                   VALUES (?1, ?2, ?3, ?6, ?7, ?8, ?9)";
        statements.save(sql, self)
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
        let mut fields = Fields::of(const { &Bill::LAYOUT.table }, row);
        let key = BillKey {
            scope: fields.coded("scope")?,
            group: fields.text("bill_group")?,
            number: fields.text("number")?,
        };
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
