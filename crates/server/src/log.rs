//! Where log lines go: stderr, in the form and from the level that the operator chose.

use tracing::level_filters::LevelFilter;

use crate::config::LogFormat;

/// Begins to log. What comes later in the same process changes nothing.
pub fn start(format: LogFormat, level: LevelFilter) {
    let lines = tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(level);
    // It fails only if somebody logs already, as other tests of one process do.
    let _ = match format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
}
