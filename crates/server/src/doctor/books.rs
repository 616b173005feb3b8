//! Whether the books hold every rule.

use app::verify;

use super::{Finding, Patient};
use crate::stages::Stage;

/// As `loket verify` does.
pub fn look(patient: &mut Patient<'_>) -> Option<Finding> {
    let progress = patient.stages.begin(Stage::Items("books"));
    patient.read(|snapshot| {
        let verification = verify(snapshot, &mut |done, of| progress.tell(done, of))?;
        Ok(match verification.findings.first() {
            None => Finding::ok(format!(
                "every rule holds in {} books, {} orders, {} transfers",
                verification.books, verification.orders, verification.transfers
            )),
            Some(finding) => Finding::fail(
                format!(
                    "{} rules are broken; the first: {} ({})",
                    verification.findings.len(),
                    finding.rule,
                    finding.place
                ),
                "stop taking orders, and see `loket verify` for all of them",
            ),
        })
    })
}
