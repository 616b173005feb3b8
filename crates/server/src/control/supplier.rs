//! Requests about suppliers.

mod add;
mod balance;
mod change;
mod find;
mod list;
mod products;
mod settings;
mod shown;

pub use add::AddSupplier;
pub use balance::{ReadSupplierBalance, SupplierBalance};
pub use change::ChangeSupplier;
pub use find::not_found;
pub use list::{ListSuppliers, ShowSupplier};
pub use products::{CompareProducts, Difference, ProductsCompared, SupplierProductShown, Terms};
pub use settings::{SupplierSettings, Switch};
pub use shown::{Language, SupplierShown};
