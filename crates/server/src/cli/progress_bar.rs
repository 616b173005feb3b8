//! A bar on stderr, if that is a terminal, for requests that take a while.

use std::error::Error;

use indicatif::{ProgressBar, ProgressStyle};

use crate::control::Progress;

/// A bar that counts `what`, and the progress that moves it.
pub fn progress_bar(what: &str) -> Result<(ProgressBar, Progress), Box<dyn Error>> {
    let style = ProgressStyle::with_template(&format!("{{bar:40}} {{pos}}/{{len}} {what}"))?;
    let bar = ProgressBar::new(0).with_style(style);
    let shown = bar.clone();
    let progress = Progress::to(move |done, of| {
        shown.set_length(of);
        shown.set_position(done);
    });
    Ok((bar, progress))
}
