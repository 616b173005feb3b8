//! The parameters of `/v1/products`.

use domain::json::Value;
use domain::product::ProductKind;
use domain::signature::SignedRequest;

use super::form::Form;
use super::read;
use crate::http::language::{Sentence, sentence};
use crate::http::problem::Problem;

/// How many products stand on a page unless the request says otherwise.
const PER_PAGE: u32 = 100;

/// What `/v1/products` is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductsParameters {
    /// Only of this kind.
    pub kind: Option<ProductKind>,
    /// Only of this category.
    pub category: Option<String>,
    /// Only of this brand.
    pub brand: Option<String>,
    /// Only this one.
    pub code: Option<String>,
    /// Which page, from 1.
    pub page: u32,
    /// How many a page.
    pub per_page: u32,
}

impl ProductsParameters {
    /// Reads them.
    pub fn read(request: &SignedRequest<'_>) -> Result<Self, Problem> {
        let mut form = Form::new(request);
        form.required("cmd", read_command);
        let parameters = Self {
            kind: form.optional("type", read::product_kind),
            category: form.optional("category", read::text),
            brand: form.optional("brand", read::text),
            code: form.optional("code", read::text),
            page: form.optional("page", read::page).unwrap_or(1),
            per_page: form.optional("per_page", read::per_page).unwrap_or(PER_PAGE),
        };
        form.finish(Some(parameters))
    }
}

/// The path isn't signed: without this a signed request could be replayed at another call.
fn read_command(value: &Value<'_>) -> Result<(), Sentence> {
    const NOT_PRODUCTS: Sentence = sentence("Harus products.", "This must be products.");
    if value.as_str() == Some("products") { Ok(()) } else { Err(NOT_PRODUCTS) }
}
