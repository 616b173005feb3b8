//! Table `bills`: the claims on them.

use domain::bill::{Bill, BillKey, PaidBill};
use domain::id::{MerchantId, OrderId};
use domain::money::Rupiah;
use domain::time::Timestamp;

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table, lines};
use crate::rows::Kind::{Integer, Text};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Bill {
    const LAYOUT: Layout = Layout {
        table: Table { name: "bills", key_columns: 3 },
        columns: &[
            ("scope", Integer),
            ("bill_group", Text),
            ("number", Text),
            ("pending_merchant_id", Integer),
            ("pending_order_id", Integer),
            ("contradictions", Integer),
            ("successes", Integer),
            ("recently_paid", Text),
            ("updated_at", Integer),
        ],
        key: &["scope", "bill_group", "number"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        let paid: Vec<String> = self.recently_paid.iter().map(line_of).collect();
        put!(
            row,
            self.key.scope.code(),
            self.key.group,
            self.key.number,
            self.pending.map(|(merchant_id, _)| merchant_id.0),
            self.pending.map(|(_, order_id)| order_id.0),
            self.contradictions,
            self.successes,
            lines(&paid)?,
            self.updated_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            key: decode_key(fields)?,
            pending: pending(fields)?,
            contradictions: fields.integer("contradictions")?,
            successes: fields.integer("successes")?,
            recently_paid: recently_paid(fields)?,
            updated_at: fields.moment("updated_at")?,
        })
    }
}

fn decode_key<R: Cells>(fields: &mut Fields<'_, R>) -> Result<BillKey, StoreError> {
    Ok(BillKey { scope: fields.coded("scope")?, group: fields.text("bill_group")?, number: fields.text("number")? })
}

fn pending<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Option<(MerchantId, OrderId)>, StoreError> {
    match (fields.optional_integer("pending_merchant_id")?, fields.optional_integer("pending_order_id")?) {
        (None, None) => Ok(None),
        (Some(merchant_id), Some(order_id)) => Ok(Some((MerchantId(merchant_id), OrderId(order_id)))),
        _ => Err(fields.corrupt("pending_order_id")),
    }
}

fn recently_paid<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Vec<PaidBill>, StoreError> {
    let lines = fields.lines("recently_paid")?;
    lines.iter().map(|line| read_line(line).ok_or_else(|| fields.corrupt("recently_paid"))).collect()
}

fn line_of(paid: &PaidBill) -> String {
    format!("{} {} {} {}", paid.until.micros(), paid.order_id.0, paid.tagihan.get(), paid.periods)
}

fn read_line(line: &str) -> Option<PaidBill> {
    let (until, rest) = line.split_once(' ')?;
    let (order_id, rest) = rest.split_once(' ')?;
    let (tagihan, periods) = rest.split_once(' ')?;
    Some(PaidBill {
        order_id: OrderId(order_id.parse().ok()?),
        tagihan: Rupiah::new(tagihan.parse().ok()?)?,
        periods: periods.into(),
        until: Timestamp::from_micros(until.parse().ok()?),
    })
}
