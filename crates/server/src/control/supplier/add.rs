//! Adds a supplier.

use app::{Context, NewSupplier, put_supplier};
use serde::{Deserialize, Serialize};

use super::change::refused;
use super::find::{read_name, show};
use super::settings::SupplierSettings;
use super::shown::{Language, SupplierShown};
use crate::control::{Progress, Refused, Request, SecretText};

/// Adds a supplier. Nothing is sent to it yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AddSupplier {
    /// Its name in this house.
    pub name: String,
    /// Its language, for ever.
    pub kind: Language,
    /// Who we are there, for ever.
    pub user: String,
    /// What signs our requests.
    pub key: SecretText,
    /// What is said of it beyond that.
    pub settings: SupplierSettings,
}

impl Request for AddSupplier {
    type Answer = SupplierShown;
    const BEGINS: bool = true;

    async fn execute(self, context: &Context, _: &Progress) -> Result<SupplierShown, Refused> {
        let new = NewSupplier { kind: self.kind.into(), user: self.user.into(), key: self.key.reveal() };
        let request =
            app::PutSupplier { name: read_name(&self.name)?, new: Some(new), changes: self.settings.changes()? };
        put_supplier(context, request).await.map_err(|error| refused(error, &self.name))?;
        show(context, &self.name)
    }
}
