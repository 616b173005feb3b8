//! Paying what an inquiry found, by the inquiry's number, and asking about that.

use std::io;

use crate::book::Quote;
use crate::call::Asked;
use crate::desk::{Beginning, Desk, Fate};
use crate::iak::bill::add_what_was_paid;
use crate::iak::catalogue::{Family, Postpaid};
use crate::iak::checks;
use crate::iak::shown::{self, refused};
use crate::iak::test_numbers::{self, Fate as TestFate};
use crate::journal::{BrokenRule, Kind, Outcome};
use crate::protocol::Answer;
use crate::seed::Seed;

/// From 23:00 to 01:00 PLN takes nothing, in minutes of the day.
const CUT_OFF: (i64, i64) = (23 * 60, 60);

/// `pay-pasca`. An inquiry whose payment began is only shown it.
pub fn pay(desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
    let tr_id = asked.member("tr_id").map(|tr_id| tr_id.as_str().map_or_else(|| tr_id.to_string(), str::to_owned));
    if let Err(rc) = checks::postpaid(desk, asked, &tr_id.unwrap_or_default()) {
        return Ok(refused(asked, rc));
    }
    if let Some(known) = desk.book.transaction(&asked.subject.ref_id) {
        return Ok(shown::payment(desk, known));
    }
    let quote = desk.book.quote(&asked.subject.ref_id).cloned();
    let product = quote.as_ref().and_then(|quote| Postpaid::find(&quote.subject.sku));
    let (Some(quote), Some(product)) = (quote, product) else { return Ok(refused(asked, "06")) };
    match refusal(desk, product, &quote)? {
        Some(rc) => Ok(refused(asked, rc)),
        None => begin(desk, asked, product, quote),
    }
}

/// Why nothing comes of a payment. It was never received, then, and may be sent again.
fn refusal(desk: &mut Desk, product: &Postpaid, quote: &Quote) -> io::Result<Option<&'static str>> {
    if is_cut_off(desk, product) {
        return Ok(Some("109"));
    }
    if desk.limits && quote.at.wib_day() != desk.now.wib_day() {
        desk.blame(&quote.subject, BrokenRule::PaidOnAnotherDay, format!("the inquiry is of {}", quote.at))?;
        return Ok(Some("04"));
    }
    if desk.book.is_taken(&quote.subject, quote.bill) {
        desk.blame(&quote.subject, BrokenRule::BillPaidAgain, format!("bill {} of this customer", quote.bill))?;
        return Ok(Some("34"));
    }
    Ok((quote.price > desk.balance()).then_some("17"))
}

fn begin(desk: &mut Desk, asked: &Asked, product: &Postpaid, quote: Quote) -> io::Result<Answer> {
    let fate = match test_numbers::find(product.code, &quote.subject.customer_no) {
        Some(TestFate::PaymentFails) => Fate::Fails("37"),
        Some(TestFate::BillerFails) => Fate::Fails("105"),
        Some(TestFate::PaymentPends) => Fate::Pends(Outcome::Success),
        _ => Fate::Succeeds,
    };
    let Quote { subject, bill, price, mut answer, .. } = quote;
    add_what_was_paid(product.family, &subject, &mut answer);
    let ref_id = subject.ref_id.clone();
    let sn = Seed::of(&["noref", &ref_id]).digits(15);
    let (kind, bill, callback_url) = (Kind::Postpaid, Some(bill), None);
    desk.begin(Beginning { subject, kind, bill, price, sn, answer, callback_url }, fate)?;
    let begun = desk.book.transaction(&ref_id);
    Ok(begun.map_or_else(|| refused(asked, "92"), |begun| shown::payment(desk, begun)))
}

/// `checkstatus`. A payment that never came is 42, and may be sent again.
pub fn status(desk: &Desk, asked: &Asked) -> Answer {
    if let Err(rc) = checks::postpaid(desk, asked, "cs") {
        return refused(asked, rc);
    }
    let known = desk.book.transaction(&asked.subject.ref_id).filter(|known| known.kind == Kind::Postpaid);
    match known {
        Some(known) => shown::payment_status(desk, known),
        None => refused(asked, "42"),
    }
}

/// Whether a product takes nothing at this time of the day.
pub fn is_cut_off(desk: &Desk, product: &Postpaid) -> bool {
    let minute = desk.now.in_wib().minute_of_day;
    let is_pln = matches!(product.family, Family::Pln | Family::PlnNontaglist);
    desk.limits && is_pln && (minute >= CUT_OFF.0 || minute < CUT_OFF.1)
}
