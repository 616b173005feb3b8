//! Holds the books against every rule.

use app::{Context, verify};
use serde::{Deserialize, Serialize};

use super::progress::Progress;
use super::refused::Refused;
use super::request::Request;

/// Looks at every book, order, transfer and bill, at one consistent moment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Verify {}

/// What was looked at, and what was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Verified {
    /// How many books.
    pub books: u64,
    /// How many orders.
    pub orders: u64,
    /// How many deposits and adjustments.
    pub vouchers: u64,
    /// How many transfers.
    pub transfers: u64,
    /// How many bills.
    pub bills: u64,
    /// Broken rules; none, if all is well.
    pub findings: Vec<BrokenRule>,
}

/// A rule that is broken somewhere.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BrokenRule {
    /// The rule.
    pub rule: String,
    /// Where.
    pub place: String,
}

impl Request for Verify {
    type Answer = Verified;

    async fn execute(self, context: &Context, progress: &Progress) -> Result<Verified, Refused> {
        let progress = progress.clone();
        let verification =
            context.read(move |snapshot| verify(snapshot, &mut |done, of| progress.tell(done, of))).await?;
        let findings = verification.findings.into_iter();
        Ok(Verified {
            books: verification.books,
            orders: verification.orders,
            vouchers: verification.vouchers,
            transfers: verification.transfers,
            bills: verification.bills,
            findings: findings
                .map(|finding| BrokenRule { rule: finding.rule.to_owned(), place: finding.place })
                .collect(),
        })
    }
}
