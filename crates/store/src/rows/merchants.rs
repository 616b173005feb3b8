//! Table `merchants`: profiles and sealed keys.

use domain::id::{ApiId, MerchantId, Tier};
use domain::merchant::{Merchant, PreviousKeys, Sealed, SealedKeys};

use crate::StoreError;
use crate::fields::{Cells, Fields, Table, lines};
use crate::rows::Kind::{Bytes, Flag, Integer, Text};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Merchant {
    const LAYOUT: Layout = Layout {
        table: Table { name: "merchants", key_columns: 1 },
        columns: &[
            ("merchant_id", Integer),
            ("name", Text),
            ("api_id", Text),
            ("api_key", Bytes),
            ("secret_key", Bytes),
            ("previous_api_key", Bytes),
            ("previous_secret_key", Bytes),
            ("previous_valid_until", Integer),
            ("allowed_networks", Text),
            ("signs_with_previous", Flag),
            ("rate_per_second", Integer),
            ("tier", Text),
            ("created_at", Integer),
            ("updated_at", Integer),
        ],
        key: &["merchant_id"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        let previous = self.previous_keys.as_ref();
        put!(
            row,
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
            self.updated_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            merchant_id: MerchantId(fields.integer("merchant_id")?),
            name: fields.text("name")?,
            api_id: fields.parsed("api_id", ApiId::parse)?,
            keys: SealedKeys {
                api_key: Sealed(fields.bytes("api_key")?),
                secret_key: Sealed(fields.bytes("secret_key")?),
            },
            previous_keys: previous_keys(fields)?,
            allowed_networks: fields.lines("allowed_networks")?,
            signs_with_previous: fields.flag("signs_with_previous")?,
            rate_per_second: fields.optional_integer("rate_per_second")?,
            tier: fields.optional_parsed("tier", Tier::parse)?,
            created_at: fields.moment("created_at")?,
            updated_at: fields.moment("updated_at")?,
        })
    }
}

fn previous_keys<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Option<PreviousKeys>, StoreError> {
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
