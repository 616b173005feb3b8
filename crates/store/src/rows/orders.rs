//! Table `orders`.

use domain::bill::{BillKey, BillScope};
use domain::duplicate::DuplicateKey;
use domain::id::{CustomerNo, MerchantId, Mode, OrderId, ProductCode, RefId, RefKey};
use domain::order::{Claim, Cost, DeskReason, Order};
use domain::time::Timestamp;
use std::sync::Arc;

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Flag, Integer, Text};
use crate::rows::{Kept, Layout, Sink, put};

impl Kept for Order {
    const LAYOUT: Layout = Layout {
        table: Table { name: "orders", key_columns: 1 },
        columns: &[
            ("order_id", Integer),
            ("merchant_id", Integer),
            ("mode", Integer),
            ("ref_id", Text),
            ("kind", Integer),
            ("product_code", Text),
            ("product_name", Text),
            ("customer_no", Text),
            ("claim_scope", Integer),
            ("claim_group", Text),
            ("claim_number", Text),
            ("amount", Integer),
            ("quoted_cost", Integer),
            ("cost", Integer),
            ("cost_is_stated", Flag),
            ("status", Integer),
            ("sn", Text),
            ("details", Text),
            ("attempts", Integer),
            ("desk", Integer),
            ("decided", Integer),
            ("is_borne", Flag),
            ("created_at", Integer),
            ("updated_at", Integer),
            ("refunded_at", Integer),
        ],
        key: &["merchant_id", "mode", "ref_id"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        let (claim_scope, claim_group, claim_number) = match &self.claim {
            Claim::Bill(bill) => (Some(bill.scope.code()), Some(&bill.group), &bill.number),
            Claim::Purchase(purchase) => {
                if *purchase != purchase_key(self, &purchase.number) {
                    return Err(StoreError::Engine("an order claims a purchase that isn't its own".to_owned()));
                }
                (None, None, &purchase.number)
            }
        };
        put!(
            row,
            self.order_id.0,
            self.key.merchant_id.0,
            self.key.mode.code(),
            self.key.ref_id.as_str(),
            self.kind.code(),
            self.product_code.as_str(),
            self.product_name,
            self.customer_no.as_str(),
            claim_scope,
            claim_group,
            claim_number,
            self.amount.get(),
            self.quoted_cost.get(),
            self.cost.map(|cost| cost.amount.get()),
            self.cost.map(|cost| cost.is_stated),
            self.status.code(),
            self.sn,
            self.desc,
            self.attempts,
            self.desk.map(DeskReason::code),
            self.decided.map(DeskReason::code),
            self.is_borne,
            self.created_at.micros(),
            self.updated_at.micros(),
            self.refunded_at.map(Timestamp::micros)
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        let order_id = OrderId(fields.integer("order_id")?);
        let key = RefKey {
            merchant_id: MerchantId(fields.integer("merchant_id")?),
            mode: fields.coded::<Mode>("mode")?,
            ref_id: fields.parsed("ref_id", RefId::parse)?,
        };
        let kind = fields.coded("kind")?;
        let product_code = fields.parsed("product_code", ProductCode::parse)?;
        let product_name = fields.text("product_name")?;
        let customer_no = fields.parsed("customer_no", CustomerNo::parse)?;
        let claim = claim(fields, &key, &product_code)?;
        Ok(Self {
            key,
            order_id,
            kind,
            product_code,
            product_name,
            customer_no,
            claim,
            amount: fields.rupiah("amount")?,
            quoted_cost: fields.rupiah("quoted_cost")?,
            cost: cost(fields)?,
            status: fields.coded("status")?,
            sn: fields.optional_text("sn")?,
            desc: fields.optional_text("details")?,
            attempts: fields.integer("attempts")?,
            desk: fields.optional_coded("desk")?,
            decided: fields.optional_coded("decided")?,
            is_borne: fields.flag("is_borne")?,
            created_at: fields.moment("created_at")?,
            updated_at: fields.moment("updated_at")?,
            refunded_at: fields.optional_moment("refunded_at")?,
        })
    }
}

fn claim<R: Cells>(fields: &mut Fields<'_, R>, key: &RefKey, product_code: &ProductCode) -> Result<Claim, StoreError> {
    let scope = fields.optional_coded::<BillScope>("claim_scope")?;
    let group = fields.optional_text("claim_group")?;
    let number = fields.text("claim_number")?;
    match (scope, group) {
        (Some(scope), Some(group)) => Ok(Claim::Bill(BillKey { scope, group, number })),
        (None, None) => Ok(Claim::Purchase(DuplicateKey {
            merchant_id: key.merchant_id,
            mode: key.mode,
            product_code: product_code.clone(),
            number,
        })),
        _ => Err(fields.corrupt("claim_group")),
    }
}

fn cost<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Option<Cost>, StoreError> {
    match (fields.optional_rupiah("cost")?, fields.optional_flag("cost_is_stated")?) {
        (None, None) => Ok(None),
        (Some(amount), Some(is_stated)) => Ok(Some(Cost { amount, is_stated })),
        _ => Err(fields.corrupt("cost_is_stated")),
    }
}

/// The claim that an order for a purchase makes: all but the normalised number is the order's own.
fn purchase_key(order: &Order, number: &Arc<str>) -> DuplicateKey {
    DuplicateKey {
        merchant_id: order.key.merchant_id,
        mode: order.key.mode,
        product_code: order.product_code.clone(),
        number: number.clone(),
    }
}
