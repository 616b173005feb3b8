//! The list of bills.

use domain::product::{CutOff, ProductKind};
use serde::Deserialize;

use crate::supplier::{CallFault, PriceList, SupplierProduct};
use crate::suppliers::iak::price_list::lines::read_lines;
use crate::wire::{Field, Unreadable};

/// 23:00 to 01:00 WIB, when PLN takes nothing (code 109).
const PLN_RESTS: CutOff = CutOff { start: 23 * 60, end: 60 };

#[derive(Deserialize, Default)]
#[serde(default)]
struct Line {
    code: Field,
    name: Field,
    /// 1 active, 4 not.
    status: Field,
    /// What the customer pays on top of the bill.
    fee: Field,
    /// What we keep of it.
    komisi: Field,
    #[serde(rename = "type")]
    kind: Field,
}

/// What the answer means.
pub fn meaning(body: &str) -> Result<PriceList, CallFault> {
    read_lines(body, |line| product(line).ok().flatten())
}

/// The product of a line, if it has a code and a fee.
fn product(line: &Line) -> Result<Option<SupplierProduct>, Unreadable> {
    let (Some(sku), Some(admin)) = (line.code.text()?, line.fee.rupiah()?) else {
        return Ok(None);
    };
    let commission = line.komisi.rupiah()?.unwrap_or_default();
    let category = line.kind.text()?.unwrap_or_default();
    let name = line.name.text()?.unwrap_or_else(|| sku.clone());
    Ok(Some(SupplierProduct {
        sku: sku.into(),
        kind: ProductKind::Postpaid,
        // IAK names no brands of bills: PDAM KOTA YOGYAKARTA is name and brand.
        brand: name.clone().into(),
        name: name.into(),
        cut_off: (category == "pln").then_some(PLN_RESTS),
        category: category.into(),
        // Below nothing where the commission is paid from the biller's own money.
        cost: admin.minus(commission).map_err(|_| Unreadable)?,
        admin,
        is_available: line.status.whole()? == Some(1),
    }))
}
