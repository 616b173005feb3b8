//! Table `deliveries`: which event is meant for which endpoint. A dispatch is all rows of an order.

use domain::dispatch::{Delivery, DispatchKey};
use domain::id::{EndpointId, MerchantId, OrderId};
use domain::time::Timestamp;

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::Integer;
use crate::rows::{Kept, KeptKey, Layout, Sink, put};

/// One delivery of a dispatch.
#[derive(Debug)]
pub struct DeliveryRow {
    /// Of which dispatch.
    pub key: DispatchKey,
    /// How far it has come.
    pub delivery: Delivery,
}

impl KeptKey for DispatchKey {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.merchant_id.0, self.order_id.0);
    }
}

impl Kept for DeliveryRow {
    const LAYOUT: Layout = Layout {
        table: Table { name: "deliveries", key_columns: 3 },
        columns: &[
            ("order_id", Integer),
            ("endpoint_id", Integer),
            ("event", Integer),
            ("merchant_id", Integer),
            ("state", Integer),
            ("tries", Integer),
            ("tries_on_schedule", Integer),
            ("first_tried_at", Integer),
            ("next_at", Integer),
            ("updated_at", Integer),
        ],
        key: &["merchant_id", "order_id", "endpoint_id", "event"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        let delivery = &self.delivery;
        put!(
            row,
            self.key.order_id.0,
            delivery.endpoint_id.0,
            delivery.event,
            self.key.merchant_id.0,
            delivery.state.code(),
            delivery.tries,
            delivery.tries_on_schedule,
            delivery.first_tried_at.map(Timestamp::micros),
            delivery.next_at.map(Timestamp::micros),
            delivery.updated_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        let order_id = OrderId(fields.integer("order_id")?);
        let endpoint_id = EndpointId(fields.integer("endpoint_id")?);
        let event = fields.integer("event")?;
        let key = DispatchKey { merchant_id: MerchantId(fields.integer("merchant_id")?), order_id };
        let delivery = Delivery {
            endpoint_id,
            event,
            state: fields.coded("state")?,
            tries: fields.integer("tries")?,
            tries_on_schedule: fields.integer("tries_on_schedule")?,
            first_tried_at: fields.optional_moment("first_tried_at")?,
            next_at: fields.optional_moment("next_at")?,
            updated_at: fields.moment("updated_at")?,
        };
        Ok(Self { key, delivery })
    }
}
