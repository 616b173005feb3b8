//! Table `duplicate_guards`.

use domain::duplicate::{DuplicateGuard, DuplicateKey};
use domain::id::{MerchantId, ProductCode};
use domain::time::Timestamp;

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Integer, Text};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for DuplicateGuard {
    const LAYOUT: Layout = Layout {
        table: Table { name: "duplicate_guards", key_columns: 4 },
        columns: &[
            ("merchant_id", Integer),
            ("mode", Integer),
            ("product_code", Text),
            ("number", Text),
            ("pending", Integer),
            ("succeeded_at", Integer),
            ("updated_at", Integer),
        ],
        key: &["merchant_id", "mode", "product_code", "number"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(
            row,
            self.key.merchant_id.0,
            self.key.mode.code(),
            self.key.product_code.as_str(),
            self.key.number,
            self.pending,
            self.succeeded_at.map(Timestamp::micros),
            self.updated_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            key: DuplicateKey {
                merchant_id: MerchantId(fields.integer("merchant_id")?),
                mode: fields.coded("mode")?,
                product_code: fields.parsed("product_code", ProductCode::parse)?,
                number: fields.text("number")?,
            },
            pending: fields.integer("pending")?,
            succeeded_at: fields.optional_moment("succeeded_at")?,
            updated_at: fields.moment("updated_at")?,
        })
    }
}
