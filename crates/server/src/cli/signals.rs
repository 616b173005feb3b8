//! What the system tells a running server.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// SIGXFSZ, on every Linux but those for MIPS and PA-RISC.
const FILE_SIZE_LIMIT: i32 = 25;

/// Listens from now on; the future ends with the first SIGTERM or SIGINT.
///
/// A file that reaches the size limit of the process (`ulimit -f`) is an error like a full disk from now on, and no longer its end.
pub fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    // Once listened for, a signal no longer does what it does by default, for as long as the process lives.
    let _ = signal(SignalKind::from_raw(FILE_SIZE_LIMIT))?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
