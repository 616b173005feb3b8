//! `loket supplier test` and `loket supplier balance`: one harmless call, told in two ways.

use super::super::output::rupiah;
use super::show::hours_left;
use crate::control::supplier::SupplierBalance;

/// That it works.
pub fn tested(answer: &SupplierBalance) -> String {
    format!("{} answered in {} ms. Our balance there: {}.", answer.name, answer.took_ms, rupiah(answer.balance))
}

/// What is left.
pub fn told(answer: &SupplierBalance) -> String {
    let low = if answer.is_low { ", which is low" } else { "" };
    format!("{}{}{low}", rupiah(answer.balance), hours_left(answer.hours_left))
}
