//! What this Digiflazz sells: the products of its test numbers, and some prepaid ones with the habits that real ones have.

/// Something that is paid before it is used.
#[derive(Clone, Copy, Debug)]
pub struct Prepaid {
    /// The buyer's own code.
    pub sku: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// `Pulsa`, `PLN` and so on.
    pub category: &'static str,
    /// Whose it is.
    pub brand: &'static str,
    /// In rupiah.
    pub price: i64,
    /// May be bought again for the same number on the same day.
    pub multi: bool,
    /// From when to when it isn't sold, in WIB; the same twice means never.
    pub cut_off: (&'static str, &'static str),
    /// Whether the seller sells it now.
    pub active: bool,
    /// Shown as the table of the documentation says, with amounts as strings, and not as its sample does.
    pub amounts_are_texts: bool,
}

/// A kind of bill.
#[derive(Clone, Copy, Debug)]
pub struct Postpaid {
    /// The buyer's own code.
    pub sku: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Whose it is.
    pub brand: &'static str,
    /// What each sheet of a bill costs the customer on top, in rupiah.
    pub admin: i64,
    /// What the buyer earns with a bill, in rupiah.
    pub commission: i64,
    /// What its bills look like.
    pub family: Family,
}

/// What a bill looks like; each is named as the documentation names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Pln,
    Pdam,
    Internet,
    Bpjs,
    Multifinance,
    Pbb,
    PajakDaerah,
    Gas,
    Tv,
    Bpjstk,
    Bpjstkpu,
    PlnNontaglis,
    Emoney,
    Samsat,
    Hp,
}

const NEVER: (&str, &str) = ("00:00", "00:00");

/// All that is paid before it is used.
pub const PREPAID: [Prepaid; 7] = [
    prepaid("xld10", "XL 10.000", "Pulsa", "XL", 10_850),
    prepaid("xld25", "XL 25.000", "Pulsa", "XL", 25_000),
    Prepaid { cut_off: ("0:0", "0:0"), ..prepaid("tsel10", "Telkomsel 10.000", "Pulsa", "TELKOMSEL", 10_500) },
    Prepaid { cut_off: ("23:45", "00:15"), ..prepaid("pln20", "PLN 20.000", "PLN", "PLN", 20_250) },
    Prepaid { amounts_are_texts: true, ..prepaid("ovo100", "OVO 100.000", "E-Money", "OVO", 100_800) },
    Prepaid { multi: false, ..prepaid("axis5", "AXIS 5.000", "Pulsa", "AXIS", 5_700) },
    Prepaid { active: false, ..prepaid("three1", "Three 1.000", "Pulsa", "TRI", 1_400) },
];

const fn prepaid(
    sku: &'static str,
    name: &'static str,
    category: &'static str,
    brand: &'static str,
    price: i64,
) -> Prepaid {
    Prepaid { sku, name, category, brand, price, multi: true, cut_off: NEVER, active: true, amounts_are_texts: false }
}

/// All kinds of bills.
pub const POSTPAID: [Postpaid; 15] = [
    postpaid("pln", "PLN Pascabayar", "PLN PASCABAYAR", 2_500, 1_000, Family::Pln),
    postpaid("pdam", "PDAM Surabaya", "PDAM", 2_500, 800, Family::Pdam),
    postpaid("internet", "Telkom Indihome", "INTERNET PASCABAYAR", 2_500, 900, Family::Internet),
    postpaid("bpjs", "BPJS Kesehatan", "BPJS KESEHATAN", 2_500, 700, Family::Bpjs),
    postpaid("multifinance", "Adira Finance", "MULTIFINANCE", 2_500, 500, Family::Multifinance),
    postpaid("cimahi", "PBB Kota Cimahi", "PBB", 2_500, 500, Family::Pbb),
    postpaid("pdl", "Pajak Daerah Lainnya", "PAJAK DAERAH LAINNYA", 2_500, 500, Family::PajakDaerah),
    postpaid("pgas", "PGN", "GAS NEGARA", 2_500, 700, Family::Gas),
    postpaid("tv", "Telkomvision", "TV PASCABAYAR", 2_500, 700, Family::Tv),
    postpaid("bpjstk", "BPJS Ketenagakerjaan BPU", "BPJS KETENAGAKERJAAN", 2_500, 500, Family::Bpjstk),
    postpaid("bpjstkpu", "BPJS Ketenagakerjaan PU", "BPJS KETENAGAKERJAAN", 2_500, 500, Family::Bpjstkpu),
    postpaid("plnnontaglist", "PLN Nontaglis", "PLN NONTAGLIS", 2_500, 500, Family::PlnNontaglis),
    postpaid("emoney", "ShopeePay", "E-MONEY", 1_000, 300, Family::Emoney),
    postpaid("samsat", "E-Samsat Jabar", "SAMSAT", 5_000, 500, Family::Samsat),
    postpaid("hp", "Telkomsel Halo", "HP PASCABAYAR", 0, 900, Family::Hp),
];

const fn postpaid(
    sku: &'static str,
    name: &'static str,
    brand: &'static str,
    admin: i64,
    commission: i64,
    family: Family,
) -> Postpaid {
    Postpaid { sku, name, brand, admin, commission, family }
}

impl Prepaid {
    /// The product with this code.
    pub fn find(sku: &str) -> Option<&'static Self> {
        PREPAID.iter().find(|product| product.sku == sku)
    }

    /// Whether it isn't sold at that minute of the day.
    pub fn is_cut_off(&self, minute_of_day: i64) -> bool {
        match (minute(self.cut_off.0), minute(self.cut_off.1)) {
            (Some(start), Some(end)) if start < end => (start..end).contains(&minute_of_day),
            (Some(start), Some(end)) if start > end => minute_of_day >= start || minute_of_day < end,
            _ => false,
        }
    }
}

impl Postpaid {
    /// The product with this code.
    pub fn find(sku: &str) -> Option<&'static Self> {
        POSTPAID.iter().find(|product| product.sku == sku)
    }
}

fn minute(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_off_goes_over_midnight() {
        let product = Prepaid::find("pln20").unwrap();
        for (minute_of_day, is_cut_off) in [(23 * 60 + 44, false), (23 * 60 + 45, true), (14, true), (15, false)] {
            assert_eq!(product.is_cut_off(minute_of_day), is_cut_off, "{minute_of_day}");
        }
        assert!(!Prepaid::find("tsel10").unwrap().is_cut_off(0));
    }
}
