//! Table `suppliers`: how they are spoken to.

use domain::id::SupplierName;
use domain::supplier::SupplierProfile;

use crate::StoreError;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! columns {
    () => {
        "name, kind, url, user, key, secret, is_testing, can_be_asked, state, max_in_flight, callback_networks, low_balance, reroute_codes, \
         created_at, updated_at"
    };
}

impl Stored for SupplierProfile {
    fn load(statements: &Statements<'_>, key: &SupplierName) -> Result<Option<Self>, StoreError> {
        let sql = concat!("SELECT ", columns!(), " FROM suppliers WHERE name = ?1");
        statements.find(sql, [key.as_str()], row_of)
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
        statements.save(sql, self)
    }
}

/// All of them, by name.
pub fn all(statements: &Statements<'_>) -> Result<Vec<SupplierProfile>, StoreError> {
    statements.list(concat!("SELECT ", columns!(), " FROM suppliers ORDER BY name"), [], row_of)
}
