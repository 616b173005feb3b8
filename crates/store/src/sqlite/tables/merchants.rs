//! Table `merchants`: profiles and sealed keys.

use domain::id::{ApiId, MerchantId, Tier};
use domain::merchant::{Merchant, PreviousKeys, Sealed, SealedKeys};
use rusqlite::{Row, params};

use crate::StoreError;
use crate::sqlite::fields::{Fields, Table, lines};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

const TABLE: Table = Table { name: "merchants", key_columns: 1 };

macro_rules! columns {
    () => {
        "merchant_id, name, api_id, api_key, secret_key, previous_api_key, previous_secret_key, previous_valid_until, \
         allowed_networks, signs_with_previous, rate_per_second, tier, created_at, updated_at"
    };
}

impl Stored for Merchant {
    fn load(statements: &Statements<'_>, key: &MerchantId) -> Result<Option<Self>, StoreError> {
        statements.find(concat!("SELECT ", columns!(), " FROM merchants WHERE merchant_id = ?1"), [key.0], decode)
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
        let previous = self.previous_keys.as_ref();
        let params = params![
            self.merchant_id.0,
            self.name,
            self.api_id.as_str(),
            self.keys.api_key.0,
            self.keys.secret_key.0,
            previous.map(|previous| &previous.keys.api_key.0),
            previous.map(|previous| &previous.keys.secret_key.0),
            previous.map(|previous| previous.valid_until.micros()),
            lines(&self.allowed_networks)?,
            self.signs_with_previous,
            self.rate_per_second,
            self.tier.as_ref().map(Tier::as_str),
            self.created_at.micros(),
            self.updated_at.micros(),
        ];
        statements.write(sql, params)
    }
}

/// Every merchant, by number.
pub fn all(statements: &Statements<'_>) -> Result<Vec<Merchant>, StoreError> {
    statements.list(concat!("SELECT ", columns!(), " FROM merchants ORDER BY merchant_id"), [], decode)
}

fn decode(row: &Row<'_>) -> Result<Merchant, StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    Ok(Merchant {
        merchant_id: MerchantId(fields.integer("merchant_id")?),
        name: fields.text("name")?,
        api_id: fields.parsed("api_id", ApiId::parse)?,
        keys: SealedKeys { api_key: Sealed(fields.bytes("api_key")?), secret_key: Sealed(fields.bytes("secret_key")?) },
        previous_keys: previous_keys(&mut fields)?,
        allowed_networks: fields.lines("allowed_networks")?,
        signs_with_previous: fields.flag("signs_with_previous")?,
        rate_per_second: fields.optional_integer("rate_per_second")?,
        tier: fields.optional_parsed("tier", Tier::parse)?,
        created_at: fields.moment("created_at")?,
        updated_at: fields.moment("updated_at")?,
    })
}

fn previous_keys(fields: &mut Fields<'_>) -> Result<Option<PreviousKeys>, StoreError> {
    let api_key = fields.optional_bytes("previous_api_key")?;
    let secret_key = fields.optional_bytes("previous_secret_key")?;
    match (api_key, secret_key, fields.optional_moment("previous_valid_until")?) {
        (None, None, None) => Ok(None),
        (Some(api_key), Some(secret_key), Some(valid_until)) => {
            let keys = SealedKeys { api_key: Sealed(api_key), secret_key: Sealed(secret_key) };
            Ok(Some(PreviousKeys { keys, valid_until }))
        }
        _ => Err(fields.corrupt("previous_valid_until")),
    }
}
