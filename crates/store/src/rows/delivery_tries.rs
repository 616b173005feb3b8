//! Table `delivery_tries`: the log of deliveries.

use domain::delivery_try::DeliveryTry;
use domain::dispatch::DispatchKey;
use domain::id::{EndpointId, MerchantId, OrderId};
use domain::time::Timestamp;

use crate::StoreError;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Bytes, Integer, Text};
use crate::rows::{Kept, Layout, Sink, duration_us, put};

impl Kept for DeliveryTry {
    const LAYOUT: Layout = Layout {
        table: Table { name: "delivery_tries", key_columns: 4 },
        columns: &[
            ("order_id", Integer),
            ("endpoint_id", Integer),
            ("event", Integer),
            ("number", Integer),
            ("merchant_id", Integer),
            ("began_at", Integer),
            ("took_us", Integer),
            ("status", Integer),
            ("answer", Bytes),
            ("fault", Text),
            ("next_at", Integer),
        ],
        key: &["merchant_id", "order_id", "endpoint_id", "event", "number"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(
            row,
            self.key.order_id.0,
            self.endpoint_id.0,
            self.event,
            self.number,
            self.key.merchant_id.0,
            self.began_at.micros(),
            duration_us(self.took),
            self.status,
            &*self.answer,
            self.fault,
            self.next_at.map(Timestamp::micros)
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        let order_id = OrderId(fields.integer("order_id")?);
        let endpoint_id = EndpointId(fields.integer("endpoint_id")?);
        let event = fields.integer("event")?;
        let number = fields.integer("number")?;
        Ok(Self {
            key: DispatchKey { merchant_id: MerchantId(fields.integer("merchant_id")?), order_id },
            endpoint_id,
            event,
            number,
            began_at: fields.moment("began_at")?,
            took: fields.duration("took_us")?,
            status: fields.optional_integer("status")?,
            answer: fields.bytes("answer")?,
            fault: fields.optional_text("fault")?,
            next_at: fields.optional_moment("next_at")?,
        })
    }
}
