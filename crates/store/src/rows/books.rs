//! Table `books`: one row a merchant, the hottest of all.

use domain::id::MerchantId;
use domain::ledger::Book;

use crate::StoreError;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Flag, Integer};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Book {
    const LAYOUT: Layout = Layout {
        table: Table { name: "books", key_columns: 1 },
        columns: &[
            ("merchant_id", Integer),
            ("available", Integer),
            ("held", Integer),
            ("credit_limit", Integer),
            ("is_suspended", Flag),
            ("mutations", Integer),
            ("is_told", Flag),
            ("events", Integer),
            ("updated_at", Integer),
        ],
        key: &["merchant_id"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(
            row,
            self.merchant_id.0,
            self.available.get(),
            self.held.get(),
            self.credit_limit.get(),
            self.is_suspended,
            self.mutations,
            self.is_told,
            self.events,
            self.updated_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            merchant_id: MerchantId(fields.integer("merchant_id")?),
            available: fields.rupiah("available")?,
            held: fields.rupiah("held")?,
            credit_limit: fields.rupiah("credit_limit")?,
            is_suspended: fields.flag("is_suspended")?,
            mutations: fields.integer("mutations")?,
            is_told: fields.flag("is_told")?,
            events: fields.integer("events")?,
            updated_at: fields.moment("updated_at")?,
        })
    }
}
