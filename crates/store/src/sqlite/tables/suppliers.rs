//! Table `suppliers`: how they are spoken to.

use domain::id::SupplierName;
use domain::merchant::Sealed;
use domain::money::Rupiah;
use domain::supplier::SupplierProfile;
use rusqlite::{Row, params};

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::{Fields, Table, lines};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

const TABLE: Table = Table { name: "suppliers", key_columns: 1 };

macro_rules! columns {
    () => {
        "name, kind, url, user, key, secret, is_testing, can_be_asked, state, max_in_flight, callback_networks, low_balance, reroute_codes, \
         created_at, updated_at"
    };
}

impl Stored for SupplierProfile {
    fn load(statements: &Statements<'_>, key: &SupplierName) -> Result<Option<Self>, StoreError> {
        let sql = concat!("SELECT ", columns!(), " FROM suppliers WHERE name = ?1");
        statements.find(sql, [key.as_str()], decode)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE suppliers SET kind = ?2, url = ?3, user = ?4, key = ?5, secret = ?6, is_testing = ?7, can_be_asked = ?8, state = ?9, \
             max_in_flight = ?10, callback_networks = ?11, low_balance = ?12, reroute_codes = ?13, created_at = ?14, \
             updated_at = ?15 \
             WHERE name = ?1"
        } else {
            concat!(
                "INSERT INTO suppliers (",
                columns!(),
                ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
            )
        };
        let params = params![
            self.name.as_str(),
            self.kind.code(),
            self.url,
            self.user,
            &*self.key.0,
            self.secret.as_ref().map(|secret| &*secret.0),
            self.is_testing,
            self.can_be_asked,
            self.state.code(),
            self.max_in_flight,
            lines(&self.callback_networks)?,
            self.low_balance.map(Rupiah::get),
            lines(&self.reroute_codes)?,
            self.created_at.micros(),
            self.updated_at.micros(),
        ];
        statements.write(sql, params)
    }
}

/// All of them, by name.
pub fn all(statements: &Statements<'_>) -> Result<Vec<SupplierProfile>, StoreError> {
    statements.list(concat!("SELECT ", columns!(), " FROM suppliers ORDER BY name"), [], decode)
}

fn decode(row: &Row<'_>) -> Result<SupplierProfile, StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    Ok(SupplierProfile {
        name: fields.parsed("name", SupplierName::parse)?,
        kind: fields.coded("kind")?,
        url: fields.optional_text("url")?,
        user: fields.text("user")?,
        key: Sealed(fields.bytes("key")?),
        secret: fields.optional_bytes("secret")?.map(Sealed),
        is_testing: fields.flag("is_testing")?,
        can_be_asked: fields.flag("can_be_asked")?,
        state: fields.coded("state")?,
        max_in_flight: fields.integer("max_in_flight")?,
        callback_networks: fields.lines("callback_networks")?,
        low_balance: fields.optional_rupiah("low_balance")?,
        reroute_codes: fields.lines("reroute_codes")?,
        created_at: fields.moment("created_at")?,
        updated_at: fields.moment("updated_at")?,
    })
}
