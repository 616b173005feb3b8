//! Does: one function a use case, over the engine (the only door to money), the store's snapshots and the suppliers.
//!
//! A use case takes the [`Context`] first, reads, asks the domain through the engine, and answers in the domain's types. Effects at
//! suppliers happen after the commit that allows them, never inside a batch.
//!
//! Deliberately absent: HTTP, SQL, rules about money or state.

mod account_call;
mod add_merchant;
mod address_book;
mod allowance;
mod asking;
mod authenticate;
mod buy;
mod catalogue;
mod change_merchant;
mod channel;
mod check_bill;
mod check_order;
mod check_secrets;
mod circuit;
mod context;
mod couriers;
mod directory;
mod endpoint_terms;
mod endpoints;
mod engine;
mod error;
mod flights;
mod fund;
mod ids;
mod list_mutations;
mod list_products;
mod mask;
mod membership;
mod pause;
mod pay_bill;
mod policy;
mod price_shelf;
mod purse;
mod put_products;
mod put_supplier;
mod questions;
mod read_balance;
mod read_events;
mod read_status;
mod recover;
mod resolve_order;
mod route_state;
mod routing;
pub mod seams;
mod send;
mod suppliers;
mod sync_prices;
mod take_callback;
mod tasks;
#[cfg(test)]
mod tests;
mod time;
mod vault;
mod verify;
mod webhook_log;
mod words;
mod workers;

pub use account_call::read_supplier_balance;
pub use add_merchant::{AddMerchant, NewMerchant, add_merchant};
pub use address_book::Address;
pub use authenticate::{AuthenticationError, authenticate};
pub use buy::{Buy, buy};
pub use change_merchant::{MerchantSettings, change_merchant, rotate_keys};
pub use channel::Channel;
pub use check_bill::{CheckBill, check_bill};
pub use check_order::{CheckOrderError, check_order};
pub use check_secrets::{SecretsError, check_secrets};
pub use context::{Context, Parts, StartError};
pub use couriers::{CourierFigures, Couriers, Letter, Post, Posted};
pub use directory::{Caller, read_network};
pub use endpoint_terms::EndpointTerms;
pub use endpoints::{
    add_endpoint, change_endpoint, find_endpoint, list_endpoints, remove_endpoint, reveal_endpoint_secret,
    rotate_endpoint_secret,
};
pub use engine::{AskError, Engine, EngineFigures};
pub use error::CallError;
pub use fund::{FundMerchant, fund};
pub use list_mutations::{MutationQuery, list_mutations};
pub use list_products::{ProductFilter, list_products};
pub use membership::JoinError;
pub use pay_bill::{PayBill, pay_bill};
pub use policy::Policy;
pub use purse::{KnownBalance, Purse};
pub use put_products::{put_products, reload_catalogue};
pub use put_supplier::{NewSupplier, PutSupplier, PutSupplierError, SupplierChange, put_supplier};
pub use read_balance::{Balance, read_balance};
pub use read_events::{EventsPage, read_events};
pub use read_status::{Status, read_status};
pub use recover::{RecoveredPart, Recovery, recover, recover_part};
pub use resolve_order::{Resolution, resolve_order};
pub use route_state::{RouteClosed, why_route_closed};
pub use suppliers::{Connect, SANDBOX, Suppliers};
pub use sync_prices::{PriceDifference, PriceDifferences, SyncError, compare_prices, read_price_list, sync_prices};
pub use take_callback::{IncomingCallback, JudgedCallback, judge_callback, take_callback};
pub use tasks::Tasks;
pub use time::Time;
pub use vault::{Vault, VaultError};
pub use verify::{Verification, verify};
pub use webhook_log::{LogPage, LogQuery, LoggedEvent, read_log, read_log_page, read_tries, resend, send_test_event};
pub use workers::start_workers;
