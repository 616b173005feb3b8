//! What rows are found by, column by column.

use domain::attempt::AttemptKey;
use domain::bill::BillKey;
use domain::duplicate::DuplicateKey;
use domain::id::{MerchantId, ProductCode, RefKey, SupplierName};
use domain::lease::Work;
use domain::revision::Listing;
use domain::voucher::VoucherKey;

use crate::codes::Coded;
use crate::rows::{KeptKey, Sink, put};

impl KeptKey for MerchantId {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.0);
    }
}

impl KeptKey for ProductCode {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.as_str());
    }
}

impl KeptKey for SupplierName {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.as_str());
    }
}

impl KeptKey for RefKey {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.merchant_id.0, self.mode.code(), self.ref_id.as_str());
    }
}

impl KeptKey for AttemptKey {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.merchant_id.0, self.order_id.0, self.number);
    }
}

impl KeptKey for BillKey {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.scope.code(), self.group, self.number);
    }
}

impl KeptKey for DuplicateKey {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.merchant_id.0, self.mode.code(), self.product_code.as_str(), self.number);
    }
}

impl KeptKey for VoucherKey {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.merchant_id.0, self.reference.as_str());
    }
}

impl KeptKey for Listing {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.code());
    }
}

impl KeptKey for Work {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.code());
    }
}

/// Of callbacks.
impl KeptKey for i64 {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self);
    }
}

/// Of events.
impl KeptKey for (MerchantId, i64) {
    fn write(&self, row: &mut impl Sink) {
        put!(row, self.0.0, self.1);
    }
}
