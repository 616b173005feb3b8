//! Loket and real suppliers' interfaces: the real program, stand-ins that speak what the suppliers speak, HTTP both ways.
//!
//! What is believed is the stand-ins' own journal of what they were asked and what they really did: [`House::reckon`] holds every order
//! against it. Between 23:59:30 and midnight in Jakarta, Digiflazz's bills can't be paid, and these tests fail: the program has the
//! machine's clock.

#[path = "stand_ins/callbacks.rs"]
mod callbacks;
#[path = "stand_ins/credentials.rs"]
mod credentials;
#[path = "stand_ins/digiflazz.rs"]
mod digiflazz;
#[path = "stand_ins/documents.rs"]
mod documents;
#[path = "stand_ins/failover.rs"]
mod failover;
#[path = "stand_ins/house.rs"]
mod house;
#[path = "stand_ins/iak.rs"]
mod iak;
#[path = "stand_ins/late_words.rs"]
mod late_words;
#[path = "stand_ins/reckoning.rs"]
mod reckoning;
#[path = "stand_ins/shapes.rs"]
mod shapes;
#[path = "stand_ins/status_checks.rs"]
mod status_checks;

use house::{House, Webhooks, bill, credit};
