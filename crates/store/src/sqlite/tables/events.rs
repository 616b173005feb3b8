//! Table `events`: what merchants are told, as it is sent.

use domain::event::Event;
use domain::id::MerchantId;
use domain::time::Timestamp;
use rusqlite::params;

use crate::StoreError;
use crate::fields::Fields;
use crate::mutation_pages::first_number;
use crate::rows::Kept;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;

macro_rules! columns {
    () => {
        "merchant_id, number, order_id, kind, body, created_at"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM events ", $rest)
    };
}

/// Adds an event; a [`StoreError::Conflict`] if its number is taken.
pub fn insert(statements: &Statements<'_>, event: &Event) -> Result<(), StoreError> {
    statements.save(concat!("INSERT INTO events (", columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6)"), event)
}

/// The one with that number.
pub fn numbered(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    number: i64,
) -> Result<Option<Event>, StoreError> {
    statements.find(select!("WHERE merchant_id = ?1 AND number = ?2"), [merchant_id.0, number], row_of)
}

/// A merchant's with numbers above `after` that happened at `since` or later, by number.
pub fn after(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    after: i64,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Event>, StoreError> {
    let sql = select!("WHERE merchant_id = ?1 AND number > ?2 ORDER BY number LIMIT ?3");
    let page = |after: i64| statements.list(sql, params![merchant_id.0, after, limit], row_of);
    let next = after.saturating_add(1);
    // Most ask from the beginning, or for the page after one that they have.
    if since == Timestamp::default() || happened_at(statements, merchant_id, next)?.is_some_and(|at| at >= since) {
        return page(after);
    }
    let newest = statements.find("SELECT max(number) FROM events WHERE merchant_id = ?1", [merchant_id.0], |row| {
        Ok(row.get::<_, Option<i64>>(0)?)
    })?;
    // What is forgotten already happened before all that is kept.
    let is_behind = |number| Ok(happened_at(statements, merchant_id, number)?.is_some_and(|at| at >= since));
    let first = first_number(next..=newest.flatten().unwrap_or(0), is_behind)?;
    page(first.saturating_sub(1))
}

fn happened_at(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    number: i64,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT merchant_id, number, created_at FROM events WHERE merchant_id = ?1 AND number = ?2";
    statements.find(sql, [merchant_id.0, number], |row| {
        let mut fields = Fields::of(const { &Event::LAYOUT.table }, row);
        fields.integer::<i64>("merchant_id")?;
        fields.integer::<i64>("number")?;
        fields.moment("created_at")
    })
}

/// A merchant's with numbers below `before`, newest first.
pub fn before(
    statements: &Statements<'_>,
    merchant_id: MerchantId,
    before: i64,
    limit: u32,
) -> Result<Vec<Event>, StoreError> {
    let sql = select!("WHERE merchant_id = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3");
    statements.list(sql, params![merchant_id.0, before, limit], row_of)
}

/// Forgets the oldest that happened before a moment, with all that was said about them. Rows stand in the order in which they were made.
pub fn forget(statements: &Statements<'_>, before: Timestamp, limit: u32) -> Result<u32, StoreError> {
    let sql = "SELECT rowid, number, order_id, created_at FROM events ORDER BY rowid LIMIT ?1";
    let oldest = statements.list(sql, [limit], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
    })?;
    let mut forgotten = 0;
    for (rowid, number, order_id, created_at) in oldest {
        if created_at >= before.micros() {
            break;
        }
        let of_event = [order_id, number];
        let tries = "DELETE FROM delivery_tries WHERE order_id = ?1 AND event = ?2";
        statements.change(tries, of_event)?;
        let deliveries = "DELETE FROM deliveries WHERE order_id = ?1 AND event = ?2";
        statements.change(deliveries, of_event)?;
        statements.write("DELETE FROM events WHERE rowid = ?1", [rowid])?;
        forgotten += 1;
    }
    Ok(forgotten)
}
