//! Puts products into the catalogue, all or none.

use domain::command::PutProducts;
use domain::product::Product;

use crate::context::Context;
use crate::error::CallError;

/// Adds or replaces the products, and gives how many were changed or new. They hold for the next request.
pub async fn put_products(context: &Context, products: Vec<Product>) -> Result<usize, CallError> {
    let changed = context.engine.ask(PutProducts { products }).await?;
    let reloading = context.clone();
    context
        .read(move |snapshot| {
            let _turn = reloading.loading_catalogue.lock();
            reloading.catalogue.replace(snapshot.products()?);
            Ok(())
        })
        .await?;
    Ok(changed)
}
