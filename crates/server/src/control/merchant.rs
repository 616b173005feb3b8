//! Requests about merchants.

mod add;
mod change;
mod find;
mod list;
mod read;
mod rotate_keys;
mod shown;

pub use add::{AddMerchant, MerchantKeys};
pub use change::{ChangeMerchant, Clearable};
pub use find::find_merchant;
pub use list::{ListMerchants, ShowMerchant};
pub use read::{networks as read_networks, webhook as read_webhook_url};
pub use rotate_keys::RotateKeys;
pub use shown::MerchantShown;
