//! What is due.

use std::io;

use serde_json::{Value, json};

use crate::call::Asked;
use crate::desk::Desk;
use crate::digiflazz::bill::Bill;
use crate::digiflazz::catalogue::{Family, Postpaid};
use crate::digiflazz::checks;
use crate::digiflazz::code::Code;
use crate::digiflazz::shown::{quoted, refused};
use crate::digiflazz::test_numbers::{self, Fate};
use crate::journal::Event;
use crate::protocol::Answer;

/// E-money is filled in steps of so many rupiah.
const EMONEY_STEP: i64 = 1_000;

/// `inq-pasca`.
pub fn answer(desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
    let (product, number) = match checks::transaction(desk, asked).and_then(|()| due(desk, asked)) {
        Ok(found) => found,
        Err(rc) => return Ok(refused(asked, rc)),
    };
    let Bill { price, members } = Bill::draw(product, asked, number, desk.now);
    let subject = asked.subject.clone();
    let data = quoted(&subject, &members, Code::of("00"), json!(desk.balance()), None);
    desk.record(Event::Quoted { subject, bill: number, price, answer: members })?;
    Ok(Answer::ok(json!({ "data": data })))
}

/// The product, and which of the customer's bills is due. The code of what is wrong.
fn due(desk: &Desk, asked: &Asked) -> Result<(&'static Postpaid, u32), &'static str> {
    let subject = &asked.subject;
    let product = Postpaid::find(&subject.sku).ok_or("43")?;
    let is_other = desk.book.quote(&subject.ref_id).is_some_and(|quote| quote.subject != *subject);
    if is_other || desk.book.transaction(&subject.ref_id).is_some() {
        return Err("49");
    }
    check_extras(asked, product.family)?;
    checks::customer_no(asked)?;
    let test_fate = test_numbers::find(product.sku, &subject.customer_no).map(|(fate, _)| fate);
    if test_fate == Some(Fate::InquiryFails) {
        return Err("02");
    }
    let number = desk.book.next_bill(product.sku, &subject.customer_no);
    let is_fresh = desk.fresh_bills || test_fate.is_some() || product.family == Family::Emoney;
    if number > 0 && !is_fresh { Err("60") } else { Ok((product, number)) }
}

/// What some products want to know beyond the usual.
fn check_extras(asked: &Asked, family: Family) -> Result<(), &'static str> {
    match family {
        Family::Emoney => match asked.number("amount") {
            None => Err("40"),
            Some(amount) if amount <= 0 || amount % EMONEY_STEP != 0 => Err("87"),
            Some(_) => Ok(()),
        },
        Family::Pbb if asked.member("year").is_some_and(|year| !Value::is_i64(year)) => Err("40"),
        Family::Samsat if !asked.subject.customer_no.contains(',') => Err("54"),
        _ => Ok(()),
    }
}
