//! Puts products into the catalogue, all or none.

use domain::command::PutProducts;
use domain::product::Product;
use store::StoreError;

use crate::context::Context;
use crate::error::CallError;
use crate::tasks::Tasks;

/// Adds or replaces the products, and gives how many were changed or new. They hold for the next request.
pub async fn put_products(context: &Context, products: Vec<Product>) -> Result<usize, CallError> {
    let changed = context.engine.ask(PutProducts { products }).await?;
    reload_catalogue(context).await?;
    Ok(changed)
}

/// Makes the catalogue what the store has now.
pub async fn reload_catalogue(context: &Context) -> Result<(), CallError> {
    let reloading = context.clone();
    let reloaded = Tasks::block(move || {
        // The turn comes before the snapshot: what is read later is loaded later.
        let _turn = reloading.loading_catalogue.lock();
        reloading.catalogue.replace(reloading.store.snapshot()?.products()?);
        Ok::<_, StoreError>(())
    });
    Ok(reloaded.await.ok_or(CallError::Internal)??)
}
