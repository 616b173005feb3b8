//! The codes of IAK. Postpaid and prepaid have tables of their own, in which the same number may mean different things.

/// Postpaid: member `response_code`.
const POSTPAID: [(&str, &str); 48] = [
    ("00", "SUCCESS"),
    ("01", "INVOICE HAS BEEN PAID"),
    ("02", "BILL UNPAID"),
    ("03", "INVALID REF ID"),
    ("04", "BILLING ID EXPIRED"),
    ("05", "UNDEFINED ERROR"),
    ("06", "INQUIRY ID NOT FOUND"),
    ("07", "TRANSACTION FAILED"),
    ("08", "BILLING ID BLOCKED"),
    ("09", "INQUIRY FAILED"),
    ("10", "BILL IS NOT AVAILABLE"),
    ("11", "DUPLICATE REF ID"),
    ("13", "CUSTOMER NUMBER BLOCKED"),
    ("14", "INCORRECT DESTINATION NUMBER"),
    ("15", "NUMBER NOT SUPPORTED"),
    ("16", "NUMBER DOESN'T MATCH THE OPERATOR"),
    ("17", "BALANCE NOT ENOUGH"),
    ("20", "PRODUCT UNREGISTERED"),
    ("30", "PAYMENT HAVE TO BE DONE VIA COUNTER / PDAM"),
    ("31", "EXCEEDING MAXIMAL TOTAL BILL ALLOWED"),
    ("32", "PLEASE PAY BILL OF ALL PERIOD"),
    ("33", "CAN'T BE PROCESS, TRY AGAIN LATER"),
    ("34", "BILL HAS BEEN PAID"),
    ("35", "ANOTHER UNPAID ARREAR"),
    ("36", "EXCEEDING DUE DATE, PAY IN THE COUNTER / PDAM"),
    ("37", "PAYMENT FAILED"),
    ("38", "PAYMENT FAILED, DO ANOTHER REQUEST"),
    ("39", "PENDING / TRANSACTION IN PROCESS"),
    ("40", "ALL OR ONE OF THE ARREAR/INVOICE HAS BEEN PAID"),
    ("41", "CAN'T BE PAID IN COUNTER, PAY TO THE COMPANY"),
    ("42", "PAYMENT REQUEST HAVEN'T BEEN RECEIVED"),
    ("91", "DATABASE CONNECTION ERROR"),
    ("92", "GENERAL ERROR"),
    ("93", "INVALID AMOUNT"),
    ("94", "SERVICE HAS EXPIRED"),
    ("100", "INVALID SIGNATURE"),
    ("101", "INVALID COMMAND"),
    ("102", "INVALID IP ADDRESS"),
    ("103", "TIMEOUT"),
    ("105", "MISC ERROR / BILLER SYSTEM ERROR"),
    ("106", "PRODUCT IS TEMPORARILY OUT OF SERVICE"),
    ("107", "XML FORMAT ERROR"),
    ("108", "YOUR ID CAN'T BE USED FOR THIS PRODUCT"),
    ("109", "SYSTEM CUT OFF"),
    ("110", "SYSTEM UNDER MAINTENANCE"),
    ("117", "PAGE NOT FOUND"),
    ("118", "ACCOUNT SUSPENDED"),
    ("201", "UNDEFINED RESPONSE CODE"),
];

/// Prepaid: member `rc`.
const PREPAID: [(&str, &str); 29] = [
    ("00", "SUCCESS"),
    ("06", "TRANSACTION NOT FOUND"),
    ("07", "FAILED"),
    ("10", "REACH TOP UP LIMIT USING SAME DESTINATION NUMBER IN 1 DAY"),
    ("12", "BALANCE MAXIMUM LIMIT EXCEEDED"),
    ("13", "CUSTOMER NUMBER BLOCKED"),
    ("14", "INCORRECT DESTINATION NUMBER"),
    ("16", "NUMBER NOT MATCH WITH OPERATOR"),
    ("17", "INSUFFICIENT DEPOSIT"),
    ("20", "CODE NOT FOUND"),
    ("39", "PROCESS"),
    ("102", "INVALID IP ADDRESS"),
    ("106", "PRODUCT IS TEMPORARILY OUT OF SERVICE"),
    ("107", "ERROR IN XML FORMAT"),
    ("110", "SYSTEM UNDER MAINTENANCE"),
    ("117", "PAGE NOT FOUND"),
    ("118", "ACCOUNT SUSPENDED"),
    ("121", "MONTHLY TOP UP LIMIT EXCEEDED"),
    ("131", "TOP UP REGION BLOCKED FOR PLAYER"),
    ("141", "INVALID USER ID"),
    ("142", "INVALID USER ID OR ZONE ID"),
    ("143", "INQUIRY NOT NEEDED"),
    ("201", "UNDEFINED RESPONSE CODE"),
    ("202", "MAXIMUM 1 NUMBER 1 TIME IN 1 DAY"),
    ("203", "NUMBER IS TOO LONG"),
    ("204", "WRONG AUTHENTICATION"),
    ("205", "WRONG COMMAND"),
    ("206", "THIS DESTINATION NUMBER HAS BEEN BLOCKED"),
    ("207", "MAXIMUM 1 NUMBER WITH ANY CODE 1 TIME IN 1 DAY"),
];

/// What a postpaid code says.
pub fn postpaid(rc: &str) -> &'static str {
    message(&POSTPAID, rc)
}

/// What a prepaid code says.
pub fn prepaid(rc: &str) -> &'static str {
    message(&PREPAID, rc)
}

/// The status that goes with a postpaid code in `checkstatus`.
pub fn postpaid_status(rc: &str) -> i64 {
    match rc {
        "42" => 0,
        "00" => 1,
        "05" | "39" | "201" => 3,
        _ => 2,
    }
}

/// The status that goes with a prepaid code.
pub fn prepaid_status(rc: &str) -> i64 {
    match rc {
        "39" | "201" => 0,
        "00" => 1,
        _ => 2,
    }
}

fn message(table: &[(&str, &'static str)], rc: &str) -> &'static str {
    table.iter().find(|(known, _)| *known == rc).map_or("", |(_, message)| message)
}
