//! What is sold: every product in memory, as the store has it.

use std::sync::Arc;

use arc_swap::ArcSwap;
use domain::id::ProductCode;
use domain::product::Product;

/// All products, ordered by code. Replaced as a whole when one changes, so that reading never waits.
#[derive(Default)]
pub struct Catalogue {
    products: ArcSwap<Vec<Arc<Product>>>,
}

impl Catalogue {
    /// Takes over what the store has.
    pub fn replace(&self, products: Vec<Product>) {
        let mut products: Vec<_> = products.into_iter().map(Arc::new).collect();
        products.sort_by(|left, right| left.code.cmp(&right.code));
        self.products.store(Arc::new(products));
    }

    /// The product with that code.
    pub fn find(&self, code: &ProductCode) -> Option<Arc<Product>> {
        let products = self.products.load();
        let index = products.binary_search_by(|product| product.code.cmp(code)).ok()?;
        products.get(index).cloned()
    }

    /// All of them.
    pub fn all(&self) -> Arc<Vec<Arc<Product>>> {
        self.products.load_full()
    }
}
