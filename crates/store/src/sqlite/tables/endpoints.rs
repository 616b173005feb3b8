//! Tables `endpoints` and `endpoint_headers`: where merchants are told of their orders.

use domain::endpoint::{Endpoint, Endpoints};
use domain::id::MerchantId;
use domain::row::Row as _;

use crate::StoreError;
use crate::rows::{EndpointRow, HeaderRow};
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! columns {
    () => {
        "endpoint_id, merchant_id, url, description, kinds, state, secret, previous_secret, previous_valid_until, \
         max_in_flight, rate_per_second, failing_since, failures_counted, failure_counted_at, created_at, updated_at"
    };
}

macro_rules! header_columns {
    () => {
        "merchant_id, endpoint_id, position, name, value"
    };
}

impl Stored for Endpoints {
    fn load(statements: &Statements<'_>, key: &MerchantId) -> Result<Option<Self>, StoreError> {
        let list = of_merchant(statements, *key)?;
        Ok((!list.is_empty()).then_some(Self { merchant_id: *key, list }))
    }

    /// A merchant has few, and they seldom change.
    fn save(&self, statements: &Statements<'_>, _is_stored: bool) -> Result<(), StoreError> {
        let merchant_id = self.key().0;
        statements.change("DELETE FROM endpoint_headers WHERE merchant_id = ?1", [merchant_id])?;
        statements.change("DELETE FROM endpoints WHERE merchant_id = ?1", [merchant_id])?;
        self.list.iter().try_for_each(|endpoint| insert(statements, self.merchant_id, endpoint))
    }
}

fn insert(statements: &Statements<'_>, merchant_id: MerchantId, endpoint: &Endpoint) -> Result<(), StoreError> {
    let sql = concat!(
        "INSERT INTO endpoints (",
        columns!(),
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
    );
    statements.save(sql, &EndpointRow { merchant_id, endpoint: endpoint.clone() })?;
    let sql = concat!("INSERT INTO endpoint_headers (", header_columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5)");
    for (position, header) in (0_i64..).zip(&endpoint.headers) {
        let endpoint_id = endpoint.endpoint_id;
        statements.save(sql, &HeaderRow { merchant_id, endpoint_id, position, header: header.clone() })?;
    }
    Ok(())
}

/// A merchant's, in the order in which they were added.
pub fn of_merchant(statements: &Statements<'_>, merchant_id: MerchantId) -> Result<Vec<Endpoint>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM endpoints WHERE merchant_id = ?1 ORDER BY endpoint_id");
    let rows: Vec<EndpointRow> = statements.list(sql, [merchant_id.0], row_of)?;
    rows.into_iter().map(|row| complete(statements, row.endpoint)).collect()
}

/// Everybody's, by merchant.
pub fn all(statements: &Statements<'_>) -> Result<Vec<Endpoints>, StoreError> {
    let sql = concat!("SELECT ", columns!(), " FROM endpoints ORDER BY merchant_id, endpoint_id");
    let mut all: Vec<Endpoints> = Vec::new();
    let rows: Vec<EndpointRow> = statements.list(sql, [], row_of)?;
    for EndpointRow { merchant_id, endpoint } in rows {
        let endpoint = complete(statements, endpoint)?;
        match all.last_mut().filter(|last| last.merchant_id == merchant_id) {
            Some(last) => last.list.push(endpoint),
            None => all.push(Endpoints { merchant_id, list: vec![endpoint] }),
        }
    }
    Ok(all)
}

/// The highest number of an endpoint, or 0.
pub fn highest_id(statements: &Statements<'_>) -> Result<i64, StoreError> {
    let highest =
        statements.find("SELECT max(endpoint_id) FROM endpoints", [], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(highest.flatten().unwrap_or(0))
}

/// With its headers.
fn complete(statements: &Statements<'_>, endpoint: Endpoint) -> Result<Endpoint, StoreError> {
    let sql = concat!("SELECT ", header_columns!(), " FROM endpoint_headers WHERE endpoint_id = ?1 ORDER BY position");
    let rows: Vec<HeaderRow> = statements.list(sql, [endpoint.endpoint_id.0], row_of)?;
    Ok(Endpoint { headers: rows.into_iter().map(|row| row.header).collect(), ..endpoint })
}
