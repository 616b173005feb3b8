//! What `data` holds: one file a shape, members in the order that the contract gives.
//!
//! The shapes borrow from the domain's rows, and are the schemas of `/openapi.json` too. They decide nothing: which code goes with an
//! order is `outcome.rs`.

mod balance;
mod bill_payment;
mod delivery;
mod desc;
mod endpoint;
mod endpoint_secret;
mod event;
mod event_history;
mod inquiry;
mod logged_event;
mod mutation;
mod outcome;
mod product;
mod purchase;
mod recovery;
mod removed;
mod resent;
mod stored_payload;
mod wire;

pub use balance::BalanceData;
pub use bill_payment::BillPaymentData;
pub use delivery::DeliveryData;
pub use endpoint::EndpointData;
pub use endpoint_secret::EndpointSecretData;
pub use event::EventData;
pub use event_history::{DeliveryTryData, EventHistoryData};
pub use inquiry::InquiryData;
pub use logged_event::LoggedEventData;
pub use mutation::MutationData;
pub use outcome::{payment_code, purchase_code};
pub use product::ProductData;
pub use purchase::PurchaseData;
pub use recovery::RecoveryData;
pub use removed::RemovedData;
pub use resent::ResentData;

#[cfg(test)]
mod examples;
