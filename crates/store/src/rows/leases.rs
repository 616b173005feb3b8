//! Table `leases`: which node does what only one may do at a time.

use domain::id::NodeId;
use domain::lease::Lease;

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Bytes, Integer};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Lease {
    const LAYOUT: Layout = Layout {
        table: Table { name: "leases", key_columns: 1 },
        columns: &[("work", Integer), ("holder", Bytes), ("beat", Integer), ("updated_at", Integer)],
        key: &["work"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        let holder = self.holder.map(|NodeId(bytes)| bytes);
        put!(row, self.work.code(), holder.as_ref().map(<[u8; 16]>::as_slice), self.beat, self.updated_at.micros());
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            work: fields.coded("work")?,
            holder: fields.optional_sixteen_bytes("holder")?.map(NodeId),
            beat: fields.integer("beat")?,
            updated_at: fields.moment("updated_at")?,
        })
    }
}
