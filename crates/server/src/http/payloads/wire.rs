//! How the domain's small types stand on the wire.

#![expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "serde hands fields over by reference")]

use domain::money::Rupiah;
use domain::time::Timestamp;
use serde::Serializer;

/// `2026-05-31 10:40:02`, always WIB.
pub fn wib<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&moment.wib())
}

/// The same, or `null`.
pub fn wib_or_null<S: Serializer>(moment: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match moment {
        Some(moment) => wib(moment, serializer),
        None => serializer.serialize_none(),
    }
}

/// An integer of whole rupiah.
pub fn rupiah<S: Serializer>(amount: &Rupiah, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(amount.get())
}

/// The same, or `null`.
pub fn rupiah_or_null<S: Serializer>(amount: &Option<Rupiah>, serializer: S) -> Result<S::Ok, S::Error> {
    match amount {
        Some(amount) => rupiah(amount, serializer),
        None => serializer.serialize_none(),
    }
}
