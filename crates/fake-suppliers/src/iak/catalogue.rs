//! What this IAK sells: the products of its test numbers and samples.

/// A kind of bill.
#[derive(Clone, Copy, Debug)]
pub struct Postpaid {
    /// IAK's own code.
    pub code: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Which list it is on.
    pub list: &'static str,
    /// What each sheet of a bill costs the customer on top, in rupiah.
    pub fee: i64,
    /// What the buyer earns with each sheet, in rupiah.
    pub komisi: i64,
    /// What a sheet of the documentation's sample is about, in rupiah.
    pub amount: i64,
    /// What its bills look like.
    pub family: Family,
}

/// What a bill looks like; each is named as the documentation names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Pln,
    PlnNontaglist,
    BpjsKesehatan,
    Bpjstk,
    Bpjstkpu,
    Pdam,
    PdamCombined,
    Telkom,
    Internet,
    Telco,
    Telkomvision,
    Television,
    Pgas,
    Multifinance,
    Insurance,
    Pbb,
    Esamsat,
    CustomDenom,
    Church,
}

/// All kinds of bills.
pub const POSTPAID: [Postpaid; 22] = [
    bill("PLNPOSTPAID", "PLN POSTPAID", "pln", (2_500, 600), 300_000, Family::Pln),
    bill("PLNNONH", "PLN NON TAGLIS", "pln", (1_600, 1_800), 696_400, Family::PlnNontaglist),
    bill("BPJS", "BPJS Kesehatan", "bpjs", (2_500, 200), 25_000, Family::BpjsKesehatan),
    bill("BPJSTK", "BPJS Ketenagakerjaan BPU", "bpjs", (3_500, 2_500), 16_800, Family::Bpjstk),
    bill("BPJSTKPU", "BPJS Ketenagakerjaan PU", "bpjs", (2_500, 2_000), 100_000, Family::Bpjstkpu),
    bill("PDAMKOTA.SURABAYA", "PDAM SURABAYA", "pdam", (2_000, 700), 27_240, Family::Pdam),
    bill("PDAMKOTA.MEDAN", "PDAM KOTA MEDAN", "pdam", (2_000, 700), 27_240, Family::Pdam),
    bill("PDAMKOTA.YOGYAKARTA", "PDAM KOTA YOGYAKARTA", "pdam", (2_000, 700), 27_240, Family::PdamCombined),
    bill("AETRA", "AETRA", "pdam", (2_500, 700), 27_240, Family::Pdam),
    bill("TELKOMPSTN", "TELKOM", "internet", (2_500, 1_200), 49_870, Family::Telkom),
    bill("CBN", "CBN", "internet", (0, 1_000), 30_000, Family::Internet),
    bill("HPTHREE", "THREE POSTPAID", "hp", (0, 1_000), 55_000, Family::Telco),
    bill("TVTLKMV", "TELKOMVISION", "tv", (1_950, 1_000), 99_000, Family::Telkomvision),
    bill("TVBIG", "BIG TV", "tv", (0, 1_100), 138_499, Family::Television),
    bill("PGAS", "PERUSAHAAN GAS NEGARA", "gas", (2_500, 600), 322_002, Family::Pgas),
    bill("FNMEGA", "MEGA FINANCE", "finance", (0, 500), 661_000, Family::Multifinance),
    bill("AIA.PREMICONVEN", "AIA PREMI", "asuransi", (3_000, 500), 1_250_000, Family::Insurance),
    bill("PBBKOT.CIMAHI", "PBB KOTA CIMAHI", "pbb", (5_000, 0), 203_857, Family::Pbb),
    bill("ESAMSAT.JABAR", "E-SAMSAT JABAR", "pajak-kendaraan", (5_000, 2_500), 2_131_500, Family::Esamsat),
    bill("SHOPEEPAY", "SHOPEEPAY", "emoney", (800, 450), 100_000, Family::CustomDenom),
    bill(MEMBER, "PERPULUHAN (MEMBER)", "o2o", (800, 450), 100_000, Family::Church),
    bill(NON_MEMBER, "PERPULUHAN (NON MEMBER)", "o2o", (800, 450), 100_000, Family::Church),
];

/// A church's collection among its members.
pub const MEMBER: &str = "MEMBER.Shiftsoft_MMS-Perpuluhan_2022";
/// And among others.
pub const NON_MEMBER: &str = "NONMEMBER.Shiftsoft_MMS-Perpuluhan_2022";

const fn bill(
    code: &'static str,
    name: &'static str,
    list: &'static str,
    (fee, komisi): (i64, i64),
    amount: i64,
    family: Family,
) -> Postpaid {
    Postpaid { code, name, list, fee, komisi, amount, family }
}

/// Something that is paid before it is used.
#[derive(Clone, Copy, Debug)]
pub struct Prepaid {
    /// IAK's own code.
    pub code: &'static str,
    /// What it is for: an operator, or what else is sold.
    pub operator: &'static str,
    /// How much credit.
    pub nominal: &'static str,
    /// `pulsa`, `pln` and so on.
    pub kind: &'static str,
    /// In rupiah.
    pub price: i64,
    /// Whether it is sold now.
    pub active: bool,
}

/// All that is paid before it is used.
pub const PREPAID: [Prepaid; 7] = [
    credit("xld10000", "XL", "10000", "pulsa", 10_850),
    credit("xld25000", "XL", "25000", "pulsa", 25_000),
    credit("htelkomsel10000", "TELKOMSEL", "10000", "pulsa", 10_500),
    credit("hindosat10000", "INDOSAT", "10000", "pulsa", 10_900),
    credit("hpln20000", "PLN", "20000", "pln", 20_250),
    credit("hovo100", "OVO", "100000", "etoll", 100_800),
    Prepaid { active: false, ..credit("hthree1000", "THREE", "1000", "pulsa", 1_400) },
];

const fn credit(
    code: &'static str,
    operator: &'static str,
    nominal: &'static str,
    kind: &'static str,
    price: i64,
) -> Prepaid {
    Prepaid { code, operator, nominal, kind, price, active: true }
}

/// Which numbers belong to which operator. The longest prefix decides.
const OPERATORS: [(&str, &[&str]); 7] = [
    ("BY.U", &["085154", "085155", "085156", "085157", "085158"]),
    ("INDOSAT", &["0814", "0815", "0816", "0855", "0856", "0857", "0858"]),
    ("XL", &["0817", "0818", "0819", "0859", "0878", "0877"]),
    ("AXIS", &["0838", "0837", "0831", "0832"]),
    ("TELKOMSEL", &["0812", "0813", "0852", "0853", "0821", "0823", "0822", "0851"]),
    ("SMARTFREN", &["0881", "0882", "0883", "0884", "0885", "0886", "0887", "0888"]),
    ("THREE", &["0895", "0896", "0897", "0898", "0899"]),
];

/// The operator of a telephone number, by its prefix.
pub fn operator(number: &str) -> Option<&'static str> {
    let has = |prefixes: &&[&str]| prefixes.iter().any(|prefix| number.starts_with(prefix));
    OPERATORS.iter().find(|(_, prefixes)| has(prefixes)).map(|(name, _)| *name)
}

impl Postpaid {
    /// The product with this code.
    pub fn find(code: &str) -> Option<&'static Self> {
        POSTPAID.iter().find(|product| product.code == code)
    }
}

impl Prepaid {
    /// The product with this code.
    pub fn find(code: &str) -> Option<&'static Self> {
        PREPAID.iter().find(|product| product.code == code)
    }

    /// Whether it can't be sent to such a number: credit goes to the operator's own numbers.
    pub fn mismatches(&self, number: &str) -> bool {
        self.kind == "pulsa" && operator(number) != Some(self.operator)
    }
}
