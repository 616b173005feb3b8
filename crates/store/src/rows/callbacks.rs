//! Table `callbacks`: what suppliers told unasked, as it came.

use domain::callback::Callback;
use domain::id::{OrderId, SupplierName};

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Bytes, Integer, Text};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Callback {
    const LAYOUT: Layout = Layout {
        table: Table { name: "callbacks", key_columns: 1 },
        columns: &[
            ("callback_id", Integer),
            ("supplier", Text),
            ("address", Text),
            ("headers", Text),
            ("body", Bytes),
            ("verdict", Integer),
            ("order_id", Integer),
            ("received_at", Integer),
            ("updated_at", Integer),
        ],
        key: &["callback_id"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(
            row,
            self.callback_id,
            self.supplier.as_str(),
            self.address,
            self.headers,
            &*self.body,
            self.verdict.code(),
            self.order_id.map(|order_id| order_id.0),
            self.received_at.micros(),
            self.updated_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            callback_id: fields.integer("callback_id")?,
            supplier: fields.parsed("supplier", SupplierName::parse)?,
            address: fields.text("address")?,
            headers: fields.text("headers")?,
            body: fields.bytes("body")?,
            verdict: fields.coded("verdict")?,
            order_id: fields.optional_integer("order_id")?.map(OrderId),
            received_at: fields.moment("received_at")?,
            updated_at: fields.moment("updated_at")?,
        })
    }
}
