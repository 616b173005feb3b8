//! What Digiflazz sells, from its two lists.

use domain::money::Rupiah;
use domain::product::{CutOff, ProductKind};
use serde::Deserialize;

use crate::supplier::{PriceList, SupplierProduct};
use crate::wire::{Field, Unreadable};

/// Which of the lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum List {
    /// Top-ups.
    Prepaid,
    /// Bills.
    Pasca,
}

impl List {
    /// As the request says it.
    pub const fn cmd(self) -> &'static str {
        match self {
            Self::Prepaid => "prepaid",
            Self::Pasca => "pasca",
        }
    }
}

/// A line of either; each has the members of its list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Line {
    product_name: Field,
    category: Field,
    brand: Field,
    price: Field,
    admin: Field,
    commission: Field,
    buyer_sku_code: Field,
    buyer_product_status: Field,
    seller_product_status: Field,
    unlimited_stock: Field,
    stock: Field,
    start_cut_off: Field,
    end_cut_off: Field,
}

/// Adds what can be read of that list. Fails if it is none.
pub fn read(list: List, data: &Field, into: &mut PriceList) -> Result<(), Unreadable> {
    for line in &data.nested::<Vec<Field>>()?.ok_or(Unreadable)? {
        match read_line(list, line) {
            Ok(product) => into.products.push(product),
            Err(Unreadable) => into.unreadable += 1,
        }
    }
    Ok(())
}

/// Reads a line of that list.
pub fn read_line(list: List, line: &Field) -> Result<SupplierProduct, Unreadable> {
    let line: Line = line.nested()?.ok_or(Unreadable)?;
    let text = |field: &Field| field.text().map(|text| text.unwrap_or_default().into());
    let amount = |field: &Field| field.rupiah()?.ok_or(Unreadable);
    let is_game = line.category.text()?.is_some_and(|category| category.eq_ignore_ascii_case("Games"));
    let (kind, cost, admin) = match list {
        List::Prepaid if is_game => (ProductKind::Game, amount(&line.price)?, Rupiah::ZERO),
        List::Prepaid => (ProductKind::Prepaid, amount(&line.price)?, Rupiah::ZERO),
        List::Pasca => {
            let admin = amount(&line.admin)?;
            let cost = admin.minus(amount(&line.commission)?).map_err(|_| Unreadable)?;
            (ProductKind::Postpaid, cost, admin)
        }
    };
    Ok(SupplierProduct {
        sku: line.buyer_sku_code.text()?.ok_or(Unreadable)?.into(),
        name: text(&line.product_name)?,
        kind,
        category: text(&line.category)?,
        brand: text(&line.brand)?,
        cost,
        admin,
        is_available: line.is_available()?,
        cut_off: line.cut_off()?,
    })
}

impl Line {
    /// Switched on by both sides, and in stock where stock is counted.
    fn is_available(&self) -> Result<bool, Unreadable> {
        let is_on = |field: &Field| field.flag()?.ok_or(Unreadable);
        let is_unlimited = self.unlimited_stock.flag()?.unwrap_or(true);
        let is_in_stock = is_unlimited || self.stock.whole()?.is_some_and(|stock| stock > 0);
        Ok(is_on(&self.buyer_product_status)? && is_on(&self.seller_product_status)? && is_in_stock)
    }

    /// From and to the same minute: there is none.
    fn cut_off(&self) -> Result<Option<CutOff>, Unreadable> {
        match (minute(&self.start_cut_off)?, minute(&self.end_cut_off)?) {
            (Some(start), Some(end)) => Ok((start != end).then_some(CutOff { start, end })),
            (None, None) => Ok(None),
            _ => Err(Unreadable),
        }
    }
}

/// `23:45`, and `0:0` too, as the minute of the day.
fn minute(field: &Field) -> Result<Option<u16>, Unreadable> {
    let Some(text) = field.text()? else {
        return Ok(None);
    };
    let (hour, minute) = text.split_once(':').ok_or(Unreadable)?;
    let part = |part: &str, below: u16| -> Result<u16, Unreadable> {
        part.parse().ok().filter(|number| *number < below).ok_or(Unreadable)
    };
    Ok(Some(part(hour, 24)? * 60 + part(minute, 60)?))
}
