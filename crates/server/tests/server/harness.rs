//! What tests hold in their hands: a [`Loket`] on a directory of its own, and [`Merchant`]s that call it.
//!
//! ```ignore
//! let mut loket = Loket::start();
//! let toko = loket.merchant("toko");
//! toko.inquire("INQ-1", "MPBPJS", "1234567890").expect_code("BILL_INQUIRY_SUCCESS");
//! loket.kill();
//! loket.open();
//! assert_eq!(toko.balance(), 1_000_000);
//! ```
//! Nothing sleeps: starting waits for the program's own line, ending for its exit, [`eventually`] for what it asks about.

#[path = "harness/answer.rs"]
mod answer;
#[path = "harness/connection.rs"]
mod connection;
#[path = "harness/database.rs"]
mod database;
#[path = "harness/dice.rs"]
mod dice;
#[path = "harness/loket.rs"]
mod loket;
#[path = "harness/merchant.rs"]
mod merchant;
#[path = "harness/receiver.rs"]
mod receiver;
#[path = "harness/reckoning.rs"]
mod reckoning;
#[path = "harness/stand_in.rs"]
mod stand_in;

use std::time::Duration;

use app::seams::{Clock, SystemClock};

pub use answer::Answer;
pub use connection::Connection;
pub use database::rows;
pub use dice::Dice;
pub use loket::{DEPOSIT, Loket, program, terminate};
pub use merchant::Merchant;
pub use receiver::{Arrival, Receiver, Reply};
pub use reckoning::{Reckoning, Settled};
pub use stand_in::{StandIn, WEBHOOK_SECRET};

/// Everything takes at most this long; a slow machine under load included.
pub const PATIENCE: Duration = Duration::from_mins(3);

/// Asks again and again, without sleeping, until there is something; panics when patience ends.
pub fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let clock = SystemClock::start();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(clock.monotonic() < PATIENCE, "never happened: {what}");
        std::thread::yield_now();
    }
}

/// Lets time pass without sleeping.
pub fn pass(span: Duration) {
    let clock = SystemClock::start();
    while clock.monotonic() < span {
        std::thread::yield_now();
    }
}

/// A random moment of up to five milliseconds.
pub fn linger(dice: &Dice) {
    pass(Duration::from_micros(dice.below(5_000)));
}

/// The moment, in Unix seconds.
pub fn now_seconds() -> i64 {
    SystemClock::start().wall().seconds()
}
