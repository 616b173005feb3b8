//! What is answered when a call could not give what was asked for: every refusal of the domain has its code here, in exhaustive matches.

use std::time::Duration;

use app::CallError;
use domain::refusal::{ProductRefusal, Refusal};

use super::Problem;
use crate::http::codes::Code;
use crate::http::field_errors::FieldErrors;
use crate::http::language::{Sentence, sentence};

/// A queue of commands empties within milliseconds; a second is the least that `Retry-After` can say.
const OVERLOAD: Duration = Duration::from_secs(1);

const WRONG_NUMBER: Sentence =
    sentence("Nomor ini tidak sesuai untuk produk ini.", "This number does not fit the product.");

const KNOWN_URL: Sentence = sentence("Alamat ini sudah terdaftar.", "There is a webhook with this address already.");
const TOO_MANY: Sentence =
    sentence("Sudah ada sepuluh webhook; hapus satu dulu.", "There are ten webhooks already; remove one first.");

const NO_ENDPOINT: Sentence = sentence("Tidak ada webhook dengan id ini.", "There is no webhook with this id.");
const NO_EVENT: Sentence = sentence(
    "Tidak ada event dengan nomor ini, atau sudah tidak disimpan lagi.",
    "There is no event with this number, or it is no longer kept.",
);

impl From<CallError> for Problem {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Refused(refusal) => refusal.into(),
            CallError::BillNotFound => Self::new(Code::BillNotFound),
            CallError::CustomerNoInvalid => customer_no_invalid(),
            CallError::SupplierTimeout => Self::new(Code::SupplierTimeout),
            CallError::SupplierUnavailable => Self::new(Code::SupplierUnavailable),
            CallError::OrderNotFound => Self::new(Code::OrderNotFound),
            CallError::Overloaded => Self::new(Code::Overloaded).after(OVERLOAD),
            CallError::Internal => Self::new(Code::InternalError),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::RefIdConflict => Code::RefIdConflict,
            Refusal::InquiryNotFound => Code::InquiryNotFound,
            Refusal::InquiryMismatch => Code::InquiryMismatch,
            Refusal::InquiryExpired => Code::InquiryExpired,
            Refusal::BillAlreadyPaid => Code::BillAlreadyPaid,
            Refusal::PaymentInProgress => Code::PaymentInProgress,
            Refusal::BillChanged => Code::BillChanged,
            Refusal::PriceAboveMax => Code::PriceAboveMax,
            Refusal::DuplicateOrder => Code::DuplicateOrder,
            Refusal::InsufficientBalance => Code::InsufficientBalance,
            Refusal::MerchantSuspended => Code::MerchantSuspended,
            Refusal::OrderNotFound => Code::OrderNotFound,
            Refusal::Product(refusal) => return refusal.into(),
            // The operator's price or the supplier's bill is not above zero: nothing that a merchant could mend, and nothing created.
            Refusal::AmountInvalid => Code::ProductUnavailable,
            Refusal::EndpointNotFound => return not_found("id", NO_ENDPOINT),
            Refusal::DeliveryNotFound => return not_found("number", NO_EVENT),
            Refusal::EndpointExists => return Self::invalid(FieldErrors::of("url", KNOWN_URL)),
            Refusal::TooManyEndpoints => return Self::invalid(FieldErrors::of("url", TOO_MANY)),
            Refusal::BillsRetold => Code::InternalError,
            // What only an operator's commands meet; here it would be a fault.
            Refusal::MerchantNotFound
            | Refusal::MerchantExists
            | Refusal::AttemptInFlight
            | Refusal::OrderFinal
            | Refusal::AttemptState
            | Refusal::VoucherConflict
            | Refusal::SupplierExists
            | Refusal::SupplierChanged
            | Refusal::DayOver
            | Refusal::DeliveryTried
            | Refusal::Fault(_) => {
                tracing::error!(%refusal, "a call met a refusal that no merchant can cause");
                Code::InternalError
            }
        };
        Self::new(code)
    }
}

impl From<ProductRefusal> for Problem {
    fn from(refusal: ProductRefusal) -> Self {
        match refusal {
            ProductRefusal::NotFound => Self::new(Code::ProductNotFound),
            ProductRefusal::Unavailable => Self::new(Code::ProductUnavailable),
            ProductRefusal::CutOff(wait) => Self::new(Code::ProductCutOff).after(wait),
            ProductRefusal::CustomerNoInvalid => customer_no_invalid(),
            ProductRefusal::SupplierUnavailable => Self::new(Code::SupplierUnavailable),
        }
    }
}

fn not_found(field: &'static str, sentence: Sentence) -> Problem {
    Problem::new(Code::NotFound).blaming(FieldErrors::of(field, sentence))
}

fn customer_no_invalid() -> Problem {
    Problem::new(Code::CustomerNoInvalid).blaming(FieldErrors::of("customer_no", WRONG_NUMBER))
}
