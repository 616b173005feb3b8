//! Which supplier an operator means.

use std::sync::Arc;

use app::{Channel, Context};
use domain::id::SupplierName;

use super::shown::SupplierShown;
use crate::control::Refused;

/// A name that a supplier can have.
pub fn read_name(text: &str) -> Result<SupplierName, Refused> {
    SupplierName::parse(text).ok_or_else(|| Refused::because("a supplier's name has 1 to 32 of a-z 0-9 - _"))
}

/// The channel to the supplier of that name, the built-in sandbox's too.
pub fn find_channel(context: &Context, text: &str) -> Result<Arc<Channel>, Refused> {
    SupplierName::parse(text).and_then(|name| context.suppliers().find(&name)).ok_or_else(|| not_found(text))
}

/// The supplier of that name as it is now.
pub fn show(context: &Context, text: &str) -> Result<SupplierShown, Refused> {
    let channel = find_channel(context, text)?;
    SupplierShown::of(&channel, context.time())
        .ok_or_else(|| Refused::because("the sandbox is built in, and there is nothing to show of it"))
}

/// There is none of that name.
pub fn not_found(text: &str) -> Refused {
    Refused(format!("there is no supplier {text}; `loket supplier list` shows all there are"))
}
