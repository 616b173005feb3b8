//! Table `revisions`: how often the lists have changed that nodes keep in memory.

use domain::revision::Revision;

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::Integer;
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Revision {
    const LAYOUT: Layout = Layout {
        table: Table { name: "revisions", key_columns: 1 },
        columns: &[("listing", Integer), ("number", Integer), ("updated_at", Integer)],
        key: &["listing"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(row, self.listing.code(), self.number, self.updated_at.micros());
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            listing: fields.coded("listing")?,
            number: fields.integer("number")?,
            updated_at: fields.moment("updated_at")?,
        })
    }
}
