//! Commands: all that can change. Each is one file with its data, the rows it uses, and the pure function that decides it.
//!
//! To add one: write `command/<name>.rs` with a struct that implements [`Decide`], and name it in the list below.

mod accept_payment;
mod accept_purchase;
mod announce_test;
mod begin_inquiry;
mod begin_telling;
mod change_endpoints;
mod change_leases;
mod change_merchant;
mod fund;
mod hand_to_desk;
mod keep_callback;
mod observe_prices;
mod open_inquiry;
mod put_product;
mod put_supplier;
mod record_answer;
mod record_delivery;
mod redeliver;
mod register_merchant;
mod send_again;
mod tell;

pub use accept_payment::{AcceptPayment, Payment};
pub use accept_purchase::{AcceptPurchase, Offer, Purchase};
pub use announce_test::AnnounceTest;
pub use begin_inquiry::{BeginInquiry, Begun};
pub use begin_telling::BeginTelling;
pub use change_endpoints::{ChangeEndpoints, EndpointsChange};
pub use change_leases::ChangeLeases;
pub use change_merchant::{ChangeMerchant, MerchantChange};
pub use fund::{Fund, Funded};
pub use hand_to_desk::HandToDesk;
pub use keep_callback::{JudgeCallback, KeepCallback};
pub use observe_prices::{ObservePrices, ObservedPrice};
pub use open_inquiry::OpenInquiry;
pub use put_product::PutProducts;
pub use put_supplier::PutSupplier;
pub use record_answer::{Effect, RecordAnswer, Recorded, Reroute};
pub use record_delivery::{DeliveryRecorded, RecordDelivery, TryOutcome};
pub use redeliver::Redeliver;
pub use register_merchant::RegisterMerchant;
pub use send_again::SendAgain;

use crate::attempt::Attempt;
use crate::callback::Callback;
use crate::dispatch::Delivery;
use crate::endpoint::Endpoints;
use crate::event::Event;
use crate::inquiry::Inquiry;
use crate::lease::Lease;
use crate::ledger::Book;
use crate::merchant::Merchant;
use crate::order::Order;
use crate::refusal::Refusal;
use crate::supplier::SupplierProfile;
use crate::time::Timestamp;
use crate::world::{Reads, World};

/// A command's two halves: which rows it uses, and what it decides.
pub trait Decide {
    /// What it answers when it is not refused.
    type Decision;

    /// Names every row that [`Decide::decide`] may use.
    fn name_rows(&self, reads: &mut Reads);

    /// Decides, and changes `world` accordingly. On a refusal the caller takes all changes back.
    fn decide(&self, world: &mut World, now: Timestamp) -> Result<Self::Decision, Refusal>;
}

/// Makes the closed sums over all commands and their decisions.
macro_rules! commands {
    ($($Name:ident => $Decision:ty),+ $(,)?) => {
        /// Any command.
        #[derive(Clone, Debug)]
        pub enum Command {
            $(#[doc = concat!("See [`", stringify!($Name), "`].")] $Name(Box<$Name>)),+
        }

        /// Any command's decision.
        #[derive(Clone, Debug)]
        pub enum Outcome {
            $(#[doc = concat!("Of [`", stringify!($Name), "`].")] $Name(Box<$Decision>)),+
        }

        impl Command {
            /// Names every row that the command may use.
            pub fn name_rows(&self, reads: &mut Reads) {
                match self { $(Self::$Name(command) => command.name_rows(reads)),+ }
            }

            fn decide(&self, world: &mut World, now: Timestamp) -> Result<Outcome, Refusal> {
                match self { $(Self::$Name(command) => command.decide(world, now).map(Box::new).map(Outcome::$Name)),+ }
            }
        }

        $(
            impl From<$Name> for Command {
                fn from(command: $Name) -> Self {
                    Self::$Name(Box::new(command))
                }
            }

            impl Ask for $Name {
                fn read(outcome: Outcome) -> Option<$Decision> {
                    match outcome {
                        Outcome::$Name(decision) => Some(*decision),
                        _ => None,
                    }
                }
            }
        )+
    };
}

/// A command whose own decision can be read from the sum of all decisions, so that a caller asks in one type and is answered in it.
pub trait Ask: Decide + Into<Command> {
    /// The decision, if the outcome is one of this command's.
    fn read(outcome: Outcome) -> Option<Self::Decision>;
}

commands! {
    BeginInquiry => Begun,
    OpenInquiry => Inquiry,
    AcceptPayment => Payment,
    AcceptPurchase => Purchase,
    RecordAnswer => Recorded,
    SendAgain => Attempt,
    HandToDesk => Order,
    Fund => Funded,
    RegisterMerchant => Merchant,
    ChangeMerchant => Merchant,
    PutProducts => usize,
    ObservePrices => u32,
    PutSupplier => SupplierProfile,
    KeepCallback => Callback,
    JudgeCallback => Callback,
    ChangeEndpoints => Endpoints,
    RecordDelivery => DeliveryRecorded,
    Redeliver => Delivery,
    AnnounceTest => Event,
    BeginTelling => Book,
    ChangeLeases => Vec<Lease>,
}

/// Applies one command. A refused command leaves `world` exactly as it was.
pub fn apply(world: &mut World, command: &Command, now: Timestamp) -> Result<Outcome, Refusal> {
    let decision = command.decide(world, now);
    match decision {
        Ok(_) => world.commit(),
        Err(_) => world.rollback(),
    }
    decision
}
