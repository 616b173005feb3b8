//! Adds the demo catalogue.

use app::{Context, ProductFilter, list_products, put_products};
use outbound::demo_catalogue;
use serde::{Deserialize, Serialize};

use super::Put;
use crate::control::{Progress, Refused, Request};

/// Adds every product of the demo catalogue that isn't there yet, each routed to the sandbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SeedProducts {}

impl Request for SeedProducts {
    type Answer = Put;
    const BEGINS: bool = true;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Put, Refused> {
        if context.suppliers().has_real() {
            return Err(Refused::because(
                "there is a real supplier, and the sandbox serves only testing orders from then on; add products with `loket product import`",
            ));
        }
        let mut products = demo_catalogue(context.time().now()).map_err(|error| Refused(error.to_string()))?;
        let of = products.len();
        let known = list_products(context, &ProductFilter::default());
        products.retain(|product| known.binary_search_by(|known| known.code.cmp(&product.code)).is_err());
        let changed = put_products(context, products).await?;
        Ok(Put { changed, of })
    }
}
