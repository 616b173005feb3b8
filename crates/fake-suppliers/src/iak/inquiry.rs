//! What is due.

use std::io;

use crate::call::Asked;
use crate::desk::Desk;
use crate::iak::bill::{Bill, Extras};
use crate::iak::catalogue::{Family, Postpaid};
use crate::iak::checks;
use crate::iak::payment::is_cut_off;
use crate::iak::shown::{self, refused};
use crate::iak::test_numbers::{self, Fate};
use crate::journal::Event;
use crate::protocol::Answer;

/// `inq-pasca`. Each uses up its reference.
pub fn answer(desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
    let (product, number) = match due(desk, asked) {
        Ok(found) => found,
        Err(rc) => return Ok(refused(asked, rc)),
    };
    let Bill { selling_price, members } = Bill::draw(product, asked, number, desk.now);
    let mut subject = asked.subject.clone();
    subject.tr_id = Some(desk.book.next_tr_id());
    let ref_id = subject.ref_id.clone();
    desk.record(Event::Quoted { subject, bill: number, price: selling_price, answer: members })?;
    Ok(desk.book.quote(&ref_id).map_or_else(|| refused(asked, "92"), shown::quote))
}

/// The product, and which of the customer's bills is due. The code of what is wrong.
fn due(desk: &Desk, asked: &Asked) -> Result<(&'static Postpaid, u32), &'static str> {
    let subject = &asked.subject;
    checks::postpaid(desk, asked, &subject.ref_id)?;
    checks::ref_id(asked)?;
    let product = Postpaid::find(&subject.sku).ok_or("20")?;
    if desk.book.quote(&subject.ref_id).is_some() || desk.book.transaction(&subject.ref_id).is_some() {
        return Err("11");
    }
    if is_cut_off(desk, product) {
        return Err("109");
    }
    checks::customer_no(asked)?;
    check_extras(&Extras::of(asked), product.family)?;
    let fate = test_numbers::find(product.code, &subject.customer_no);
    match fate {
        Some(Fate::InquiryTimesOut) => return Err("103"),
        Some(Fate::InvoicePaid) => return Err("01"),
        Some(Fate::WrongNumber) => return Err("14"),
        Some(Fate::Succeeds | Fate::PaymentFails | Fate::PaymentPends | Fate::BillerFails) | None => {}
    }
    let number = desk.book.next_bill(product.code, &subject.customer_no);
    let is_gift = matches!(product.family, Family::CustomDenom | Family::Church);
    let is_fresh = desk.fresh_bills || fate.is_some() || is_gift;
    if number > 0 && !is_fresh { Err("34") } else { Ok((product, number)) }
}

/// What some products want to know beyond the usual.
fn check_extras(extras: &Extras, family: Family) -> Result<(), &'static str> {
    let (is_whole, rc) = match family {
        Family::BpjsKesehatan | Family::Bpjstk => ((1..=12).contains(&extras.months), "09"),
        Family::Pbb => (extras.year.len() == 4 && extras.year.chars().all(|digit| digit.is_ascii_digit()), "09"),
        Family::Esamsat => (!extras.identity.is_empty(), "09"),
        Family::CustomDenom | Family::Church => (extras.amount > 0, "93"),
        _ => (true, ""),
    };
    if is_whole { Ok(()) } else { Err(rc) }
}
