//! Whether those who pay for us can.

use domain::money::Rupiah;

use super::{Finding, Patient};
use crate::control::supplier::{SupplierShown, Switch};

/// As the running server sees them: what a supplier does now, nobody else knows.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let Some(server) = patient.seen_server() else {
        return patient.read(|snapshot| {
            let count = snapshot.suppliers()?.len();
            Ok(Finding::ok(format!("{count}, beside the built-in sandbox; how they are is known while a server runs")))
        });
    };
    let troubles: Vec<String> = server.suppliers.iter().filter_map(trouble).collect();
    Some(if troubles.is_empty() {
        Finding::ok(format!("{}, beside the built-in sandbox; none is in trouble", server.suppliers.len()))
    } else {
        Finding::warn(troubles.join("; "), "see `loket supplier show`; `loket supplier test` makes a harmless call")
    })
}

fn trouble(supplier: &SupplierShown) -> Option<String> {
    let name = &supplier.name;
    let amount = |amount: Option<i64>| Rupiah::new(amount?);
    let low = amount(supplier.balance).zip(amount(supplier.low_balance)).filter(|(balance, low)| balance < low);
    if supplier.in_trouble {
        Some(format!("{name} fell silent again and again, and is left alone for a moment"))
    } else if let Some((balance, low)) = low {
        Some(format!("our balance at {name} is {balance}, below {low}"))
    } else if supplier.state == Switch::Off {
        Some(format!("{name} is switched off"))
    } else {
        None
    }
}
