//! Where log lines go: stderr, in the form and from the level that the operator chose.

use std::io::IsTerminal;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt, registry};

use crate::config::LogFormat;

/// It tells of every step of a migration, which we tell in one line.
const TALKATIVE: &str = "refinery_core";

/// Begins to log. What comes later in the same process changes nothing.
pub fn start(format: LogFormat, level: LevelFilter) {
    let heard = Targets::new().with_default(level).with_target(TALKATIVE, level.min(LevelFilter::WARN));
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    // It fails only if somebody logs already, as other tests of one process do.
    let _ = registry().with(lines.with_filter(heard)).try_init();
}
