//! What a process has used, as Linux's `/proc` tells it.

use std::io;
use std::time::Duration;

/// Linux counts a process's time in hundredths of a second, on every platform (`USER_HZ`, proc(5)).
const TICK: Duration = Duration::from_millis(10);

/// A process, of which only the id is known.
#[derive(Clone, Copy, Debug)]
pub struct Process {
    directory: Option<u32>,
}

impl Process {
    /// This one.
    pub const OWN: Self = Self { directory: None };

    /// The one with this id.
    pub const fn with_id(pid: u32) -> Self {
        Self { directory: Some(pid) }
    }

    /// The processor time of all its threads since it began.
    pub fn processor_time(self) -> io::Result<Duration> {
        parse_stat(&self.read("stat")?).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// The most memory it ever had at once (`VmHWM`), in KiB.
    pub fn peak_kib(self) -> io::Result<u64> {
        parse_kib(&self.read("status")?, "VmHWM:").ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// The memory that it has (`VmRSS`), in KiB.
    pub fn resident_kib(self) -> io::Result<u64> {
        parse_kib(&self.read("status")?, "VmRSS:").ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    fn read(self, file: &str) -> io::Result<String> {
        let directory = self.directory.map_or_else(|| "self".to_owned(), |pid| pid.to_string());
        std::fs::read_to_string(format!("/proc/{directory}/{file}"))
    }
}

/// User and system time. They are fields 14 and 15; the second, the program's name, may itself have spaces and brackets.
fn parse_stat(text: &str) -> Option<Duration> {
    let (_, after_name) = text.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u32>().ok();
    Some(TICK * ticks()?.checked_add(ticks()?)?)
}

fn parse_kib(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_found_behind_any_name() {
        let stat = "12 (a) (b c) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20";
        assert_eq!(parse_stat(stat), Some(Duration::from_secs(3)));
        assert_eq!(parse_stat("12 (a) S 1"), None);
    }

    #[test]
    fn a_process_can_be_asked_about() -> io::Result<()> {
        Process::OWN.processor_time()?;
        assert!(Process::with_id(std::process::id()).peak_kib()? > 0);
        assert!(Process::OWN.resident_kib()? > 0);
        assert_eq!(parse_kib("VmPeak:\t 9 kB\nVmHWM:\t  1234 kB\n", "VmHWM:"), Some(1234));
        Ok(())
    }
}
