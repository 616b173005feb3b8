//! The buyer's deposit: how much is left, and how to add to it.

use serde_json::{Value, json};

use crate::call::Asked;
use crate::desk::Desk;
use crate::digiflazz::checks;
use crate::digiflazz::shown::{as_float, refused};
use crate::protocol::Answer;
use crate::seed::Seed;

/// Banks of a company's account, then of a personal one.
const BANKS: [&str; 6] = ["BCA", "MANDIRI", "BRI", "BNI", "Flip", "ShopeePay"];

/// `cek-saldo`.
pub fn balance(desk: &Desk, asked: &Asked) -> Answer {
    match checks::caller(desk, asked, "depo") {
        Ok(()) => Answer::ok(json!({ "data": { "deposit": as_float(desk.balance()) } })),
        Err(rc) => refused(asked, rc),
    }
}

/// `deposit`: what to transfer, and with which remark. The table of the documentation writes `bank`, its sample `Bank`.
pub fn ticket(desk: &Desk, asked: &Asked) -> Answer {
    if let Err(rc) = checks::caller(desk, asked, "deposit") {
        return refused(asked, rc);
    }
    let bank = asked.member("bank").or_else(|| asked.member("Bank")).and_then(Value::as_str).unwrap_or_default();
    let (Some(amount), false) = (asked.number("amount"), asked.text("owner_name").is_empty()) else {
        return refused(asked, "40");
    };
    if amount <= 0 || !BANKS.contains(&bank) {
        return refused(asked, "64");
    }
    let mut seed = Seed::of(&["ticket", bank, &amount.to_string(), &desk.now.to_string()]);
    Answer::ok(json!({ "data": {
        "rc": "00",
        "bank": bank,
        "payment_method": "Bank Transfer",
        "account_no": "0123 4567 89",
        "notes": format!("A{}", seed.digits(6)),
        "amount": amount + seed.draw(1..=999),
    } }))
}
