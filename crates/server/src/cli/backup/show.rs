//! Backups in words.

use super::super::output::{self, or_dash, rupiah};
use crate::backup::{Inspection, Manifest};

/// Tables that people know by name.
const KNOWN: [&str; 5] = ["merchants", "orders", "vouchers", "transfers", "events"];

/// What a backup says of itself.
pub fn manifest(manifest: &Manifest) -> String {
    let count = |table| manifest.rows.get(table).copied().unwrap_or(0);
    let rows: Vec<String> = KNOWN.iter().map(|table| format!("{} {table}", count(*table))).collect();
    output::list(&[
        ("made at", Some(format!("{} WIB; nothing that happened later is in it", manifest.made_at))),
        ("made by", Some(format!("loket {}, schema version {}", manifest.loket, manifest.schema))),
        ("size", Some(format!("{} KiB", manifest.database_bytes.div_ceil(1024)))),
        ("holds", Some(rows.join(", "))),
        ("pending", Some(format!("{} orders", manifest.pending_orders))),
        ("available", Some(rupiah(manifest.available))),
        ("held", Some(rupiah(manifest.held))),
        ("master key", Some(or_dash(manifest.master_key.as_deref()))),
    ])
}

/// What was seen of one.
pub fn inspection(inspection: &Inspection) -> String {
    let mut text = inspection.manifest.as_ref().map(|found| manifest(found) + "\n").unwrap_or_default();
    if !inspection.faults.is_empty() {
        text.push_str("Something is wrong with it; use another one:\n");
        text.extend(inspection.faults.iter().map(|fault| format!("  {fault}\n")));
    } else if inspection.verification.is_some() {
        text.push_str("It is whole, and every rule of the books holds.");
    } else {
        text.push_str(
            "It is whole. It was made by an older version, so its books were not held against the rules; \
             restored and migrated they can be, with `loket verify`.",
        );
    }
    text
}
