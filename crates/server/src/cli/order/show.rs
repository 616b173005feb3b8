//! Orders in words.

use super::super::output::{self, or_dash, rupiah};
use super::history;
use crate::control::order::{AttemptShown, OrderShown};

/// A line each.
pub fn table(orders: &[OrderShown]) -> String {
    output::table(
        ["NUMBER", "REF_ID", "MERCHANT", "MODE", "CODE", "CUSTOMER_NO", "AMOUNT", "STATUS", "DESK", "ACCEPTED"],
        orders.iter().map(|order| {
            [
                order.order_id.to_string(),
                order.ref_id.clone(),
                order.merchant_id.clone(),
                order.mode.clone(),
                order.code.clone(),
                order.customer_no.clone(),
                rupiah(order.amount),
                order.status.clone(),
                or_dash(order.desk.as_deref()),
                order.created_at.clone(),
            ]
        }),
    )
}

/// One, a line for each of its members, then its attempts and all that was said.
pub fn one(order: &OrderShown) -> String {
    let mut text = output::list(&[
        ("number", Some(order.order_id.to_string())),
        ("ref_id", Some(order.ref_id.clone())),
        ("merchant", Some(order.merchant_id.clone())),
        ("mode", Some(order.mode.clone())),
        ("product", Some(format!("{} {} ({})", order.code, order.name, order.kind))),
        ("customer_no", Some(order.customer_no.clone())),
        ("status", Some(order.status.clone())),
        ("sn", order.sn.clone()),
        ("amount", Some(rupiah(order.amount))),
        ("quoted cost", Some(rupiah(order.quoted_cost))),
        ("cost", order.cost.map(rupiah)),
        ("waits for you", order.desk.clone()),
        ("decided", order.decided.clone()),
        ("accepted", Some(order.created_at.clone())),
        ("changed", Some(order.updated_at.clone())),
        ("refunded", order.refunded_at.clone()),
    ]);
    if let Some(attempts) = order.attempts.as_deref().filter(|attempts| !attempts.is_empty()) {
        text.push('\n');
        text.push_str(&attempts_table(attempts));
        text.push('\n');
    }
    text.push_str(&history::all(order));
    text
}

fn attempts_table(attempts: &[AttemptShown]) -> String {
    output::table(
        ["ATTEMPT", "SUPPLIER", "SKU", "OUR REFERENCE", "STATE", "CHECKS", "NEXT CHECK", "NOTE"],
        attempts.iter().map(|attempt| {
            [
                attempt.number.to_string(),
                attempt.supplier.clone(),
                attempt.sku.clone(),
                attempt.supplier_ref.clone(),
                attempt.state.clone(),
                attempt.checks.to_string(),
                or_dash(attempt.check_at.as_deref()),
                or_dash(attempt.note.as_deref()),
            ]
        }),
    )
}
