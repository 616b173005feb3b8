//! What a disk can do: how long it takes to promise something, and how much room there is.

mod room;
mod sync_time;

pub use room::Room;
pub use sync_time::measure_sync;
