//! Believable bills: each family in the shape that suppliers give its details.
//!
//! One file a family. A family's structs are its wire form: their members stand in the order, and have the types, that
//! `docs/contract/suppliers/digiflazz.md` lists under *desc shapes* (counts are numbers, money in details is text).
//! Where the details state amounts, they add up to the bill. The months are those before today's, so a bill that is asked for in another
//! month is another bill.

mod draft;
mod due;
mod electricity;
mod electricity_service;
mod gas;
mod health_insurance;
mod internet;
mod multifinance;
mod other;
mod property_tax;
mod television;
mod water;
mod work_insurance;

use serde::Serialize;

pub use draft::Draft;
pub use due::Due;

use crate::sandbox::family::Family;

/// A bill, as its family draws it.
#[derive(Clone, Debug)]
pub struct Bill {
    /// Before any admin, in rupiah.
    pub tagihan: u32,
    /// A JSON object in the family's shape.
    pub desc: String,
    /// The periods that it is for, with commas between.
    pub periods: String,
}

impl Bill {
    /// The family's bill. Fails only if the details can't be written as JSON.
    pub fn of(family: Family, draft: &mut Draft) -> serde_json::Result<Self> {
        match family {
            Family::HealthInsurance => health_insurance::draw(draft),
            Family::WorkInsurance => work_insurance::draw(draft),
            Family::Electricity => electricity::draw(draft),
            Family::ElectricityService => electricity_service::draw(draft),
            Family::Water => water::draw(draft),
            Family::Internet => internet::draw(draft),
            Family::Multifinance => multifinance::draw(draft),
            Family::PropertyTax => property_tax::draw(draft),
            Family::Gas => gas::draw(draft),
            Family::Television => television::draw(draft),
            Family::Wallet | Family::Other => other::draw(draft),
        }
    }

    fn new(tagihan: u32, periods: impl IntoIterator<Item = String>, desc: &impl Serialize) -> serde_json::Result<Self> {
        let periods: Vec<String> = periods.into_iter().collect();
        Ok(Self { tagihan, desc: serde_json::to_string(desc)?, periods: periods.join(",") })
    }
}
