//! `pricelist` and `pricelist-pasca`: what IAK sells, purchases first.

mod bills;
mod lines;
mod purchases;
#[cfg(test)]
mod tests;

use serde_json::json;

use crate::supplier::{CallFault, PriceList};
use crate::suppliers::iak::call::Call;
use crate::suppliers::iak::connection::Connection;
use crate::suppliers::iak::fault::heard;

/// Both lists. Half of it is none.
pub async fn products(connection: &Connection) -> Result<PriceList, CallFault> {
    let purchases = connection.ask_list(&Call::PRICES, json!({"status": "all"})).await;
    let mut list = purchases::meaning(&heard(purchases)?)?;
    let bills = json!({"commands": Call::BILL_PRICES.name, "status": "all"});
    let bills = connection.ask_list(&Call::BILL_PRICES, bills).await;
    let bills = bills::meaning(&heard(bills)?)?;
    list.products.extend(bills.products);
    list.unreadable += bills.unreadable;
    Ok(list)
}
