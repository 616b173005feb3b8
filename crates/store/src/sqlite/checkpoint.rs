//! Copies committed pages from the log into the database file, so that the log stays small.
//!
//! The copying is done beside the writer, piece by piece; the writer itself copies only the rest of the last piece, after which the log
//! begins anew. So no commit waits for more than a small part of a checkpoint.

use crate::StoreError;
use crate::sqlite::copier::Copier;
use crate::sqlite::statements::Statements;

/// 80 MiB. The rarer the log begins anew, the more commits share one copy of a hot page.
const MOST_LOG_PAGES: i64 = 20_000;
/// Into how many pieces a checkpoint is divided.
const PIECES: i64 = 4;
/// How many times as long the log may grow while the disk is too slow for the copying; then the writer waits for it.
const MOST_BEHIND: i64 = 3;

/// When checkpoints are made.
#[derive(Debug)]
pub struct Checkpoints {
    copier: Copier,
    most_log_pages: i64,
    /// How long the log was when a piece was last begun.
    begun_at: i64,
}

impl Checkpoints {
    /// With a copier that has nothing to do yet.
    pub const fn by(copier: Copier) -> Self {
        Self { copier, most_log_pages: MOST_LOG_PAGES, begun_at: 0 }
    }

    /// As if the log might be only that long.
    #[cfg(test)]
    pub const fn limit(&mut self, most_log_pages: i64) {
        self.most_log_pages = most_log_pages;
    }

    /// Does what is due after a commit. What a reader still needs is left for the next time.
    ///
    /// SQLite's own automatic checkpoint hides its failures, and after a failed sync nothing must be written any more.
    pub fn make_if_due(&mut self, statements: &Statements<'_>) -> Result<(), StoreError> {
        let pages = log_pages(statements, "PRAGMA wal_checkpoint(NOOP)")?;
        if pages >= self.most_log_pages.saturating_mul(MOST_BEHIND) {
            self.copier.wait();
        }
        match self.copier.ended() {
            Some(copied) => {
                copied?;
                if pages >= self.most_log_pages {
                    copy(statements)?;
                }
            }
            None if self.copier.is_copying() => {}
            None => {
                // It has begun anew.
                self.begun_at = self.begun_at.min(pages);
                if pages >= self.begun_at.saturating_add(self.most_log_pages / PIECES) {
                    self.begun_at = pages;
                    self.copier.begin();
                }
            }
        }
        Ok(())
    }
}

/// Copies what may be copied. It waits for nobody.
pub fn copy(statements: &Statements<'_>) -> Result<(), StoreError> {
    log_pages(statements, "PRAGMA wal_checkpoint(PASSIVE)").map(drop)
}

fn log_pages(statements: &Statements<'_>, pragma: &'static str) -> Result<i64, StoreError> {
    // Columns: whether it had to stop early, pages in the log, pages of them that are in the database file.
    Ok(statements.find(pragma, [], |row| Ok(row.get(1)?))?.unwrap_or(0))
}
