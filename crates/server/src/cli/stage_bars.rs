//! A bar on stderr, if that is a terminal, for each stage of what is done in several.

use std::cell::RefCell;

use indicatif::{ProgressBar, ProgressStyle};

use crate::control::Progress;
use crate::stages::Stage;

/// The bar of the stage that is under way; the one before is taken away.
#[derive(Default)]
pub struct StageBars(RefCell<Option<ProgressBar>>);

impl StageBars {
    /// The next stage begins.
    pub fn begin(&self, stage: Stage) -> Progress {
        self.finish();
        let template = match stage {
            Stage::Bytes(what) => format!("{{bar:40}} {{bytes}}/{{total_bytes}} {what}, {{eta}} left"),
            Stage::Items(what) => format!("{{bar:40}} {{pos}}/{{len}} {what}"),
        };
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        bar.tick();
        let shown = bar.clone();
        self.0.replace(Some(bar));
        Progress::to(move |done, of| {
            shown.set_length(of);
            shown.set_position(done);
        })
    }

    /// The last one is over.
    pub fn finish(&self) {
        if let Some(bar) = self.0.take() {
            bar.finish_and_clear();
        }
    }
}
