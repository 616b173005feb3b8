//! The public codes: section 11 of the contract, as one closed sum.
//!
//! Every answer bears exactly one of these, and each has exactly one HTTP status; a test holds the table below against the contract's.
//! To add one: a line here, its sentences in `messages.rs` (which does not compile without them), and a row in the contract.
//! The codes know nothing of why they are answered; that is `problem.rs`.

use axum::http::StatusCode;

/// Makes the closed enum and its two exhaustive matches from one table.
macro_rules! codes {
    ($($Name:ident = $text:literal, $status:ident;)+) => {
        /// What an answer says to a program.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code {
            $(#[doc = concat!("`", $text, "`")] $Name),+
        }

        impl Code {
            /// Every code, in the order of the contract.
            #[cfg(test)]
            pub const ALL: &[Self] = &[$(Self::$Name),+];

            /// As the wire has it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Name => $text),+ }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$Name => StatusCode::$status),+ }
            }
        }
    };
}

codes! {
    Success = "SUCCESS", OK;
    OrderSuccess = "ORDER_SUCCESS", OK;
    BillInquirySuccess = "BILL_INQUIRY_SUCCESS", OK;
    BillPaymentSuccess = "BILL_PAYMENT_SUCCESS", OK;
    OrderPending = "ORDER_PENDING", OK;
    BillPaymentPending = "BILL_PAYMENT_PENDING", OK;
    OrderFailed = "ORDER_FAILED", OK;
    BillPaymentFailed = "BILL_PAYMENT_FAILED", OK;
    MalformedJson = "MALFORMED_JSON", BAD_REQUEST;
    SignatureInvalid = "SIGNATURE_INVALID", UNAUTHORIZED;
    TimestampExpired = "TIMESTAMP_EXPIRED", UNAUTHORIZED;
    InsufficientBalance = "INSUFFICIENT_BALANCE", PAYMENT_REQUIRED;
    IpNotAllowed = "IP_NOT_ALLOWED", FORBIDDEN;
    MerchantSuspended = "MERCHANT_SUSPENDED", FORBIDDEN;
    ProductNotFound = "PRODUCT_NOT_FOUND", NOT_FOUND;
    BillNotFound = "BILL_NOT_FOUND", NOT_FOUND;
    InquiryNotFound = "INQUIRY_NOT_FOUND", NOT_FOUND;
    OrderNotFound = "ORDER_NOT_FOUND", NOT_FOUND;
    NotFound = "NOT_FOUND", NOT_FOUND;
    MethodNotAllowed = "METHOD_NOT_ALLOWED", METHOD_NOT_ALLOWED;
    RefIdConflict = "REF_ID_CONFLICT", CONFLICT;
    InquiryMismatch = "INQUIRY_MISMATCH", CONFLICT;
    BillAlreadyPaid = "BILL_ALREADY_PAID", CONFLICT;
    PaymentInProgress = "PAYMENT_IN_PROGRESS", CONFLICT;
    BillChanged = "BILL_CHANGED", CONFLICT;
    PriceAboveMax = "PRICE_ABOVE_MAX", CONFLICT;
    DuplicateOrder = "DUPLICATE_ORDER", CONFLICT;
    InquiryExpired = "INQUIRY_EXPIRED", GONE;
    PayloadTooLarge = "PAYLOAD_TOO_LARGE", PAYLOAD_TOO_LARGE;
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE", UNSUPPORTED_MEDIA_TYPE;
    ValidationError = "VALIDATION_ERROR", UNPROCESSABLE_ENTITY;
    CustomerNoInvalid = "CUSTOMER_NO_INVALID", UNPROCESSABLE_ENTITY;
    RateLimited = "RATE_LIMITED", TOO_MANY_REQUESTS;
    InternalError = "INTERNAL_ERROR", INTERNAL_SERVER_ERROR;
    ProductUnavailable = "PRODUCT_UNAVAILABLE", SERVICE_UNAVAILABLE;
    ProductCutOff = "PRODUCT_CUT_OFF", SERVICE_UNAVAILABLE;
    SupplierUnavailable = "SUPPLIER_UNAVAILABLE", SERVICE_UNAVAILABLE;
    Overloaded = "OVERLOADED", SERVICE_UNAVAILABLE;
    SupplierTimeout = "SUPPLIER_TIMEOUT", GATEWAY_TIMEOUT;
}

impl Code {
    /// The envelope's `success`: what was asked for is there, or may yet come.
    pub const fn is_success(self) -> bool {
        matches!(
            self,
            Self::Success
                | Self::OrderSuccess
                | Self::BillInquirySuccess
                | Self::BillPaymentSuccess
                | Self::OrderPending
                | Self::BillPaymentPending
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The codes and statuses of the table below `## 11. Codes`.
    fn contract() -> BTreeMap<String, u16> {
        let contract = include_str!("../../../../docs/contract/api.md");
        let (_, section) = contract.split_once("## 11. Codes").unwrap();
        let rows = section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
        let mut codes = BTreeMap::new();
        for row in rows.skip(2) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let status: u16 = cells[2].parse().unwrap();
            for code in cells[1].split(", ") {
                let is_new = codes.insert(code.trim_matches('`').to_owned(), status).is_none();
                assert!(is_new, "{code} stands in the contract twice");
            }
        }
        codes
    }

    #[test]
    fn the_codes_are_those_of_the_contract() {
        let ours: BTreeMap<String, u16> =
            Code::ALL.iter().map(|code| (code.as_str().to_owned(), code.status().as_u16())).collect();
        assert_eq!(ours.len(), Code::ALL.len());
        assert_eq!(ours, contract());
    }

    #[test]
    fn only_a_status_of_200_is_ever_a_success() {
        for code in Code::ALL {
            assert!(!code.is_success() || code.status() == StatusCode::OK, "{code:?}");
        }
    }
}
