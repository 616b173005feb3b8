//! The codes of `checkstatus`, which must agree with the member `status`: 0 not received, 1 success, 2 failed, 3 in process. A code
//! alone proves nothing here, since an inquiry's success looks like a payment's.
//!
//! Codes that turn our *question* down (signature, address, maintenance) say nothing about the payment, and neither do codes that are
//! about the bill: that it is paid does not say by whom.

use crate::suppliers::iak::codes::AskVerdict::{self, Done, Failed, NoAnswer, NotReceived, Pending};
use crate::suppliers::iak::codes::{Row, Table};

/// Sections "Postpaid endpoints" (the four values of `status`) and "Postpaid response codes" of the contract.
pub const STATUS: Table<AskVerdict> = Table {
    call: "checkstatus",
    rows: &[
        Row::new("00", "PAYMENT / INQUIRY SUCCESS", Done, "it is paid"),
        Row::new("01", "INVOICE HAS BEEN PAID", NoAnswer, "paid, but not said by whom"),
        Row::new("02", "BILL UNPAID", NotReceived, "only the inquiry arrived: in other words what 42 says"),
        Row::new("03", "INVALID REF ID", NoAnswer, "the question was not understood"),
        Row::new("04", "BILLING ID EXPIRED", NoAnswer, "does not say whether it was paid before it expired"),
        Row::new("05", "UNDEFINED ERROR", Pending, "documented as pending"),
        Row::new("06", "INQUIRY ID NOT FOUND", NoAnswer, "who forgot the inquiry may have forgotten the payment"),
        Row::new("07", "TRANSACTION FAILED", Failed, "final"),
        Row::new("08", "BILLING ID BLOCKED", NoAnswer, "does not say whether it was paid before"),
        Row::new("09", "INQUIRY FAILED", NoAnswer, "about the inquiry, or the question itself"),
        Row::new("10", "BILL IS NOT AVAILABLE", NoAnswer, "so is a bill that was paid"),
        Row::new("11", "DUPLICATE REF ID", NoAnswer, "a duplicate of what we ask about"),
        Row::new("13", "CUSTOMER NUMBER BLOCKED", NoAnswer, "about the number"),
        Row::new("14", "INCORRECT DESTINATION NUMBER", NoAnswer, "about the number"),
        Row::new("15", "NUMBER NOT SUPPORTED", NoAnswer, "about the number"),
        Row::new("16", "NUMBER DOESN'T MATCH THE OPERATOR", NoAnswer, "about the number"),
        Row::new("17", "BALANCE NOT ENOUGH", NoAnswer, "about our deposit now; the payment may have emptied it"),
        Row::new("20", "PRODUCT UNREGISTERED", NoAnswer, "about the product now"),
        Row::new("30", "PAYMENT HAVE TO BE DONE VIA COUNTER / PDAM", NoAnswer, "about the bill now"),
        Row::new("31", "EXCEEDING MAXIMAL TOTAL BILL ALLOWED", NoAnswer, "about the bill now"),
        Row::new("32", "PLEASE PAY BILL OF ALL PERIOD", NoAnswer, "about the bill now"),
        Row::new("33", "CAN'T BE PROCESS, TRY AGAIN LATER", NoAnswer, "the question is to be asked later"),
        Row::new("34", "BILL HAS BEEN PAID", NoAnswer, "paid, but not said by whom"),
        Row::new("35", "ANOTHER UNPAID ARREAR", NoAnswer, "about the bill now"),
        Row::new("36", "EXCEEDING DUE DATE, PAY IN THE COUNTER / PDAM", NoAnswer, "about the bill now"),
        Row::new("37", "PAYMENT FAILED", Failed, "final"),
        Row::new("38", "PAYMENT FAILED, DO ANOTHER REQUEST", Failed, "final"),
        Row::new("39", "PENDING / TRANSACTION IN PROCESS", Pending, "documented as pending"),
        Row::new("40", "ALL OR ONE OF THE ARREAR/INVOICE HAS BEEN PAID", NoAnswer, "paid, but not said by whom"),
        Row::new("41", "CAN'T BE PAID IN COUNTER, PAY TO THE COMPANY", NoAnswer, "about the bill now"),
        Row::new(
            "42",
            "PAYMENT REQUEST HAVEN'T BEEN RECEIVED",
            NotReceived,
            "the lost-answer rule: it is safe to pay again",
        ),
        Row::new("91", "DATABASE CONNECTION ERROR", NoAnswer, "trouble at IAK"),
        Row::new("92", "GENERAL ERROR", NoAnswer, "trouble at IAK"),
        Row::new("93", "INVALID AMOUNT", NoAnswer, "a status check names no amount"),
        Row::new("94", "SERVICE HAS EXPIRED", NoAnswer, "about the product now"),
        Row::new("100", "INVALID SIGNATURE", NoAnswer, "the question was not believed to be from us"),
        Row::new("101", "INVALID COMMAND", NoAnswer, "the question was not understood"),
        Row::new("102", "INVALID IP ADDRESS", NoAnswer, "the question was not let in"),
        Row::new("103", "TIMEOUT", NoAnswer, "the question was not answered in time"),
        Row::new("105", "MISC ERROR / BILLER SYSTEM ERROR", NoAnswer, "trouble at the biller"),
        Row::new("106", "PRODUCT IS TEMPORARILY OUT OF SERVICE", NoAnswer, "about the product now"),
        Row::new("107", "XML FORMAT ERROR", NoAnswer, "the question was not understood"),
        Row::new("108", "YOUR ID CAN'T BE USED FOR THIS PRODUCT", NoAnswer, "about the product now"),
        Row::new("109", "SYSTEM CUT OFF", NoAnswer, "nothing is told between 23:00 and 01:00 WIB"),
        Row::new("110", "SYSTEM UNDER MAINTENANCE", NoAnswer, "nothing is told now"),
        Row::new("117", "PAGE NOT FOUND", NoAnswer, "nobody was there to tell"),
        Row::new("118", "ACCOUNT SUSPENDED", NoAnswer, "the question was not let in"),
        Row::new("201", "UNDEFINED RESPONSE CODE", Pending, "documented as pending"),
    ],
};
