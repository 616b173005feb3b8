//! Requests about products.

pub mod cut_off;
mod lay_over;
mod list;
mod put;
mod row;
mod seed;
mod terms;

pub use list::ListProducts;
pub use put::{PutProducts, PutRule};
pub use row::{NumberForm, ProductRow, ProductType, Sale};
pub use seed::SeedProducts;

use serde::{Deserialize, Serialize};

/// How many products were changed or new.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Put {
    /// So many; the rest were as they were.
    pub changed: usize,
    /// Of so many.
    pub of: usize,
}
