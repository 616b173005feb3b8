//! Table `inquiries`: what bills were found to be.

use domain::bill::BillKey;
use domain::exchange::Words;
use domain::id::{CustomerNo, MerchantId, ProductCode, RefId, RefKey, SupplierName, SupplierRef};
use domain::inquiry::{Inquiry, Quote};
use domain::product::Route;

use crate::StoreError;
use crate::codes::Coded;
use crate::fields::{Cells, Fields, Table};
use crate::rows::Kind::{Flag, Integer, Text};
use crate::rows::{Kept, Layout, Sink, duration_us, put};

impl Kept for Inquiry {
    const LAYOUT: Layout = Layout {
        table: Table { name: "inquiries", key_columns: 3 },
        columns: &[
            ("merchant_id", Integer),
            ("mode", Integer),
            ("ref_id", Text),
            ("product_code", Text),
            ("customer_no", Text),
            ("bill_scope", Integer),
            ("bill_group", Text),
            ("bill_number", Text),
            ("successes_seen", Integer),
            ("customer_name", Text),
            ("tagihan", Integer),
            ("admin", Integer),
            ("commission", Integer),
            ("details", Text),
            ("periods", Text),
            ("supplier", Text),
            ("sku", Text),
            ("cost", Integer),
            ("supplier_ref", Text),
            ("token", Text),
            ("requotable", Flag),
            ("same_day", Flag),
            ("repaid_window_us", Integer),
            ("words_call", Text),
            ("words_request", Text),
            ("words_status", Integer),
            ("words_answer", Text),
            ("opened_at", Integer),
            ("expires_at", Integer),
        ],
        key: &["merchant_id", "mode", "ref_id"],
    };

    fn write(&self, row: &mut impl Sink) -> Result<(), StoreError> {
        let quote = &self.quote;
        put!(
            row,
            self.key.merchant_id.0,
            self.key.mode.code(),
            self.key.ref_id.as_str(),
            self.product_code.as_str(),
            self.customer_no.as_str(),
            self.bill.scope.code(),
            self.bill.group,
            self.bill.number,
            self.successes_seen,
            quote.customer_name,
            quote.tagihan.get(),
            quote.admin.get(),
            quote.commission.get(),
            quote.desc,
            quote.periods,
            quote.route.supplier.as_str(),
            quote.route.sku,
            quote.route.cost.get(),
            quote.supplier_ref.as_str(),
            quote.token,
            quote.requotable,
            quote.same_day,
            duration_us(quote.repaid_window),
            self.words.as_ref().map(|words| &words.call),
            self.words.as_ref().map(|words| &words.request),
            self.words.as_ref().and_then(|words| words.status),
            self.words.as_ref().map(|words| &words.answer),
            self.opened_at.micros(),
            self.expires_at.micros()
        );
        Ok(())
    }

    fn read<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Self, StoreError> {
        Ok(Self {
            key: RefKey {
                merchant_id: MerchantId(fields.integer("merchant_id")?),
                mode: fields.coded("mode")?,
                ref_id: fields.parsed("ref_id", RefId::parse)?,
            },
            product_code: fields.parsed("product_code", ProductCode::parse)?,
            customer_no: fields.parsed("customer_no", CustomerNo::parse)?,
            bill: BillKey {
                scope: fields.coded("bill_scope")?,
                group: fields.text("bill_group")?,
                number: fields.text("bill_number")?,
            },
            successes_seen: fields.integer("successes_seen")?,
            quote: Quote {
                customer_name: fields.text("customer_name")?,
                tagihan: fields.rupiah("tagihan")?,
                admin: fields.rupiah("admin")?,
                commission: fields.rupiah("commission")?,
                desc: fields.text("details")?,
                periods: fields.text("periods")?,
                route: Route {
                    supplier: fields.parsed("supplier", SupplierName::parse)?,
                    sku: fields.text("sku")?,
                    cost: fields.rupiah("cost")?,
                },
                supplier_ref: fields.parsed("supplier_ref", SupplierRef::parse)?,
                token: fields.text("token")?,
                requotable: fields.flag("requotable")?,
                same_day: fields.flag("same_day")?,
                repaid_window: fields.duration("repaid_window_us")?,
            },
            words: words(fields)?,
            opened_at: fields.moment("opened_at")?,
            expires_at: fields.moment("expires_at")?,
        })
    }
}

fn words<R: Cells>(fields: &mut Fields<'_, R>) -> Result<Option<Words>, StoreError> {
    let (call, request) = (fields.optional_text("words_call")?, fields.optional_text("words_request")?);
    let (status, answer) = (fields.optional_integer("words_status")?, fields.optional_text("words_answer")?);
    match (call, request, status, answer) {
        (None, None, None, None) => Ok(None),
        (Some(call), Some(request), status, Some(answer)) => Ok(Some(Words { call, request, status, answer })),
        _ => Err(fields.corrupt("words_answer")),
    }
}
