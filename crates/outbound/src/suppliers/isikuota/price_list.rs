//! What it sells, and at which prices: section 8 of the contract.

use domain::money::Rupiah;
use domain::product::{CutOff, ProductKind};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::supplier::{CallFault, PriceList, SupplierProduct};
use crate::suppliers::isikuota::envelope::Envelope;
use crate::wire::{Field, Unreadable};

/// As many products as a page can have.
pub const PER_PAGE: u32 = 500;
/// More pages than anybody has.
pub const MAX_PAGES: u32 = 200;

#[derive(Deserialize)]
struct Paging {
    total_pages: u32,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    code: Field,
    #[serde(default)]
    name: Field,
    #[serde(default)]
    r#type: Field,
    #[serde(default)]
    category: Field,
    #[serde(default)]
    brand: Field,
    #[serde(default)]
    price: Field,
    #[serde(default)]
    admin: Field,
    #[serde(default)]
    commission: Field,
    #[serde(default)]
    status: Field,
    #[serde(default)]
    cut_off_start: Field,
    #[serde(default)]
    cut_off_end: Field,
}

/// Adds a page, and says whether it was the last.
pub fn add_page(list: &mut PriceList, answer: &Envelope, page: u32) -> Result<bool, CallFault> {
    let unreadable = || CallFault::Unreadable("its list has another shape".into());
    let lines: Vec<Box<RawValue>> = answer.data().ok_or_else(unreadable)?;
    let paging: Paging = answer.meta().ok_or_else(unreadable)?;
    for line in &lines {
        match serde_json::from_str(line.get()).ok().and_then(|line| product(&line)) {
            Some(product) => list.products.push(product),
            None => list.unreadable = list.unreadable.saturating_add(1),
        }
    }
    Ok(page >= paging.total_pages || lines.is_empty())
}

fn product(line: &Line) -> Option<SupplierProduct> {
    let text = |field: &Field| field.text().ok().map(|text| text.unwrap_or_default().into());
    let amount = |field: &Field| field.rupiah().ok().flatten();
    let kind = match &*line.r#type.text().ok()?? {
        "postpaid" => ProductKind::Postpaid,
        "prepaid" => ProductKind::Prepaid,
        "game" => ProductKind::Game,
        _ => return None,
    };
    let (cost, admin) = if kind == ProductKind::Postpaid {
        let admin = amount(&line.admin)?;
        let commission = line.commission.rupiah().ok()?.unwrap_or_default();
        (admin.minus(commission).ok()?, admin)
    } else {
        (amount(&line.price)?, Rupiah::ZERO)
    };
    Some(SupplierProduct {
        sku: line.code.text().ok()??.into(),
        name: text(&line.name)?,
        kind,
        category: text(&line.category)?,
        brand: text(&line.brand)?,
        cost,
        admin,
        is_available: match &*line.status.text().ok()?? {
            "available" | "disturbed" => true,
            "unavailable" => false,
            _ => return None,
        },
        cut_off: cut_off(line).ok()?,
    })
}

/// When it isn't sold, if that is ever so.
fn cut_off(line: &Line) -> Result<Option<CutOff>, Unreadable> {
    match (line.cut_off_start.text()?, line.cut_off_end.text()?) {
        (None, None) => Ok(None),
        (Some(start), Some(end)) => {
            minute(&start).zip(minute(&end)).map(|(start, end)| Some(CutOff { start, end })).ok_or(Unreadable)
        }
        _ => Err(Unreadable),
    }
}

/// `23:45` as a minute of the day.
fn minute(clock: &str) -> Option<u16> {
    let (hour, minute) = clock.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}
