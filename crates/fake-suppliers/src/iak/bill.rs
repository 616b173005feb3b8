//! What a customer has to pay at IAK. The same product, customer and number of the bill always make the same bill.

mod household;
mod paid;
mod taxes;

use serde_json::{Map, Value, json};

use crate::call::Asked;
use crate::iak::catalogue::{Family, Postpaid};
use crate::iak::test_numbers;
use crate::month::Month;
use crate::names;
use crate::seed::Seed;
use crate::time::Moment;

pub use paid::add_what_was_paid;

/// The most bills of PLN that one payment covers.
pub const PLN_BILLS_MAX: usize = 4;

/// A bill.
#[derive(Clone, Debug)]
pub struct Bill {
    /// What paying it takes from the deposit, in rupiah.
    pub selling_price: i64,
    /// The members that tell it, from `tr_name` on.
    pub members: Map<String, Value>,
}

/// What a bill is drawn from.
struct Draft {
    seed: Seed,
    product: &'static Postpaid,
    customer_no: String,
    sheets: Vec<Sheet>,
    now: Moment,
    extras: Extras,
}

/// What an inquiry says beyond the usual.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// How many months are paid, for BPJS.
    pub months: i64,
    /// Which year is paid, for PBB.
    pub year: String,
    /// Who owns the vehicle.
    pub identity: String,
    /// How much is given or filled in, in rupiah.
    pub amount: i64,
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
    nominal: i64,
    period: String,
    desc: Value,
}

impl Extras {
    /// What a request says; what it doesn't say is empty.
    pub fn of(asked: &Asked) -> Self {
        Self {
            months: asked.number("month").unwrap_or_default(),
            year: asked.text("year").to_owned(),
            identity: asked.text("nomor_identitas").to_owned(),
            amount: asked.member("desc").and_then(|desc| desc["amount"].as_i64()).unwrap_or_default(),
        }
    }
}

impl Bill {
    /// The bill of that number that an inquiry is about.
    pub fn draw(product: &'static Postpaid, asked: &Asked, number: u32, now: Moment) -> Self {
        let customer_no = asked.subject.customer_no.clone();
        let mut seed = Seed::of(&[product.code, &customer_no, &number.to_string()]);
        let is_test = test_numbers::find(product.code, &customer_no).is_some();
        let sheets = sheets(product, &customer_no, &mut seed, now);
        let count = i64::try_from(sheets.len()).unwrap_or(1);
        let name = if is_test { "SUBCRIBER NAME".to_owned() } else { names::person(&customer_no) };
        let mut draft = Draft { seed, product, customer_no, sheets, now, extras: Extras::of(asked) };
        let Drawn { nominal, period, desc } = draft.draw();
        let admin = product.fee * count;
        let selling_price = nominal + admin - product.komisi * count;
        let members = [
            ("tr_name", json!(name)),
            ("period", json!(period)),
            ("nominal", json!(nominal)),
            ("admin", json!(admin)),
            ("price", json!(nominal + admin)),
            ("selling_price", json!(selling_price)),
            ("desc", desc),
        ];
        let members = members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { selling_price, members }
    }
}

/// What is due: for a test number, as the documentation shows it; for others, by chance.
fn sheets(product: &Postpaid, customer_no: &str, seed: &mut Seed, now: Moment) -> Vec<Sheet> {
    if test_numbers::find(product.code, customer_no).is_some() {
        let count = test_numbers::bills(product.code, customer_no);
        let count = if product.family == Family::Pln { count.min(PLN_BILLS_MAX) } else { count };
        let sheet = |month| Sheet { month, amount: product.amount, fine: 0 };
        return Month::due(now, count).into_iter().map(sheet).collect();
    }
    let may_be_several = matches!(product.family, Family::Pln | Family::Pdam | Family::PdamCombined | Family::Telkom);
    let count = if may_be_several { seed.pick(&[1, 1, 1, 2, 3]) } else { 1 };
    let draw = |month| Sheet { month, amount: seed.draw(20..=650) * 1_000, fine: seed.pick(&[0, 0, 3_000]) };
    Month::due(now, count).into_iter().map(draw).collect()
}

impl Draft {
    fn draw(&mut self) -> Drawn {
        match self.product.family {
            Family::Pln => self.pln(),
            Family::PlnNontaglist => self.pln_nontaglist(),
            Family::Pdam => self.pdam(),
            Family::PdamCombined => self.pdam_combined(),
            Family::Telkom => self.telkom(),
            Family::Internet => self.internet(),
            Family::Telco => self.telco(),
            Family::Telkomvision => self.telkomvision(),
            Family::Television => self.television(),
            Family::Pgas => self.pgas(),
            Family::Multifinance => self.multifinance(),
            Family::BpjsKesehatan => self.bpjs_kesehatan(),
            Family::Bpjstk => self.bpjstk(),
            Family::Bpjstkpu => self.bpjstkpu(),
            Family::Insurance => self.insurance(),
            Family::Pbb => self.pbb(),
            Family::Esamsat => self.esamsat(),
            Family::CustomDenom => self.custom_denom(),
            Family::Church => self.church(),
        }
    }

    fn total(&self) -> i64 {
        self.sheets.iter().map(|sheet| sheet.amount + sheet.fine).sum()
    }

    fn count(&self) -> usize {
        self.sheets.len()
    }

    /// The months, with commas between: `201405,201407`.
    fn months(&self) -> String {
        self.sheets.iter().map(|sheet| sheet.month.digits()).collect::<Vec<_>>().join(",")
    }

    fn detail(&self, of: impl Fn(&Sheet) -> Value) -> Vec<Value> {
        self.sheets.iter().map(of).collect()
    }
}
