//! The suppliers of this house, by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::id::{Mode, ProductCode, SupplierName};
use domain::product::{Product, Route};
use outbound::Supplier;

/// The built-in supplier of testing mode and of the demo.
pub const SANDBOX: &str = "sandbox";

/// Every supplier that can be routed to. The sandbox is always there.
#[derive(Clone)]
pub struct Suppliers {
    by_name: BTreeMap<SupplierName, Arc<dyn Supplier>>,
    sandbox_name: SupplierName,
}

impl Suppliers {
    /// A house with the sandbox only. `None` if its name were no name.
    pub fn with_sandbox(sandbox: Arc<dyn Supplier>) -> Option<Self> {
        let sandbox_name = SupplierName::parse(SANDBOX)?;
        Some(Self { by_name: BTreeMap::from([(sandbox_name.clone(), sandbox)]), sandbox_name })
    }

    /// The supplier with that name.
    pub fn find(&self, name: &SupplierName) -> Option<&Arc<dyn Supplier>> {
        self.by_name.get(name)
    }

    /// Where a product is bought in a mode: testing never leaves the house.
    pub fn route(&self, product: &Product, mode: Mode) -> Route {
        match mode {
            Mode::Production => product.route.clone(),
            Mode::Testing => Route {
                supplier: self.sandbox_name.clone(),
                sku: sku_in_sandbox(&product.code),
                cost: product.route.cost,
            },
        }
    }
}

fn sku_in_sandbox(code: &ProductCode) -> Arc<str> {
    code.as_str().into()
}
