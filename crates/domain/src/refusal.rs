//! Why a command was refused. These know no transport: the server maps each to a public code, in one exhaustive `match`.

use std::time::Duration;

use thiserror::Error;

/// Why a product can't be bought right now, found before a command is applied and reported in its place among the checks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum ProductRefusal {
    /// No such product, or one of another type than the call needs.
    #[error("no such product")]
    NotFound,
    /// Switched off by the operator.
    #[error("the product is unavailable")]
    Unavailable,
    /// Within its daily cut-off window, which ends after this time.
    #[error("the product is in its cut-off window")]
    CutOff(Duration),
    /// The customer number doesn't keep the product's rule.
    #[error("the customer number does not fit the product")]
    CustomerNoInvalid,
    /// No supplier can take it now.
    #[error("no supplier can take the order now")]
    SupplierUnavailable,
}

/// Why a command changed nothing.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Refusal {
    /// The reference already stands for something else.
    #[error("the reference already stands for something else")]
    RefIdConflict,
    /// There is no inquiry under the reference.
    #[error("there is no inquiry under this reference")]
    InquiryNotFound,
    /// The payment's product or number isn't the inquiry's.
    #[error("the payment does not match its inquiry")]
    InquiryMismatch,
    /// The inquiry's session is over.
    #[error("the inquiry has expired")]
    InquiryExpired,
    /// The bill was paid since the inquiry, or was paid a short while ago.
    #[error("the bill is already paid")]
    BillAlreadyPaid,
    /// A payment of the same bill is pending.
    #[error("a payment of this bill is in progress")]
    PaymentInProgress,
    /// The supplier now quotes another amount.
    #[error("the bill has changed since the inquiry")]
    BillChanged,
    /// The price is above what the merchant allows.
    #[error("the price is above the merchant's maximum")]
    PriceAboveMax,
    /// A like order is pending or was just made.
    #[error("a like order is pending or was just made")]
    DuplicateOrder,
    /// `available` and the credit limit don't cover the amount.
    #[error("the balance does not cover the amount")]
    InsufficientBalance,
    /// The operator suspended the merchant.
    #[error("the merchant is suspended")]
    MerchantSuspended,
    /// There is no such merchant.
    #[error("there is no such merchant")]
    MerchantNotFound,
    /// The merchant exists already.
    #[error("there is such a merchant already")]
    MerchantExists,
    /// The product can't be bought now.
    #[error(transparent)]
    Product(#[from] ProductRefusal),
    /// There is a supplier of that name already, or it is of another kind or knows us as another user.
    #[error("there is such a supplier already, or it speaks another language or knows us by another user name")]
    SupplierExists,
    /// The supplier was changed since it was looked at.
    #[error("somebody else changed the supplier at the same time; look at it, and change it again")]
    SupplierChanged,
    /// There is no such order.
    #[error("there is no such order")]
    OrderNotFound,
    /// An attempt is being sent: nobody asks and nobody resolves until it is answered or lost.
    #[error("an attempt is being sent right now")]
    AttemptInFlight,
    /// The order is final, and nothing contradicts it.
    #[error("the order is final")]
    OrderFinal,
    /// The attempt isn't in the state that the command needs.
    #[error("the attempt is not in the state that this needs")]
    AttemptState,
    /// The supplier takes the payment only on the day of the inquiry, and that is over.
    #[error("the supplier takes the payment only on the day of its inquiry, which is over")]
    DayOver,
    /// The caller's identity for a deposit or adjustment already stands for another amount.
    #[error("this reference already stands for another amount")]
    VoucherConflict,
    /// An amount that makes no sense here, such as a deposit of nothing.
    #[error("the amount must be a positive number of rupiah within range")]
    AmountInvalid,
    /// What tells a product's bills apart was to be changed, and with it their claims would be lost.
    #[error(
        "a product's kind, bill group and telephone rule are for ever, since its paid and pending bills are told apart by them; add a new product instead"
    )]
    BillsRetold,
    /// There is no such endpoint, or it is another merchant's.
    #[error("there is no such endpoint")]
    EndpointNotFound,
    /// The merchant has an endpoint with this address already.
    #[error("there is an endpoint with this address already")]
    EndpointExists,
    /// The merchant has as many endpoints as it may.
    #[error("a merchant can have ten endpoints; remove one first")]
    TooManyEndpoints,
    /// There is no such event, or it was never meant for this endpoint.
    #[error("there is no such delivery")]
    DeliveryNotFound,
    /// Somebody else has tried the delivery meanwhile.
    #[error("the delivery was tried by somebody else meanwhile")]
    DeliveryTried,
    /// A bug or broken rows, not the caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Something that can't happen unless the program or its rows are broken. Nothing was changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Fault {
    /// An amount left its range.
    #[error("an amount left its range")]
    Overflow,
    /// A command used a row that its `reads` did not name.
    #[error("a row was used that the command did not name: {0}")]
    Unnamed(&'static str),
    /// Two rows contradict each other.
    #[error("rows contradict each other: {0}")]
    Inconsistent(&'static str),
    /// The command panicked; it ran alone, and its neighbours are unharmed.
    #[error("the command panicked")]
    Panicked,
}
