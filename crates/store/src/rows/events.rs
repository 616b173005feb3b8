//! Table `events`: what merchants are told, as it is sent.

use domain::event::Event;
use domain::id::{MerchantId, OrderId};

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Bytes, Integer};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Event {
    const LAYOUT: Layout = Layout {
        table: Table { name: "events", key_columns: 2 },
        columns: &[
            ("merchant_id", Integer),
            ("number", Integer),
            ("order_id", Integer),
            ("kind", Integer),
            ("body", Bytes),
            ("created_at", Integer),
        ],
        key: &["merchant_id", "number"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(
            row,
            self.merchant_id.0,
            self.number,
            self.order_id.0,
            self.kind.code(),
            &*self.body,
            self.created_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            merchant_id: MerchantId(fields.integer("merchant_id")?),
            number: fields.integer("number")?,
            order_id: OrderId(fields.integer("order_id")?),
            kind: fields.coded("kind")?,
            body: fields.bytes("body")?,
            created_at: fields.moment("created_at")?,
        })
    }
}
