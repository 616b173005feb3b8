//! Table `attempts`.

use domain::attempt::{Attempt, AttemptKey};
use domain::id::{MerchantId, OrderId, SupplierName, SupplierRef};
use domain::product::Route;
use domain::time::Timestamp;

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Flag, Integer, Text};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Attempt {
    const LAYOUT: Layout = Layout {
        table: Table { name: "attempts", key_columns: 2 },
        columns: &[
            ("order_id", Integer),
            ("number", Integer),
            ("merchant_id", Integer),
            ("supplier", Text),
            ("sku", Text),
            ("cost", Integer),
            ("supplier_ref", Text),
            ("token", Text),
            ("state", Integer),
            ("send_by", Integer),
            ("check_at", Integer),
            ("checks", Integer),
            ("may_have_arrived", Flag),
            ("exchanges", Integer),
            ("note", Text),
            ("created_at", Integer),
            ("updated_at", Integer),
        ],
        key: &["merchant_id", "order_id", "number"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        put!(
            row,
            self.key.order_id.0,
            self.key.number,
            self.key.merchant_id.0,
            self.route.supplier.as_str(),
            self.route.sku,
            self.route.cost.get(),
            self.supplier_ref.as_str(),
            self.token,
            self.state.code(),
            self.send_by.micros(),
            self.check_at.map(Timestamp::micros),
            self.checks,
            self.may_have_arrived,
            self.exchanges,
            self.note,
            self.created_at.micros(),
            self.updated_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        let order_id = OrderId(fields.integer("order_id")?);
        let number = fields.integer("number")?;
        Ok(Self {
            key: AttemptKey { merchant_id: MerchantId(fields.integer("merchant_id")?), order_id, number },
            route: Route {
                supplier: fields.parsed("supplier", SupplierName::parse)?,
                sku: fields.text("sku")?,
                cost: fields.rupiah("cost")?,
            },
            supplier_ref: fields.parsed("supplier_ref", SupplierRef::parse)?,
            token: fields.text("token")?,
            state: fields.coded("state")?,
            send_by: fields.moment("send_by")?,
            check_at: fields.optional_moment("check_at")?,
            checks: fields.integer("checks")?,
            may_have_arrived: fields.flag("may_have_arrived")?,
            exchanges: fields.integer("exchanges")?,
            note: fields.optional_text("note")?,
            created_at: fields.moment("created_at")?,
            updated_at: fields.moment("updated_at")?,
        })
    }
}
