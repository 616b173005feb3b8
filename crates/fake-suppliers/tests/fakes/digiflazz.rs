//! The fake Digiflazz.

mod limits;
mod payments;
mod refusals;
mod test_numbers;
mod webhooks;
