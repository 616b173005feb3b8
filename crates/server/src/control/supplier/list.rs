//! Shows suppliers.

use app::Context;
use serde::{Deserialize, Serialize};

use super::find::show;
use super::shown::SupplierShown;
use crate::control::{Progress, Refused, Request};

/// Shows all suppliers, by name. The built-in sandbox isn't among them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ListSuppliers {}

/// Shows one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShowSupplier {
    /// Which.
    pub name: String,
}

impl Request for ListSuppliers {
    type Answer = Vec<SupplierShown>;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Vec<SupplierShown>, Refused> {
        Ok(context
            .suppliers()
            .all()
            .values()
            .filter_map(|channel| SupplierShown::of(channel, context.time()))
            .collect())
    }
}

impl Request for ShowSupplier {
    type Answer = SupplierShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<SupplierShown, Refused> {
        show(context, &self.name)
    }
}
