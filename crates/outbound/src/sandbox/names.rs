//! People and places that do not exist, for bills that look as if they did.

use crate::sandbox::family::Family;
use crate::sandbox::seed::Seed;

const PEOPLE: [&str; 16] = [
    "BUDI SANTOSO",
    "SITI AMINAH",
    "AGUS PRASETYO",
    "DEWI LESTARI",
    "JOKO SUSILO",
    "SRI WAHYUNI",
    "ANDI SETIAWAN",
    "RINA MARLINA",
    "HENDRA GUNAWAN",
    "NURHAYATI",
    "MADE SUKARTA",
    "YOHANES TARIGAN",
    "FITRIANI",
    "RAHMAT HIDAYAT",
    "LIA KARTIKA",
    "UJANG SUHERMAN",
];

const STREETS: [&str; 12] = [
    "JL MELATI NO 8",
    "JL KENANGA RAYA 21",
    "JL DIPONEGORO 45",
    "KP BARU RT 02 RW 05",
    "PERUM GRIYA INDAH B 12",
    "JL AHMAD YANI 117",
    "GG MAWAR II NO 3",
    "JL SUDIRMAN KAV 9",
    "JL PAHLAWAN 60",
    "KO GRIYA ASRI C 4",
    "JL VETERAN NO 14",
    "DSN SUKAMAJU RT 01",
];

/// A customer's name: of one number always the same, whatever the product. Only health insurance has the customer of the published
/// example.
pub fn person(family: Family, customer_no: &str) -> &'static str {
    match family {
        Family::HealthInsurance => "Demo Member",
        _ => Seed::of(&[customer_no]).pick(&PEOPLE),
    }
}

/// An address.
pub fn street(seed: &mut Seed) -> &'static str {
    seed.pick(&STREETS)
}
