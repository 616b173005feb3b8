//! Requests about suppliers.

mod add;
mod change;
mod find;
mod list;
mod secret_text;
mod settings;
mod shown;

pub use add::AddSupplier;
pub use change::ChangeSupplier;
pub use list::{ListSuppliers, ShowSupplier};
pub use secret_text::SecretText;
pub use settings::{SupplierSettings, Switch};
pub use shown::{Language, SupplierShown};
