//! Table `orders`.

use domain::id::{OrderId, RefId, RefKey};
use domain::order::{Order, OrderStatus};
use rusqlite::params;

use crate::codes::Coded;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;
use crate::{OrderFilter, StoreError};

macro_rules! columns {
    () => {
        "order_id, merchant_id, mode, ref_id, kind, product_code, product_name, customer_no, claim_scope, claim_group, \
         claim_number, amount, quoted_cost, cost, cost_is_stated, status, sn, details, attempts, desk, decided, is_borne, created_at, updated_at, refunded_at"
    };
}

macro_rules! select {
    ($($rest:literal),+) => {
        concat!("SELECT ", columns!(), " FROM orders ", $($rest),+)
    };
}

impl Stored for Order {
    fn load(statements: &Statements<'_>, key: &RefKey) -> Result<Option<Self>, StoreError> {
        let key = params![key.merchant_id.0, key.mode.code(), key.ref_id.as_str()];
        let of_inquiry = select!(
            "INDEXED BY orders_of_inquiry WHERE inquiry_id = ",
            "(SELECT inquiry_id FROM inquiries WHERE merchant_id = ?1 AND mode = ?2 AND ref_id = ?3)"
        );
        let without_inquiry = select!(
            "INDEXED BY orders_without_inquiry ",
            "WHERE merchant_id = ?1 AND mode = ?2 AND ref_id = ?3 AND inquiry_id IS NULL"
        );
        match statements.find(of_inquiry, key, row_of)? {
            None => statements.find(without_inquiry, key, row_of),
            found => Ok(found),
        }
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            // What was ordered, and for how much, never changes.
            "UPDATE orders SET quoted_cost = ?13, cost = ?14, cost_is_stated = ?15, status = ?16, sn = ?17, details = ?18, \
             attempts = ?19, desk = ?20, decided = ?21, is_borne = ?22, updated_at = ?24, refunded_at = ?25 \
             WHERE order_id = ?1 AND merchant_id = ?2 AND mode = ?3 AND ref_id = ?4"
        } else {
            concat!(
                "INSERT INTO orders (",
                columns!(),
                ", inquiry_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, \
                 ?22, ?23, ?24, ?25, (SELECT inquiry_id FROM inquiries WHERE merchant_id = ?2 AND mode = ?3 AND ref_id = ?4))"
            )
        };
        statements.save(sql, self)
    }
}

/// Which orders may be pending: a supplier is to be asked about each of those that are, or a person.
macro_rules! may_be_pending {
    () => {
        "order_id IN (SELECT order_id FROM attempts INDEXED BY attempts_to_check WHERE check_at IS NOT NULL \
         UNION SELECT order_id FROM orders INDEXED BY orders_on_desk WHERE desk IS NOT NULL)"
    };
}

/// The order with this number.
pub fn by_id(statements: &Statements<'_>, order_id: OrderId) -> Result<Option<Order>, StoreError> {
    statements.find(select!("WHERE order_id = ?1"), [order_id.0], row_of)
}

/// The orders that bear a reference: one look under each merchant and mode, since references are kept by these.
pub fn by_ref(statements: &Statements<'_>, ref_id: &RefId) -> Result<Vec<Order>, StoreError> {
    let sql = select!(
        "WHERE order_id IN (",
        "SELECT o.order_id FROM merchants AS m CROSS JOIN inquiries AS i ",
        "ON i.merchant_id = m.merchant_id AND i.mode IN (0, 1) AND i.ref_id = ?1 ",
        "CROSS JOIN orders AS o INDEXED BY orders_of_inquiry ON o.inquiry_id = i.inquiry_id ",
        "UNION ALL ",
        "SELECT o.order_id FROM merchants AS m CROSS JOIN orders AS o INDEXED BY orders_without_inquiry ",
        "ON o.merchant_id = m.merchant_id AND o.mode IN (0, 1) AND o.ref_id = ?1 AND o.inquiry_id IS NULL",
        ") ORDER BY order_id"
    );
    statements.list(sql, [ref_id.as_str()], row_of)
}

/// Orders that fit a filter, newest first. The narrowest index is named, so that no plan depends on guesses about the data.
pub fn filtered(statements: &Statements<'_>, filter: &OrderFilter, limit: u32) -> Result<Vec<Order>, StoreError> {
    let sql = if filter.on_desk {
        select!(
            "INDEXED BY orders_on_desk WHERE desk IS NOT NULL AND (?1 IS NULL OR merchant_id = ?1) ",
            "AND (?2 IS NULL OR status = ?2) ORDER BY order_id DESC LIMIT ?3"
        )
    } else if filter.status == Some(OrderStatus::Pending) {
        concat!(
            "SELECT ",
            columns!(),
            " FROM orders WHERE ",
            may_be_pending!(),
            " AND status = 0 AND (?1 IS NULL OR merchant_id = ?1) AND ?2 = 0 ORDER BY order_id DESC LIMIT ?3"
        )
    } else if filter.merchant_id.is_some() {
        // The indexes by reference have the merchant's order numbers, unsorted: they are sorted first, and only then are rows read.
        select!(
            "WHERE order_id IN (",
            "SELECT own.order_id FROM inquiries AS i CROSS JOIN orders AS own INDEXED BY orders_of_inquiry ",
            "ON own.inquiry_id = i.inquiry_id WHERE i.merchant_id = ?1 AND i.mode IN (0, 1) ",
            "UNION ALL ",
            "SELECT own.order_id FROM orders AS own INDEXED BY orders_without_inquiry ",
            "WHERE own.merchant_id = ?1 AND own.mode IN (0, 1) AND own.inquiry_id IS NULL) ",
            "AND (?2 IS NULL OR status = ?2) ORDER BY order_id DESC LIMIT ?3"
        )
    } else {
        select!("WHERE ?1 IS NULL AND (?2 IS NULL OR status = ?2) ORDER BY order_id DESC LIMIT ?3")
    };
    let params = params![filter.merchant_id.map(|merchant| merchant.0), filter.status.map(OrderStatus::code), limit];
    statements.list(sql, params, row_of)
}

/// How many are pending.
pub fn count_pending(statements: &Statements<'_>) -> Result<u64, StoreError> {
    let sql = concat!("SELECT count(*) FROM orders WHERE ", may_be_pending!(), " AND status = 0");
    let count: Option<i64> = statements.find(sql, [], |row| Ok(row.get(0)?))?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}

/// Orders in the order of their numbers.
pub fn after(statements: &Statements<'_>, after: OrderId, limit: u32) -> Result<Vec<Order>, StoreError> {
    let sql = select!("WHERE order_id > ?1 ORDER BY order_id LIMIT ?2");
    statements.list(sql, params![after.0, limit], row_of)
}

/// The highest number of an order, or 0.
pub fn highest_id(statements: &Statements<'_>) -> Result<i64, StoreError> {
    let highest = statements.find("SELECT max(order_id) FROM orders", [], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(highest.flatten().unwrap_or(0))
}
