//! What `data` holds: one file a shape, members in the order that the contract gives.
//!
//! The shapes borrow from the domain's rows, and are the schemas of `/openapi.json` too. They decide nothing: which code goes with an
//! order is `outcome.rs`.

mod balance;
mod bill_payment;
mod desc;
mod inquiry;
mod mutation;
mod outcome;
mod product;
mod purchase;
mod wire;

pub use balance::BalanceData;
pub use bill_payment::BillPaymentData;
pub use inquiry::InquiryData;
pub use mutation::MutationData;
pub use outcome::{payment_code, purchase_code};
pub use product::ProductData;
pub use purchase::PurchaseData;

#[cfg(test)]
mod examples;
