//! Shows on stderr that something happens, if somebody is looking.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::plan::Extent;

/// The bar of a run, which isn't drawn where there is no terminal.
pub struct Progress {
    bar: ProgressBar,
    extent: Extent,
}

impl Progress {
    /// Begins with nothing done.
    pub fn new(extent: Extent) -> Self {
        let length = match extent {
            Extent::Time(span) => millis(span),
            Extent::Count(count) => count,
        };
        let bar = ProgressBar::new(length);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3} %  {msg}") {
            bar.set_style(style);
        }
        Self { bar, extent }
    }

    /// So much was done, in so much of the window.
    pub fn show(&self, done: u64, elapsed: Duration, units: &str) {
        self.bar.set_position(match self.extent {
            Extent::Time(_) => millis(elapsed),
            Extent::Count(_) => done,
        });
        self.bar.set_message(if elapsed.is_zero() { "warming up".to_owned() } else { format!("{done} {units}") });
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
