//! Table `orders`.

use std::sync::Arc;

use domain::bill::{BillKey, BillScope};
use domain::duplicate::DuplicateKey;
use domain::id::{CustomerNo, MerchantId, Mode, OrderId, ProductCode, RefId, RefKey};
use domain::order::{Claim, Cost, DeskReason, Order, OrderStatus};
use domain::time::Timestamp;
use rusqlite::{Row, params};

use crate::codes::Coded;
use crate::sqlite::fields::{Fields, Table};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;
use crate::{OrderFilter, StoreError};

const TABLE: Table = Table { name: "orders", key_columns: 1 };

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
        match statements.find(of_inquiry, key, decode)? {
            None => statements.find(without_inquiry, key, decode),
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
        let (claim_scope, claim_group, claim_number) = match &self.claim {
            Claim::Bill(bill) => (Some(bill.scope.code()), Some(&bill.group), &bill.number),
            Claim::Purchase(purchase) => {
                if *purchase != purchase_key(self, &purchase.number) {
                    return Err(StoreError::Engine("an order claims a purchase that isn't its own".to_owned()));
                }
                (None, None, &purchase.number)
            }
        };
        let params = params![
            self.order_id.0,
            self.key.merchant_id.0,
            self.key.mode.code(),
            self.key.ref_id.as_str(),
            self.kind.code(),
            self.product_code.as_str(),
            self.product_name,
            self.customer_no.as_str(),
            claim_scope,
            claim_group,
            claim_number,
            self.amount.get(),
            self.quoted_cost.get(),
            self.cost.map(|cost| cost.amount.get()),
            self.cost.map(|cost| cost.is_stated),
            self.status.code(),
            self.sn,
            self.desc,
            self.attempts,
            self.desk.map(DeskReason::code),
            self.decided.map(DeskReason::code),
            self.is_borne,
            self.created_at.micros(),
            self.updated_at.micros(),
            self.refunded_at.map(Timestamp::micros),
        ];
        statements.write(sql, params)
    }
}

/// The order with this number.
pub fn by_id(statements: &Statements<'_>, order_id: OrderId) -> Result<Option<Order>, StoreError> {
    statements.find(select!("WHERE order_id = ?1"), [order_id.0], decode)
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
    statements.list(sql, [ref_id.as_str()], decode)
}

/// Orders that fit a filter, newest first. The narrowest index is named, so that no plan depends on guesses about the data.
pub fn filtered(statements: &Statements<'_>, filter: &OrderFilter, limit: u32) -> Result<Vec<Order>, StoreError> {
    let sql = if filter.on_desk {
        select!(
            "INDEXED BY orders_on_desk WHERE desk IS NOT NULL AND (?1 IS NULL OR merchant_id = ?1) ",
            "AND (?2 IS NULL OR status = ?2) ORDER BY order_id DESC LIMIT ?3"
        )
    } else if filter.status == Some(OrderStatus::Pending) {
        select!(
            "INDEXED BY orders_pending WHERE status = 0 AND (?1 IS NULL OR merchant_id = ?1) ",
            "AND ?2 = 0 ORDER BY order_id DESC LIMIT ?3"
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
    statements.list(sql, params, decode)
}

/// Orders in the order of their numbers.
pub fn after(statements: &Statements<'_>, after: OrderId, limit: u32) -> Result<Vec<Order>, StoreError> {
    let sql = select!("WHERE order_id > ?1 ORDER BY order_id LIMIT ?2");
    statements.list(sql, params![after.0, limit], decode)
}

/// The highest number of an order, or 0.
pub fn highest_id(statements: &Statements<'_>) -> Result<i64, StoreError> {
    let highest = statements.find("SELECT max(order_id) FROM orders", [], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(highest.flatten().unwrap_or(0))
}

fn decode(row: &Row<'_>) -> Result<Order, StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    let order_id = OrderId(fields.integer("order_id")?);
    let key = RefKey {
        merchant_id: MerchantId(fields.integer("merchant_id")?),
        mode: fields.coded::<Mode>("mode")?,
        ref_id: fields.parsed("ref_id", RefId::parse)?,
    };
    let kind = fields.coded("kind")?;
    let product_code = fields.parsed("product_code", ProductCode::parse)?;
    let product_name = fields.text("product_name")?;
    let customer_no = fields.parsed("customer_no", CustomerNo::parse)?;
    let claim = claim(&mut fields, &key, &product_code)?;
    Ok(Order {
        key,
        order_id,
        kind,
        product_code,
        product_name,
        customer_no,
        claim,
        amount: fields.rupiah("amount")?,
        quoted_cost: fields.rupiah("quoted_cost")?,
        cost: cost(&mut fields)?,
        status: fields.coded("status")?,
        sn: fields.optional_text("sn")?,
        desc: fields.optional_text("details")?,
        attempts: fields.integer("attempts")?,
        desk: fields.optional_coded("desk")?,
        decided: fields.optional_coded("decided")?,
        is_borne: fields.flag("is_borne")?,
        created_at: fields.moment("created_at")?,
        updated_at: fields.moment("updated_at")?,
        refunded_at: fields.optional_moment("refunded_at")?,
    })
}

fn claim(fields: &mut Fields<'_>, key: &RefKey, product_code: &ProductCode) -> Result<Claim, StoreError> {
    let scope = fields.optional_coded::<BillScope>("claim_scope")?;
    let group = fields.optional_text("claim_group")?;
    let number = fields.text("claim_number")?;
    match (scope, group) {
        (Some(scope), Some(group)) => Ok(Claim::Bill(BillKey { scope, group, number })),
        (None, None) => Ok(Claim::Purchase(DuplicateKey {
            merchant_id: key.merchant_id,
            mode: key.mode,
            product_code: product_code.clone(),
            number,
        })),
        _ => Err(fields.corrupt("claim_group")),
    }
}

fn cost(fields: &mut Fields<'_>) -> Result<Option<Cost>, StoreError> {
    match (fields.optional_rupiah("cost")?, fields.optional_flag("cost_is_stated")?) {
        (None, None) => Ok(None),
        (Some(amount), Some(is_stated)) => Ok(Some(Cost { amount, is_stated })),
        _ => Err(fields.corrupt("cost_is_stated")),
    }
}

/// The claim that an order for a purchase makes: all but the normalised number is the order's own.
fn purchase_key(order: &Order, number: &Arc<str>) -> DuplicateKey {
    DuplicateKey {
        merchant_id: order.key.merchant_id,
        mode: order.key.mode,
        product_code: order.product_code.clone(),
        number: number.clone(),
    }
}
