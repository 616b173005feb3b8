//! A route as an operator types it.

use super::super::amount::read_amount;
use crate::control::route::RouteForm;

/// Reads `SUPPLIER`, `SUPPLIER:SKU` or `SUPPLIER:SKU:COST`. An empty part stays as it was: `SUPPLIER::COST`.
pub fn read_route(text: &str) -> Result<RouteForm, String> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let (supplier, rest) = text.split_once(':').unwrap_or((text, ""));
    let (sku, cost) = match rest.rsplit_once(':') {
        Some((sku, cost)) => (sku, Some(read_amount(cost)?)),
        None => (rest, None),
    };
    Ok(RouteForm { supplier: some(supplier).ok_or("a route begins with a supplier")?, sku: some(sku), cost })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_has_up_to_three_parts() {
        let form = |supplier: &str, sku: Option<&str>, cost| RouteForm {
            supplier: supplier.to_owned(),
            sku: sku.map(str::to_owned),
            cost,
        };
        for (text, expected) in [
            ("digi", form("digi", None, None)),
            ("digi:xld10", form("digi", Some("xld10"), None)),
            ("digi:xld10:10.450", form("digi", Some("xld10"), Some(10_450))),
            ("digi::10450", form("digi", None, Some(10_450))),
            ("iak:SHOPEEPAY?amount=100000", form("iak", Some("SHOPEEPAY?amount=100000"), None)),
        ] {
            assert_eq!(read_route(text), Ok(expected), "{text}");
        }
        for bad in ["", ":x", "digi:x:", "digi:x:y"] {
            assert!(read_route(bad).is_err(), "{bad}");
        }
    }
}
