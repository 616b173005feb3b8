//! Table `inquiries`: what bills were found to be.

use domain::id::RefKey;
use domain::inquiry::Inquiry;
use rusqlite::params;

use crate::StoreError;
use crate::codes::Coded;
use crate::sqlite::fields::row_of;
use crate::sqlite::statements::Statements;
use crate::sqlite::tables::Stored;

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
        statements.find(sql, params![key.merchant_id.0, key.mode.code(), key.ref_id.as_str()], row_of)
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
        statements.save(sql, self)
    }
}
