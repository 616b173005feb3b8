//! Table `vouchers`: deposits and adjustments.

use domain::id::{CauseId, MerchantId, VoucherRef};
use domain::voucher::{Voucher, VoucherKey};

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Integer, Text};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Voucher {
    const LAYOUT: Layout = Layout {
        table: Table { name: "vouchers", key_columns: 1 },
        columns: &[
            ("cause_id", Integer),
            ("merchant_id", Integer),
            ("reference", Text),
            ("kind", Integer),
            ("amount", Integer),
            ("note", Text),
            ("created_at", Integer),
        ],
        key: &["merchant_id", "reference"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(
            row,
            self.cause_id.0,
            self.key.merchant_id.0,
            self.key.reference.as_str(),
            self.kind.code(),
            self.amount.get(),
            self.note,
            self.created_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        let cause_id = CauseId(fields.integer("cause_id")?);
        Ok(Self {
            key: VoucherKey {
                merchant_id: MerchantId(fields.integer("merchant_id")?),
                reference: fields.parsed("reference", VoucherRef::parse)?,
            },
            cause_id,
            kind: fields.coded("kind")?,
            amount: fields.rupiah("amount")?,
            note: fields.text("note")?,
            created_at: fields.moment("created_at")?,
        })
    }
}
