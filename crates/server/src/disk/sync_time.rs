//! How long the disk takes to promise something, without which no figure of a durable server means anything.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use app::seams::Clock;

const SYNCS: usize = 50;
const BLOCK: [u8; 4096] = [0xA5; 4096];

/// The median time of appending 4 KiB to a new file in `directory` and syncing its data. The file is gone afterwards.
pub fn measure_sync(directory: &Path, clock: &dyn Clock) -> io::Result<Duration> {
    let mut file = tempfile::tempfile_in(directory)?;
    let mut times = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let began = clock.monotonic();
        file.write_all(&BLOCK)?;
        file.sync_data()?;
        times.push(clock.monotonic().saturating_sub(began));
    }
    times.sort_unstable();
    Ok(times[SYNCS / 2])
}

#[cfg(test)]
mod tests {
    use app::seams::SystemClock;

    use super::*;

    #[test]
    fn a_sync_takes_time_and_leaves_nothing() -> io::Result<()> {
        let directory = tempfile::tempdir()?;
        assert!(measure_sync(directory.path(), &SystemClock::start())? > Duration::ZERO);
        assert_eq!(std::fs::read_dir(directory.path())?.count(), 0);
        Ok(())
    }
}
