//! Table `inquiries`: what bills were found to be.

use domain::bill::BillKey;
use domain::exchange::Words;
use domain::id::{CustomerNo, MerchantId, ProductCode, RefId, RefKey, SupplierName, SupplierRef};
use domain::inquiry::{Inquiry, Quote};
use domain::product::Route;
use rusqlite::{Row, params};

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::{Fields, Table};
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::{Stored, duration_us};

const TABLE: Table = Table { name: "inquiries", key_columns: 3 };

macro_rules! columns {
    () => {
        "merchant_id, mode, ref_id, product_code, customer_no, bill_scope, bill_group, bill_number, successes_seen, \
         customer_name, tagihan, admin, commission, details, periods, supplier, sku, cost, supplier_ref, token, requotable, same_day, \
         repaid_window_us, words_call, words_request, words_status, words_answer, opened_at, expires_at"
    };
}

impl Stored for Inquiry {
    fn load(statements: &Statements<'_>, key: &RefKey) -> Result<Option<Self>, StoreError> {
        let sql =
            concat!("SELECT ", columns!(), " FROM inquiries WHERE merchant_id = ?1 AND mode = ?2 AND ref_id = ?3");
        statements.find(sql, params![key.merchant_id.0, key.mode.code(), key.ref_id.as_str()], decode)
    }

    fn save(&self, statements: &Statements<'_>, is_stored: bool) -> Result<(), StoreError> {
        let sql = if is_stored {
            "UPDATE inquiries SET product_code = ?4, customer_no = ?5, bill_scope = ?6, bill_group = ?7, bill_number = ?8, \
             successes_seen = ?9, customer_name = ?10, tagihan = ?11, admin = ?12, commission = ?13, details = ?14, \
             periods = ?15, supplier = ?16, sku = ?17, cost = ?18, supplier_ref = ?19, token = ?20, requotable = ?21, same_day = ?22, \
             repaid_window_us = ?23, words_call = ?24, words_request = ?25, words_status = ?26, words_answer = ?27, opened_at = ?28, \
             expires_at = ?29 \
             WHERE merchant_id = ?1 AND mode = ?2 AND ref_id = ?3"
        } else {
            concat!(
                "INSERT INTO inquiries (",
                columns!(),
                ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, \
                 ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)"
            )
        };
        let quote = &self.quote;
        let params = params![
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
            self.expires_at.micros(),
        ];
        statements.write(sql, params)
    }
}

fn decode(row: &Row<'_>) -> Result<Inquiry, StoreError> {
    let mut fields = Fields::of(&TABLE, row);
    Ok(Inquiry {
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
        words: words(&mut fields)?,
        opened_at: fields.moment("opened_at")?,
        expires_at: fields.moment("expires_at")?,
    })
}

fn words(fields: &mut Fields<'_>) -> Result<Option<Words>, StoreError> {
    let (call, request) = (fields.optional_text("words_call")?, fields.optional_text("words_request")?);
    let (status, answer) = (fields.optional_integer("words_status")?, fields.optional_text("words_answer")?);
    match (call, request, status, answer) {
        (None, None, None, None) => Ok(None),
        (Some(call), Some(request), status, Some(answer)) => Ok(Some(Words { call, request, status, answer })),
        _ => Err(fields.corrupt("words_answer")),
    }
}
