//! What generator and server have used so far.

use std::io;
use std::time::Duration;

use super::BenchError;
use super::process::Process;

/// Readings of both, at one moment.
#[derive(Clone, Copy)]
pub struct Meters {
    /// Of this process.
    pub generator: Reading,
    /// Of the server, if its process is known.
    pub server: Option<Reading>,
}

/// What one process has used.
#[derive(Clone, Copy)]
pub struct Reading {
    /// Processor time.
    pub processor: Duration,
    /// The most memory that it ever had, in KiB.
    pub peak_kib: u64,
    /// The memory that it has, in KiB.
    pub resident_kib: u64,
}

impl Meters {
    /// Reads them now.
    pub fn read(server: Option<u32>) -> Result<Self, BenchError> {
        let server =
            server.map(|pid| Reading::of(Process::with_id(pid)).map_err(|error| BenchError::NoProcess { pid, error }));
        Ok(Self { generator: Reading::of(Process::OWN)?, server: server.transpose()? })
    }

    /// What was used since `earlier`, and the memory as it is now.
    pub fn since(self, earlier: &Self) -> Self {
        let server = self.server.zip(earlier.server);
        Self {
            generator: self.generator.since(&earlier.generator),
            server: server.map(|(now, earlier)| now.since(&earlier)),
        }
    }
}

impl Reading {
    fn of(process: Process) -> io::Result<Self> {
        Ok(Self {
            processor: process.processor_time()?,
            peak_kib: process.peak_kib()?,
            resident_kib: process.resident_kib()?,
        })
    }

    fn since(self, earlier: &Self) -> Self {
        Self { processor: self.processor.saturating_sub(earlier.processor), ..self }
    }
}
