//! The codes of prepaid `check-status`, which must agree with the member `status`: 0 in process, 1 success, 2 failed.
//!
//! The question names nothing but our reference. So a code about the number, the product or the deposit is about the purchase, and final;
//! one about the account, the address or the body is about the question, and no answer. "Only once a day" may be about the purchase that
//! we ask for, so it is no answer either.

use crate::suppliers::iak::codes::AskVerdict::{self, Done, Failed, NoAnswer, NotReceived, Pending};
use crate::suppliers::iak::codes::{Row, Table};

/// Section "Prepaid" of the contract.
pub const CHECK_STATUS: Table<AskVerdict> = Table {
    call: "check-status",
    rows: &[
        Row::new("00", "SUCCESS", Done, "it is done"),
        Row::new("06", "TRANSACTION NOT FOUND", NotReceived, "the same reference again is never a second purchase"),
        Row::new("07", "FAILED", Failed, "final"),
        Row::new("10", "same-number daily top-up limit", NoAnswer, "what filled the limit may be this very purchase"),
        Row::new("12", "BALANCE MAXIMUM LIMIT EXCEEDED", Failed, "about the customer's purse"),
        Row::new("13", "CUSTOMER NUMBER BLOCKED", Failed, "about the number"),
        Row::new("14", "INCORRECT DESTINATION NUMBER", Failed, "about the number"),
        Row::new("16", "NUMBER NOT MATCH WITH OPERATOR", Failed, "about the number"),
        Row::new("17", "INSUFFICIENT DEPOSIT", Failed, "asking costs nothing: about the purchase"),
        Row::new("20", "CODE NOT FOUND", Failed, "the question names no product: about the purchase"),
        Row::new("39", "PROCESS", Pending, "documented as pending"),
        Row::new("102", "INVALID IP", NoAnswer, "the question was not let in"),
        Row::new("106", "OUT OF SERVICE", Failed, "the question names no product: about the purchase"),
        Row::new("107", "ERROR IN XML FORMAT", NoAnswer, "the question was not understood"),
        Row::new("110", "MAINTENANCE", NoAnswer, "nothing is told now"),
        Row::new("117", "PAGE NOT FOUND", NoAnswer, "nobody was there to tell"),
        Row::new("118", "ACCOUNT SUSPENDED", NoAnswer, "the question was not let in"),
        Row::new("121", "MONTHLY LIMIT", Failed, "about the customer's purse"),
        Row::new("131", "TOP UP REGION BLOCKED", Failed, "about the number"),
        Row::new("141", "INVALID USER ID/ZONE", Failed, "about the number"),
        Row::new("142", "INVALID USER ID/ZONE", Failed, "about the number"),
        Row::new("143", "INQUIRY NOT NEEDED", NoAnswer, "the word of a game's inquiry"),
        Row::new("201", "UNDEFINED", Pending, "documented as pending"),
        Row::new("202", "MAX 1 NUMBER 1 TIME IN 1 DAY", NoAnswer, "the one time may be this very purchase"),
        Row::new("203", "NUMBER TOO LONG", Failed, "about the number"),
        Row::new("204", "WRONG AUTHENTICATION", NoAnswer, "the question was not believed to be from us"),
        Row::new("205", "WRONG COMMAND", NoAnswer, "the question was not understood"),
        Row::new("206", "DESTINATION BLOCKED", Failed, "about the number"),
        Row::new("207", "MAX 1 NUMBER ANY CODE 1 TIME IN 1 DAY", NoAnswer, "the one time may be this very purchase"),
    ],
};
