//! Suppliers in words.

use clap::ValueEnum;

use super::super::output::{self, or_dash, rupiah};
use crate::control::supplier::SupplierShown;

/// All of them, a line each.
pub fn table(suppliers: &[SupplierShown]) -> String {
    output::table(
        ["NAME", "KIND", "USER", "STATE", "UNDER WAY", "TROUBLE"],
        suppliers.iter().map(|supplier| {
            [
                supplier.name.clone(),
                word(&supplier.kind),
                supplier.user.clone(),
                state(supplier),
                format!("{} of {}", supplier.in_flight, supplier.max_in_flight),
                or_dash(trouble(supplier).as_deref()),
            ]
        }),
    )
}

/// One, a line for each of its members.
pub fn one(supplier: &SupplierShown) -> String {
    let list = |texts: &[String], none: &str| Some(if texts.is_empty() { none.to_owned() } else { texts.join(", ") });
    let either = |is: bool, yes: &str, no: &str| Some(if is { yes } else { no }.to_owned());
    output::list(&[
        ("name", Some(supplier.name.clone())),
        ("kind", Some(word(&supplier.kind))),
        ("url", Some(supplier.url.clone().unwrap_or_else(|| "its published address".to_owned()))),
        ("user", Some(supplier.user.clone())),
        ("secret", either(supplier.has_secret, "kept", "none")),
        ("state", Some(state(supplier))),
        ("orders under way", Some(format!("{} of at most {}", supplier.in_flight, supplier.max_in_flight))),
        ("trouble", Some(trouble(supplier).unwrap_or_else(|| "none".to_owned()))),
        ("balance", balance(supplier)),
        ("status calls", either(supplier.can_be_asked, "answered", "not answered: what is unknown goes to the desk")),
        ("callbacks to", Some(format!("{} at the public API's address", supplier.callback_path))),
        ("callbacks from", list(&supplier.callbacks_from, "anywhere")),
        ("low balance", supplier.low_balance.map(rupiah)),
        ("reroute codes", list(&supplier.reroute_codes, "none")),
        ("added", Some(supplier.created_at.clone())),
        ("changed", Some(supplier.updated_at.clone())),
    ])
}

fn balance(supplier: &SupplierShown) -> Option<String> {
    let (amount, at) = (supplier.balance.map(rupiah)?, supplier.balance_at.as_deref()?);
    Some(format!("{amount} on {at}{}", hours_left(supplier.hours_left)))
}

/// For how long a balance does, if that is known.
pub fn hours_left(hours: Option<u64>) -> String {
    hours.map(|hours| format!(", for {hours} hours at today's rate")).unwrap_or_default()
}

fn state(supplier: &SupplierShown) -> String {
    let testing = if supplier.testing { ", testing" } else { "" };
    format!("{}{testing}", word(&supplier.state))
}

fn trouble(supplier: &SupplierShown) -> Option<String> {
    match (supplier.in_trouble, supplier.skus_in_trouble.as_slice()) {
        (true, _) => Some("left alone for a moment".to_owned()),
        (false, []) => None,
        (false, skus) => Some(format!("left alone for a moment: {}", skus.join(", "))),
    }
}

/// A choice as it is written on the command line.
fn word(choice: &impl ValueEnum) -> String {
    choice.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
