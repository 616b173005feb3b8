//! The codes of `pay-pasca`, for the first sending of a payment. After an earlier one only a success is believed, whatever the row.
//!
//! IAK's table calls nearly everything "Failed", also what it can't know (91, 92, 103, 105). Only where the code itself says that the
//! payment was turned down or came to nothing is the order failed by it.

use crate::suppliers::iak::codes::SendVerdict::{self, Declined, Done, Failed, Unknown};
use crate::suppliers::iak::codes::{Row, Table};

/// Section "Postpaid response codes" of the contract.
pub const PAY: Table<SendVerdict> = Table {
    call: "pay-pasca",
    rows: &[
        Row::new("00", "PAYMENT / INQUIRY SUCCESS", Done, "it is paid"),
        Row::new("01", "INVOICE HAS BEEN PAID", Declined, "paid elsewhere since the inquiry, for we sent it only now"),
        Row::new("02", "BILL UNPAID", Unknown, "speaks of the inquiry only, and not of what we sent"),
        Row::new("03", "INVALID REF ID", Declined, "no transaction without one"),
        Row::new("04", "BILLING ID EXPIRED", Declined, "too long after the inquiry"),
        Row::new("05", "UNDEFINED ERROR", Unknown, "documented as pending"),
        Row::new("06", "INQUIRY ID NOT FOUND", Declined, "nothing to pay under this tr_id"),
        Row::new("07", "TRANSACTION FAILED", Failed, "final"),
        Row::new("08", "BILLING ID BLOCKED", Declined, "the inquiry can't be paid"),
        Row::new("09", "INQUIRY FAILED", Failed, "it looked before it paid, and got no further"),
        Row::new("10", "BILL IS NOT AVAILABLE", Failed, "the biller has none any more"),
        Row::new("11", "DUPLICATE REF ID", Unknown, "a payment names no ref_id: what is meant, if not this payment?"),
        Row::new("13", "CUSTOMER NUMBER BLOCKED", Declined, "the number can't be used"),
        Row::new("14", "INCORRECT DESTINATION NUMBER", Declined, "there is no such number"),
        Row::new("15", "NUMBER NOT SUPPORTED", Declined, "not one of this product's"),
        Row::new("16", "NUMBER DOESN'T MATCH THE OPERATOR", Declined, "not one of this operator's"),
        Row::new("17", "BALANCE NOT ENOUGH", Declined, "our deposit there is empty"),
        Row::new("20", "PRODUCT UNREGISTERED", Declined, "not sold to us there"),
        Row::new("30", "PAYMENT HAVE TO BE DONE VIA COUNTER / PDAM", Declined, "not for IAK"),
        Row::new("31", "EXCEEDING MAXIMAL TOTAL BILL ALLOWED", Declined, "too large for IAK"),
        Row::new("32", "PLEASE PAY BILL OF ALL PERIOD", Declined, "of fewer months than the biller takes"),
        Row::new("33", "CAN'T BE PROCESS, TRY AGAIN LATER", Failed, "documented as final; how far it came is not said"),
        Row::new("34", "BILL HAS BEEN PAID", Declined, "paid elsewhere since the inquiry, for we sent it only now"),
        Row::new("35", "ANOTHER UNPAID ARREAR", Failed, "the biller wants an older bill first"),
        Row::new(
            "36",
            "EXCEEDING DUE DATE, PAY IN THE COUNTER / PDAM",
            Failed,
            "the biller does not take it here any more",
        ),
        Row::new("37", "PAYMENT FAILED", Failed, "final"),
        Row::new("38", "PAYMENT FAILED, DO ANOTHER REQUEST", Failed, "final; another inquiry may follow"),
        Row::new("39", "PENDING / TRANSACTION IN PROCESS", Unknown, "documented as pending"),
        Row::new(
            "40",
            "ALL OR ONE OF THE ARREAR/INVOICE HAS BEEN PAID",
            Declined,
            "elsewhere since the inquiry, as with 01",
        ),
        Row::new("41", "CAN'T BE PAID IN COUNTER, PAY TO THE COMPANY", Declined, "not for IAK"),
        Row::new(
            "42",
            "PAYMENT REQUEST HAVEN'T BEEN RECEIVED",
            Unknown,
            "it just was; a status check must say it again",
        ),
        Row::new("91", "DATABASE CONNECTION ERROR", Unknown, "who has lost the books can't say what stands in them"),
        Row::new("92", "GENERAL ERROR", Unknown, "how far it came is not said"),
        Row::new("93", "INVALID AMOUNT", Declined, "found before anything is paid"),
        Row::new("94", "SERVICE HAS EXPIRED", Declined, "not sold any more"),
        Row::new("100", "INVALID SIGNATURE", Declined, "not believed to be from us"),
        Row::new("101", "INVALID COMMAND", Declined, "not understood"),
        Row::new("102", "INVALID IP ADDRESS", Declined, "our address is not on their list"),
        Row::new("103", "TIMEOUT", Unknown, "the biller may have been paid and not have answered"),
        Row::new("105", "MISC ERROR / BILLER SYSTEM ERROR", Unknown, "the biller may have been paid before it broke"),
        Row::new("106", "PRODUCT IS TEMPORARILY OUT OF SERVICE", Declined, "not sold now"),
        Row::new("107", "XML FORMAT ERROR", Declined, "not understood"),
        Row::new("108", "YOUR ID CAN'T BE USED FOR THIS PRODUCT", Declined, "not sold to us there"),
        Row::new("109", "SYSTEM CUT OFF", Declined, "PLN rests from 23:00 to 01:00 WIB"),
        Row::new("110", "SYSTEM UNDER MAINTENANCE", Declined, "nothing is taken now"),
        Row::new("117", "PAGE NOT FOUND", Declined, "nobody was there to take it"),
        Row::new("118", "ACCOUNT SUSPENDED", Declined, "ours"),
        Row::new("201", "UNDEFINED RESPONSE CODE", Unknown, "documented as pending"),
    ],
};
