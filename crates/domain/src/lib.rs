//! TODO

pub mod json;
pub mod signature;
