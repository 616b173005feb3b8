//! Table `exchanges`: what was said about attempts, word for word.

use domain::attempt::AttemptKey;
use domain::exchange::{Exchange, Words};
use domain::id::{MerchantId, OrderId};

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Integer, Text};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Exchange {
    const LAYOUT: Layout = Layout {
        table: Table { name: "exchanges", key_columns: 3 },
        columns: &[
            ("order_id", Integer),
            ("attempt", Integer),
            ("number", Integer),
            ("merchant_id", Integer),
            ("source", Integer),
            ("call", Text),
            ("request", Text),
            ("status", Integer),
            ("answer", Text),
            ("recorded_at", Integer),
        ],
        key: &["merchant_id", "order_id", "attempt", "number"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(
            row,
            self.attempt.order_id.0,
            self.attempt.number,
            self.number,
            self.attempt.merchant_id.0,
            self.source.code(),
            self.words.call,
            self.words.request,
            self.words.status,
            self.words.answer,
            self.recorded_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        let order_id = OrderId(fields.integer("order_id")?);
        let attempt = fields.integer("attempt")?;
        let number = fields.integer("number")?;
        Ok(Self {
            attempt: AttemptKey { merchant_id: MerchantId(fields.integer("merchant_id")?), order_id, number: attempt },
            number,
            source: fields.coded("source")?,
            words: Words {
                call: fields.text("call")?,
                request: fields.text("request")?,
                status: fields.optional_integer("status")?,
                answer: fields.text("answer")?,
            },
            recorded_at: fields.moment("recorded_at")?,
        })
    }
}
