//! Table `merchants`: profiles and sealed keys.

use domain::id::MerchantId;
use domain::merchant::Merchant;

use crate::StoreError;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

macro_rules! columns {
    () => {
        "merchant_id, name, api_id, api_key, secret_key, previous_api_key, previous_secret_key, previous_valid_until, \
         allowed_networks, signs_with_previous, rate_per_second, tier, created_at, updated_at"
    };
}

impl Stored for Merchant {
    fn load(statements: &Statements<'_>, key: &MerchantId) -> Result<Option<Self>, StoreError> {
        statements.find(concat!("SELECT ", columns!(), " FROM merchants WHERE merchant_id = ?1"), [key.0], row_of)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE merchants SET name = ?2, api_id = ?3, api_key = ?4, secret_key = ?5, previous_api_key = ?6, \
             previous_secret_key = ?7, previous_valid_until = ?8, allowed_networks = ?9, signs_with_previous = ?10, \
             rate_per_second = ?11, tier = ?12, created_at = ?13, updated_at = ?14 WHERE merchant_id = ?1"
        } else {
            concat!(
                "INSERT INTO merchants (",
                columns!(),
                ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
            )
        };
        statements.save(sql, self)
    }
}

/// Every merchant, by number.
pub fn all(statements: &Statements<'_>) -> Result<Vec<Merchant>, StoreError> {
    statements.list(concat!("SELECT ", columns!(), " FROM merchants ORDER BY merchant_id"), [], row_of)
}
