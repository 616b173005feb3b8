//! What a customer has to pay. The same product, customer and number of the bill always make the same bill.

mod household;
mod taxes;

use serde_json::{Map, Value, json};

use crate::call::Asked;
use crate::digiflazz::catalogue::{Family, Postpaid};
use crate::digiflazz::test_numbers;
use crate::month::Month;
use crate::names;
use crate::seed::Seed;
use crate::time::Moment;

/// A bill.
#[derive(Clone, Debug)]
pub struct Bill {
    /// What paying it takes from the buyer's deposit, in rupiah.
    pub price: i64,
    /// What the inquiry answers, from `customer_name` on, without code and deposit.
    pub members: Map<String, Value>,
}

/// What a bill is drawn from.
struct Draft {
    seed: Seed,
    customer_no: String,
    sheets: Vec<Sheet>,
    now: Moment,
    /// What the inquiry says beyond the usual: the tax year.
    year: Option<i64>,
    /// What the inquiry says beyond the usual: how much credit.
    amount: Option<i64>,
}

/// A month that has to be paid.
#[derive(Clone, Copy)]
struct Sheet {
    month: Month,
    /// In rupiah.
    amount: i64,
    /// For paying late, in rupiah.
    fine: i64,
}

/// What a family makes of a draft.
struct Drawn {
    /// Without admin, in rupiah.
    total: i64,
    /// Which months, in this family's words.
    periode: Option<String>,
    desc: Value,
}

impl Draft {
    fn total(&self) -> i64 {
        self.sheets.iter().map(|sheet| sheet.amount + sheet.fine).sum()
    }

    fn count(&self) -> usize {
        self.sheets.len()
    }

    fn digits(&mut self, count: usize) -> String {
        self.seed.digits(count)
    }
}

impl Bill {
    /// The bill of that number that an inquiry is about.
    pub fn draw(product: &Postpaid, asked: &Asked, number: u32, now: Moment) -> Self {
        let customer_no = asked.subject.customer_no.clone();
        let mut seed = Seed::of(&[product.sku, &customer_no, &number.to_string()]);
        let sheets = sheets(product, &customer_no, &mut seed, now);
        let (year, amount) = (asked.number("year"), asked.number("amount"));
        let mut draft = Draft { seed, customer_no: customer_no.clone(), sheets, now, year, amount };
        let Drawn { total, periode, desc } = draft.draw(product);
        let admin = product.admin * i64::try_from(draft.count()).unwrap_or(1);
        let selling_price = total + admin;
        let price = selling_price - product.commission;
        let name = if test_numbers::find(product.sku, &customer_no).is_some() {
            "Nama Pelanggan Pertama".to_owned()
        } else {
            names::person(&customer_no)
        };
        let members = [
            ("customer_name", Some(json!(name))),
            ("admin", Some(json!(admin))),
            ("periode", periode.map(Value::from)),
            ("price", Some(json!(price))),
            ("selling_price", Some(json!(selling_price))),
            ("desc", Some(desc)),
        ];
        let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        Self { price, members }
    }

    /// What paying adds to the inquiry's answer: a paid electricity bill shows its meter.
    pub fn add_what_was_paid(family: Family, members: &mut Map<String, Value>) {
        if family != Family::Pln {
            return;
        }
        let details = members.get_mut("desc").and_then(|desc| desc.get_mut("detail")).and_then(Value::as_array_mut);
        for detail in details.into_iter().flatten().filter_map(Value::as_object_mut) {
            detail.insert("meter_awal".to_owned(), json!("00080000"));
            detail.insert("meter_akhir".to_owned(), json!("00090000"));
        }
    }
}

/// What is due: for a test number, as the documentation shows it; for others, by chance.
fn sheets(product: &Postpaid, customer_no: &str, seed: &mut Seed, now: Moment) -> Vec<Sheet> {
    if let Some((_, count)) = test_numbers::find(product.sku, customer_no) {
        return Month::due(now, count).into_iter().map(|month| Sheet { month, amount: 8_000, fine: 500 }).collect();
    }
    let may_be_several = matches!(product.family, Family::Pln | Family::Pdam | Family::Internet | Family::Gas);
    let count = if may_be_several { seed.pick(&[1, 1, 1, 2, 3]) } else { 1 };
    let draw = |month| Sheet { month, amount: seed.draw(20..=650) * 1_000, fine: seed.pick(&[0, 0, 3_000]) };
    Month::due(now, count).into_iter().map(draw).collect()
}
