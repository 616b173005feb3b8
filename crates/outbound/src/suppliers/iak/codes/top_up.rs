//! The codes of `top-up`, for the first sending of a purchase. After an earlier one only a success is believed, whatever the row.
//!
//! *Declined* is what IAK finds before it makes a transaction: the account, the product, its own rules. *Failed* is what the operator
//! of the number says.

use crate::suppliers::iak::codes::SendVerdict::{self, Declined, Done, Failed, Unknown};
use crate::suppliers::iak::codes::{Row, Table};

/// Section "Prepaid" of the contract.
pub const TOP_UP: Table<SendVerdict> = Table {
    call: "top-up",
    rows: &[
        Row::new("00", "SUCCESS", Done, "it is done"),
        Row::new("06", "TRANSACTION NOT FOUND", Unknown, "the word of a status check"),
        Row::new("07", "FAILED", Failed, "final"),
        Row::new("10", "same-number daily top-up limit", Declined, "IAK's own rule, kept before it buys"),
        Row::new("12", "BALANCE MAXIMUM LIMIT EXCEEDED", Failed, "the customer's purse is full"),
        Row::new("13", "CUSTOMER NUMBER BLOCKED", Failed, "the operator does not take the number"),
        Row::new("14", "INCORRECT DESTINATION NUMBER", Failed, "there is no such number"),
        Row::new("16", "NUMBER NOT MATCH WITH OPERATOR", Failed, "not one of this operator's"),
        Row::new("17", "INSUFFICIENT DEPOSIT", Declined, "our deposit there is empty"),
        Row::new("20", "CODE NOT FOUND", Declined, "not sold there"),
        Row::new("39", "PROCESS", Unknown, "documented as pending: every purchase's first answer"),
        Row::new("102", "INVALID IP", Declined, "our address is not on their list"),
        Row::new("106", "OUT OF SERVICE", Declined, "not sold now"),
        Row::new("107", "ERROR IN XML FORMAT", Declined, "not understood"),
        Row::new("110", "MAINTENANCE", Declined, "nothing is taken now"),
        Row::new("117", "PAGE NOT FOUND", Declined, "nobody was there to take it"),
        Row::new("118", "ACCOUNT SUSPENDED", Declined, "ours"),
        Row::new("121", "MONTHLY LIMIT", Failed, "the customer's purse takes no more this month"),
        Row::new("131", "TOP UP REGION BLOCKED", Failed, "the operator does not take it for this region"),
        Row::new("141", "INVALID USER ID/ZONE", Failed, "there is no such player"),
        Row::new("142", "INVALID USER ID/ZONE", Failed, "there is no such player"),
        Row::new("143", "INQUIRY NOT NEEDED", Unknown, "the word of a game's inquiry"),
        Row::new("201", "UNDEFINED", Unknown, "documented as pending"),
        Row::new(
            "202",
            "MAX 1 NUMBER 1 TIME IN 1 DAY",
            Declined,
            "another order was first, for we sent this one only now",
        ),
        Row::new("203", "NUMBER TOO LONG", Declined, "found before anything is bought"),
        Row::new("204", "WRONG AUTHENTICATION", Declined, "not believed to be from us"),
        Row::new("205", "WRONG COMMAND", Declined, "not understood"),
        Row::new("206", "DESTINATION BLOCKED", Declined, "on our own list there"),
        Row::new("207", "MAX 1 NUMBER ANY CODE 1 TIME IN 1 DAY", Declined, "another order was first, as with 202"),
    ],
};
