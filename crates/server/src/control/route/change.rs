//! Changes one of a product's routes where it stands.

use app::Context;
use domain::money::Rupiah;
use domain::product::Product;
use serde::{Deserialize, Serialize};

use super::list::find_product;
use super::set::put;
use super::shown::RouteShown;
use crate::control::merchant::Clearable;
use crate::control::product::cut_off;
use crate::control::{Progress, Refused, Request};

/// Changes what is given, and leaves the rest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeRoute {
    /// The product's code.
    pub code: String,
    /// The route that leads there.
    pub supplier: String,
    /// The operator's switch.
    pub on: Option<bool>,
    /// Not if it costs more.
    pub max_cost: Option<Clearable<i64>>,
    /// When it isn't bought there each day: `23:45-00:15`, or `none`.
    pub cut_off: Option<String>,
}

impl Request for ChangeRoute {
    type Answer = Vec<RouteShown>;

    async fn execute(self, context: &Context, _: &Progress) -> Result<Vec<RouteShown>, Refused> {
        let mut product: Product = (*find_product(context, &self.code)?).clone();
        let way = product.routes.iter_mut().find(|way| way.route.supplier.as_str() == self.supplier);
        let way = way.ok_or_else(|| {
            Refused(format!("{} is not routed to {}; `loket route list` shows where", self.code, self.supplier))
        })?;
        way.is_on = self.on.unwrap_or(way.is_on);
        match self.max_cost {
            Some(Clearable::Set(amount)) => {
                let limit = Rupiah::new(amount).filter(|limit| !limit.is_negative());
                way.max_cost = Some(limit.ok_or_else(|| Refused::because("that is no amount that it may cost"))?);
            }
            Some(Clearable::Clear) => way.max_cost = None,
            None => {}
        }
        if let Some(window) = &self.cut_off {
            way.cut_off = cut_off::read(window).map_err(Refused::because)?;
        }
        put(context, product).await
    }
}
