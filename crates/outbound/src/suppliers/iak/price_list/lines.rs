//! The lines of a list, wherever they stand.

use crate::supplier::{CallFault, PriceList, SupplierProduct};
use crate::suppliers::iak::answer::read;
use crate::suppliers::iak::fault::check_accepted;
use crate::wire::Field;
use serde::Deserialize;
use serde::de::DeserializeOwned;

type Lines = Vec<Field>;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Lists {
    /// Purchases, as IAK's server answers; the documentation has them right in `data`.
    pricelist: Option<Lines>,
    /// Bills.
    pasca: Option<Lines>,
    rc: Field,
    response_code: Field,
}

/// Reads a list line by line, so that one that can't be read doesn't hide the others.
pub fn read_lines<L: DeserializeOwned>(
    body: &str,
    product: impl Fn(&L) -> Option<SupplierProduct>,
) -> Result<PriceList, CallFault> {
    let lines = find_lines(body)?;
    let read = |line: &Field| line.nested().ok().flatten().and_then(|line| product(&line));
    let products: Vec<SupplierProduct> = lines.iter().filter_map(read).collect();
    Ok(PriceList { unreadable: lines.len().saturating_sub(products.len()), products })
}

fn find_lines(body: &str) -> Result<Lines, CallFault> {
    if let Ok(lines) = read(body) {
        return Ok(lines);
    }
    let unreadable = |why: String| CallFault::Unreadable(why.into());
    let lists: Lists = read(body).map_err(unreadable)?;
    check_accepted(&lists.rc)?;
    check_accepted(&lists.response_code)?;
    lists.pricelist.or(lists.pasca).ok_or_else(|| unreadable("no price list in the answer".to_owned()))
}
