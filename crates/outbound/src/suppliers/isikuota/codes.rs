//! The code table: what each code of section 11 means in each call.
//!
//! The rules behind the rows:
//!
//! - *Refused* on 4xx and the named 503s: this request created nothing (section 2). It says nothing of an earlier request with the same
//!   reference, so after an earlier sending it proves nothing; see [`Meaning::Refused`].
//! - `TIMESTAMP_EXPIRED` is not taken for a refusal: it is our clock that is wrong, and what it hinders goes on once that is set.
//! - Any other 5xx is not known (section 2), and so is a code that isn't in this table.
//! - Asked about an order, only its own state proves anything, or that there is no such order. What concerns our account, limits or the
//!   supplier's health is no answer, and neither is the state of another kind of order.
//! - `INQUIRY_EXPIRED` for a payment is the one refusal that always holds: an existing order is answered before (section 11), and no order
//!   can be made of a lapsed inquiry (section 5), which we never renew.

/// The code of lists and balances.
pub const SUCCESS: &str = "SUCCESS";

/// What a code means to an inquiry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InquiryMeaning {
    /// There is a bill, if `data` says so too.
    Found,
    /// There is none.
    NotFound,
    /// There is none any more.
    AlreadyPaid,
    /// There is no such number.
    NumberInvalid,
    /// Nothing was created, and another supplier may be asked.
    Unavailable,
    /// Nothing can be said; no other supplier is asked.
    Unreadable,
}

/// What a code means to a sending, or to a question about one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// The order succeeded, if `data` says so too.
    Success,
    /// The order is not decided, if `data` says so too.
    Pending,
    /// The order failed or was taken back, if `data` says so too.
    Failed,
    /// This request created nothing. Proves nothing if there may have been an earlier one.
    Refused,
    /// Nothing was created, and nothing will be, whatever was sent before.
    RefusedForGood,
    /// There is no such order.
    NotReceived,
    /// There is no such call at all.
    NoSuchCall,
    /// Nothing.
    Nothing,
}

/// A code in all calls.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The code.
    pub code: &'static str,
    /// The HTTP status that comes with it.
    pub http: u16,
    /// As the answer to an inquiry.
    pub inquiry: InquiryMeaning,
    /// As the answer to `pay-pasca`.
    pub pay: Meaning,
    /// As the answer to `prepaid` or `game`.
    pub buy: Meaning,
    /// As the answer to a question about a bill's payment.
    pub asked_of_bill: Meaning,
    /// As the answer to a question about a purchase.
    pub asked_of_purchase: Meaning,
    /// What it says, for the operator.
    pub says: &'static str,
}

impl Row {
    /// The envelope's `success`: the inquiry or order is there and didn't fail.
    pub fn is_success(&self) -> bool {
        self.http == 200 && self.pay != Meaning::Failed && self.buy != Meaning::Failed
    }

    /// What is wrong lies with our account or our requests, and repeats itself until the operator has mended it.
    pub fn concerns_our_account(&self) -> bool {
        matches!(self.http, 400..=403 | 405 | 413 | 415)
    }
}

/// The row of a code.
pub fn find(code: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.code == code)
}

/// The section column is for whoever reads the table; without it a row doesn't compile. *Given* is what IsiKuota published.
macro_rules! rows {
    ($($code:literal $http:literal $inquiry:ident $pay:ident $buy:ident $bill:ident $purchase:ident $source:literal $says:literal)+) => {
        /// Every code, in the order of section 11.
        pub const ROWS: &[Row] = &[$(Row {
            code: $code,
            http: $http,
            inquiry: InquiryMeaning::$inquiry,
            pay: Meaning::$pay,
            buy: Meaning::$buy,
            asked_of_bill: Meaning::$bill,
            asked_of_purchase: Meaning::$purchase,
            says: $says,
        }),+];
    };
}

rows! {
    //                                          pay-pasca      prepaid  asked about
    // code                  HTTP inquiry       (a bill)       and game a bill      a purchase  section       what it says
    "SUCCESS"                200  Unreadable    Nothing        Nothing  Nothing     Nothing     "7, given"    "the code of lists and balances"
    "ORDER_SUCCESS"          200  Unreadable    Nothing        Success  Nothing     Success     "6, given"    "the purchase succeeded"
    "BILL_INQUIRY_SUCCESS"   200  Found         Nothing        Nothing  NotReceived Nothing     "4, given; 8" "there is a bill, and no payment yet"
    "BILL_PAYMENT_SUCCESS"   200  Unreadable    Success        Nothing  Success     Nothing     "5, given"    "the bill is paid"
    "ORDER_PENDING"          200  Unreadable    Nothing        Pending  Nothing     Pending     "6"           "pending"
    "BILL_PAYMENT_PENDING"   200  Unreadable    Pending        Nothing  Pending     Nothing     "5"           "pending"
    "ORDER_FAILED"           200  Unreadable    Nothing        Failed   Nothing     Failed      "6"           "the purchase failed"
    "BILL_PAYMENT_FAILED"    200  Unreadable    Failed         Nothing  Failed      Nothing     "5"           "the payment failed"
    "MALFORMED_JSON"         400  Unavailable   Refused        Refused  Nothing     Nothing     "2, 11"       "our request was garbled on its way"
    "SIGNATURE_INVALID"      401  Unavailable   Refused        Refused  Nothing     Nothing     "2, 11"       "api_id, api_key or secret_key is wrong"
    "TIMESTAMP_EXPIRED"      401  Unavailable   Nothing        Nothing  Nothing     Nothing     "3, 11"       "our clock and the supplier's differ too much: set this machine's clock"
    "INSUFFICIENT_BALANCE"   402  Unreadable    Refused        Refused  Nothing     Nothing     "2, 11"       "our deposit there doesn't cover it: top it up"
    "IP_NOT_ALLOWED"         403  Unavailable   Refused        Refused  Nothing     Nothing     "2, 11"       "it doesn't know this machine's address: have it allowed there"
    "MERCHANT_SUSPENDED"     403  Unavailable   Refused        Refused  Nothing     Nothing     "2, 11"       "our account there is suspended"
    "PRODUCT_NOT_FOUND"      404  Unavailable   Refused        Refused  Nothing     Nothing     "2, 11"       "it has no product of that code and kind"
    "BILL_NOT_FOUND"         404  NotFound      Refused        Refused  Nothing     Nothing     "2, 9"        "there is no bill for this number"
    "INQUIRY_NOT_FOUND"      404  Unreadable    Refused        Refused  Nothing     Nothing     "2, 11"       "it knows of no inquiry under our reference"
    "ORDER_NOT_FOUND"        404  Unreadable    Refused        Refused  NotReceived NotReceived "8"           "it knows of nothing under our reference"
    "NOT_FOUND"              404  Unavailable   Refused        Refused  NoSuchCall  NoSuchCall  "2, 11"       "it has no such call: is the address right?"
    "METHOD_NOT_ALLOWED"     405  Unavailable   Refused        Refused  NoSuchCall  NoSuchCall  "2, 11"       "it has no such call: is the address right?"
    "REF_ID_CONFLICT"        409  Unreadable    Refused        Refused  Nothing     Nothing     "2, 4, 6"     "our reference stands for something else there"
    "INQUIRY_MISMATCH"       409  Unreadable    Refused        Refused  Nothing     Nothing     "2, 5"        "its inquiry was for another product or number"
    "BILL_ALREADY_PAID"      409  AlreadyPaid   Refused        Refused  Nothing     Nothing     "2, 5"        "the bill is paid already"
    "PAYMENT_IN_PROGRESS"    409  Unreadable    Refused        Refused  Nothing     Nothing     "2, 5"        "somebody is paying this bill there"
    "BILL_CHANGED"           409  Unreadable    Refused        Refused  Nothing     Nothing     "2, 5"        "the bill has another amount now"
    "PRICE_ABOVE_MAX"        409  Unreadable    Refused        Refused  Nothing     Nothing     "2, 6"        "it costs more there than is noted here: bring the product's cost up to date"
    "DUPLICATE_ORDER"        409  Unreadable    Refused        Refused  Nothing     Nothing     "2, 11"       "we bought the same for the same number a moment ago"
    "INQUIRY_EXPIRED"        410  Unreadable    RefusedForGood Refused  NotReceived Nothing     "5, 8, 11"    "the inquiry has lapsed, and nothing was paid"
    "PAYLOAD_TOO_LARGE"      413  Unavailable   Refused        Refused  Nothing     Nothing     "2, 11"       "our request is too long"
    "UNSUPPORTED_MEDIA_TYPE" 415  Unavailable   Refused        Refused  Nothing     Nothing     "2, 11"       "our request's media type was lost on its way"
    "VALIDATION_ERROR"       422  Unavailable   Refused        Refused  Nothing     Nothing     "2, 11"       "it doesn't accept a parameter"
    "CUSTOMER_NO_INVALID"    422  NumberInvalid Refused        Refused  Nothing     Nothing     "2, 4"        "the number doesn't fit the product"
    "RATE_LIMITED"           429  Unavailable   Refused        Refused  Nothing     Nothing     "2, 11"       "we ask too often"
    "INTERNAL_ERROR"         500  Unreadable    Nothing        Nothing  Nothing     Nothing     "2, 11"       "it has a fault of its own"
    "PRODUCT_UNAVAILABLE"    503  Unavailable   Refused        Refused  Nothing     Nothing     "11"          "it doesn't sell this now"
    "PRODUCT_CUT_OFF"        503  Unavailable   Refused        Refused  Nothing     Nothing     "11"          "it doesn't sell this at this hour"
    "SUPPLIER_UNAVAILABLE"   503  Unavailable   Refused        Refused  Nothing     Nothing     "11"          "its own supplier is unavailable"
    "OVERLOADED"             503  Unavailable   Refused        Refused  Nothing     Nothing     "11"          "it is overloaded"
    "SUPPLIER_TIMEOUT"       504  Unreadable    Nothing        Nothing  Nothing     Nothing     "11"          "its own supplier didn't answer in time"
}
