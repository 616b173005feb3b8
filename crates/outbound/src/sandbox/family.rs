//! What a product is, told by its supplier's code.

/// The kinds of bills and goods that differ in what a supplier says about them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// BPJS Kesehatan: health insurance.
    HealthInsurance,
    /// BPJS Ketenagakerjaan: work accident and old age insurance.
    WorkInsurance,
    /// PLN: the electricity bill, or a token.
    Electricity,
    /// PLN non-taglis: a connection fee and the like.
    ElectricityService,
    /// PDAM.
    Water,
    /// Telkom, Indihome and their like.
    Internet,
    /// An instalment.
    Multifinance,
    /// PBB: land and building tax.
    PropertyTax,
    /// PGN.
    Gas,
    /// Subscription television.
    Television,
    /// Electronic money.
    Wallet,
    /// Everything else: mobile phones and what has no shape of its own.
    Other,
}

/// What a code contains, and what it is then; the first that fits holds, so the longer words stand before the shorter ones in them.
const WORDS: [(&str, Family); 34] = [
    ("BPJSTK", Family::WorkInsurance),
    ("BPJS", Family::HealthInsurance),
    ("NONTAG", Family::ElectricityService),
    ("PLN", Family::Electricity),
    ("PDAM", Family::Water),
    ("HALO", Family::Other),
    ("TELKOMSEL", Family::Other),
    ("TELKOM", Family::Internet),
    ("INDIHOME", Family::Internet),
    ("INTERNET", Family::Internet),
    ("SPEEDY", Family::Internet),
    ("BIZNET", Family::Internet),
    ("ICONNET", Family::Internet),
    ("MYREP", Family::Internet),
    ("CBN", Family::Internet),
    ("FINANCE", Family::Multifinance),
    ("FIF", Family::Multifinance),
    ("ADIRA", Family::Multifinance),
    ("BAF", Family::Multifinance),
    ("WOM", Family::Multifinance),
    ("MPOTO", Family::Multifinance),
    ("PBB", Family::PropertyTax),
    ("CIMAHI", Family::PropertyTax),
    ("PGAS", Family::Gas),
    ("PGN", Family::Gas),
    ("GAS", Family::Gas),
    ("TV", Family::Television),
    ("VISION", Family::Television),
    ("OVO", Family::Wallet),
    ("GOPAY", Family::Wallet),
    ("DANA", Family::Wallet),
    ("SHOPEE", Family::Wallet),
    ("LINKAJA", Family::Wallet),
    ("EMONEY", Family::Wallet),
];

impl Family {
    /// Told from words in the code, since in testing mode the codes of any supplier arrive here, not only the demo catalogue's.
    pub fn of(sku: &str) -> Self {
        let sku = sku.to_ascii_uppercase();
        WORDS.iter().find(|(word, _)| sku.contains(word)).map_or(Self::Other, |(_, family)| *family)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_any_supplier_tell_their_family() {
        for (sku, family) in [
            ("MPBPJS", Family::HealthInsurance),
            ("bpjstk", Family::WorkInsurance),
            ("plnnontaglist", Family::ElectricityService),
            ("PLNPOSTPAID", Family::Electricity),
            ("MPTELKOM", Family::Internet),
            ("TELKOMSEL", Family::Other),
            ("MPHALO", Family::Other),
            ("gopay50", Family::Wallet),
            ("hp", Family::Other),
        ] {
            assert_eq!(Family::of(sku), family, "{sku}");
        }
    }
}
