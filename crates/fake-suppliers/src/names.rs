//! Names of people who don't exist.

use crate::seed::Seed;

const FIRST: [&str; 16] = [
    "AGUS", "BUDI", "CITRA", "DEWI", "EKO", "FITRI", "GUNAWAN", "HENDRA", "INDAH", "JOKO", "KARTIKA", "LESTARI",
    "MADE", "NUR", "PUTRI", "RINA",
];
const LAST: [&str; 12] = [
    "PRATAMA", "SANTOSO", "WIJAYA", "HIDAYAT", "SAPUTRA", "KUSUMA", "SETIAWAN", "RAHAYU", "SIREGAR", "NASUTION",
    "UTAMI", "HARAHAP",
];

/// The name of whoever has this number; always the same.
pub fn person(customer_no: &str) -> String {
    let mut seed = Seed::of(&["name", customer_no]);
    format!("{} {}", seed.pick(&FIRST), seed.pick(&LAST))
}
