//! Adds or changes products.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::{Context, ProductFilter, list_products, put_products, reload_catalogue};
use domain::product::Product;
use serde::{Deserialize, Serialize};

use super::Put;
use super::lay_over::{lay_over, make_new};
use super::row::ProductRow;
use crate::control::{Progress, Refused, Request};

/// Puts these products, all or none.
///
/// Each row is laid over the product as it is when the request arrives: of two operators who change one product in the same moment,
/// the later one wins.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PutProducts {
    /// What is said of each.
    pub rows: Vec<ProductRow>,
    /// Which of them must be there already.
    pub rule: PutRule,
}

/// Which products must be there already.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PutRule {
    /// None.
    New,
    /// All.
    Known,
    /// Whichever.
    Any,
}

impl Request for PutProducts {
    type Answer = Put;
    const BEGINS: bool = true;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Put, Refused> {
        // Another node may just have changed one.
        reload_catalogue(context).await?;
        let all = list_products(context, &ProductFilter::default());
        let known: BTreeMap<&str, &Arc<Product>> = all.iter().map(|product| (product.code.as_str(), product)).collect();
        let mut products: BTreeMap<String, Product> = BTreeMap::new();
        for row in self.rows {
            let code = row.code.clone();
            let before = known.get(code.as_str());
            let product = match (before, self.rule) {
                (Some(_), PutRule::New) => {
                    return Err(Refused(format!(
                        "there is a product {code} already; change it with `loket product set`"
                    )));
                }
                (None, PutRule::Known) => {
                    return Err(Refused(format!("there is no product {code}; add it with `loket product add`")));
                }
                (Some(before), _) => lay_over(row, before)?,
                (None, _) => make_new(row, context.time().now())?,
            };
            if products.insert(code.clone(), product).is_some() {
                return Err(Refused(format!("product {code} is there twice")));
            }
        }
        let of = products.len();
        let changed = put_products(context, products.into_values().collect()).await?;
        Ok(Put { changed, of })
    }
}
