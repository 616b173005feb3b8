//! Changes a supplier.

use app::{Context, PutSupplierError, put_supplier};
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};

use super::find::{not_found, read_name, show};
use super::settings::SupplierSettings;
use super::shown::SupplierShown;
use crate::control::{Progress, Refused, Request};

/// Changes what is given, and leaves the rest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeSupplier {
    /// Which.
    pub name: String,
    /// What is to change.
    pub settings: SupplierSettings,
}

impl Request for ChangeSupplier {
    type Answer = SupplierShown;

    async fn execute(self, context: &Context, _: &Progress) -> Result<SupplierShown, Refused> {
        let changes = self.settings.changes()?;
        if changes.is_empty() {
            return Err(Refused::because("nothing to change was given"));
        }
        let request = app::PutSupplier { name: read_name(&self.name)?, new: None, changes };
        put_supplier(context, request).await.map_err(|error| refused(error, &self.name))?;
        show(context, &self.name)
    }
}

/// Why a supplier of that name is not put.
pub fn refused(error: PutSupplierError, name: &str) -> Refused {
    match error {
        PutSupplierError::NotFound => not_found(name),
        PutSupplierError::Call(app::CallError::Refused(Refusal::SupplierExists)) => {
            Refused(format!("there is a supplier {name} already; change it with `loket supplier set`"))
        }
        PutSupplierError::Call(error) => error.into(),
        PutSupplierError::BuiltIn | PutSupplierError::Account(_) => Refused(error.to_string()),
    }
}
