//! The fake IAK.

mod payments;
mod purchases;
mod refusals;
mod shapes;
mod test_numbers;
