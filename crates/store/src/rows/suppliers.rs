//! Table `suppliers`: how they are spoken to.

use domain::id::SupplierName;
use domain::merchant::Sealed;
use domain::money::Rupiah;
use domain::supplier::SupplierProfile;

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table, lines};
use crate::rows::Kind::{Bytes, Flag, Integer, Text};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for SupplierProfile {
    const LAYOUT: Layout = Layout {
        table: Table { name: "suppliers", key_columns: 1 },
        columns: &[
            ("name", Text),
            ("kind", Integer),
            ("url", Text),
            ("user", Text),
            ("key", Bytes),
            ("secret", Bytes),
            ("is_testing", Flag),
            ("can_be_asked", Flag),
            ("state", Integer),
            ("max_in_flight", Integer),
            ("callback_networks", Text),
            ("low_balance", Integer),
            ("reroute_codes", Text),
            ("created_at", Integer),
            ("updated_at", Integer),
        ],
        key: &["name"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(
            row,
            self.name.as_str(),
            self.kind.code(),
            self.url,
            self.user,
            &*self.key.0,
            self.secret.as_ref().map(|secret| &*secret.0),
            self.is_testing,
            self.can_be_asked,
            self.state.code(),
            self.max_in_flight,
            lines(&self.callback_networks)?,
            self.low_balance.map(Rupiah::get),
            lines(&self.reroute_codes)?,
            self.created_at.micros(),
            self.updated_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            name: fields.parsed("name", SupplierName::parse)?,
            kind: fields.coded("kind")?,
            url: fields.optional_text("url")?,
            user: fields.text("user")?,
            key: Sealed(fields.bytes("key")?),
            secret: fields.optional_bytes("secret")?.map(Sealed),
            is_testing: fields.flag("is_testing")?,
            can_be_asked: fields.flag("can_be_asked")?,
            state: fields.coded("state")?,
            max_in_flight: fields.integer("max_in_flight")?,
            callback_networks: fields.lines("callback_networks")?,
            low_balance: fields.optional_rupiah("low_balance")?,
            reroute_codes: fields.lines("reroute_codes")?,
            created_at: fields.moment("created_at")?,
            updated_at: fields.moment("updated_at")?,
        })
    }
}
