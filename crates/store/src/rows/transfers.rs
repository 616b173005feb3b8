//! Table `transfers`: the ledger. Rows are only ever added.

use domain::id::{CauseId, MerchantId};
use domain::ledger::{Mutation, Transfer};

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::Integer;
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Transfer {
    const LAYOUT: Layout = Layout {
        table: Table { name: "transfers", key_columns: 3 },
        columns: &[
            ("cause_id", Integer),
            ("slot", Integer),
            ("leg", Integer),
            ("merchant_id", Integer),
            ("debit", Integer),
            ("credit", Integer),
            ("amount", Integer),
            ("created_at", Integer),
            ("mutation_number", Integer),
            ("balance_after", Integer),
        ],
        key: &["merchant_id", "cause_id", "slot", "leg"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(
            row,
            self.cause_id.0,
            self.slot.code(),
            self.leg,
            self.merchant_id.0,
            self.debit.code(),
            self.credit.code(),
            self.amount.get(),
            self.created_at.micros(),
            self.mutation.map(|mutation| mutation.number),
            self.mutation.map(|mutation| mutation.balance_after.get())
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            cause_id: CauseId(fields.integer("cause_id")?),
            slot: fields.coded("slot")?,
            leg: fields.integer("leg")?,
            merchant_id: MerchantId(fields.integer("merchant_id")?),
            debit: fields.coded("debit")?,
            credit: fields.coded("credit")?,
            amount: fields.rupiah("amount")?,
            created_at: fields.moment("created_at")?,
            mutation: mutation(fields)?,
        })
    }
}

fn mutation<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Option<Mutation>, StoreError> {
    match (fields.optional_integer("mutation_number")?, fields.optional_rupiah("balance_after")?) {
        (None, None) => Ok(None),
        (Some(number), Some(balance_after)) => Ok(Some(Mutation { number, balance_after })),
        _ => Err(fields.corrupt("balance_after")),
    }
}
