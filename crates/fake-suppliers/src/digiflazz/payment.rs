//! Paying what an inquiry found, with the same reference and on the same day, and asking about that.

use std::io;
use std::time::Duration;

use crate::book::Quote;
use crate::call::Asked;
use crate::desk::{Beginning, Desk, Fate};
use crate::digiflazz::bill::Bill;
use crate::digiflazz::catalogue::{Family, Postpaid};
use crate::digiflazz::code::Code;
use crate::digiflazz::shown::{self, coded, refused};
use crate::digiflazz::test_numbers::{self, Fate as TestFate};
use crate::digiflazz::{checks, watch_pace};
use crate::journal::{BrokenRule, Kind, Outcome};
use crate::protocol::Answer;
use crate::seed::Seed;

/// How long the state of a payment can be asked for.
const REMEMBERED_FOR: Duration = Duration::from_hours(90 * 24);

/// `pay-pasca`. A reference that has a transaction is only shown it.
pub fn pay(desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
    if let Err(rc) = checks::transaction(desk, asked) {
        return Ok(refused(asked, rc));
    }
    let Some(product) = Postpaid::find(&asked.subject.sku) else { return Ok(refused(asked, "43")) };
    watch_pace(desk, &asked.subject)?;
    if let Some(known) = desk.book.transaction(&asked.subject.ref_id) {
        let is_same = known.subject == asked.subject;
        return Ok(if is_same { shown::transaction(desk, known) } else { refused(asked, "49") });
    }
    let quote = desk.book.quote(&asked.subject.ref_id).filter(|quote| quote.subject == asked.subject).cloned();
    let Some(quote) = quote else { return Ok(refused(asked, "50")) };
    if desk.limits && quote.at.wib_day() != desk.now.wib_day() {
        desk.blame(&asked.subject, BrokenRule::PaidOnAnotherDay, format!("the inquiry is of {}", quote.at))?;
        return Ok(refused(asked, "50"));
    }
    if desk.book.is_taken(&asked.subject, quote.bill) {
        desk.blame(&asked.subject, BrokenRule::BillPaidAgain, format!("bill {} of this customer", quote.bill))?;
    }
    match fate(desk, product, &quote) {
        Fate::Fails(rc) if !Code::of(rc).forms_transaction => Ok(refused(asked, rc)),
        fate => begin(desk, asked, product, quote, fate),
    }
}

fn fate(desk: &Desk, product: &Postpaid, quote: &Quote) -> Fate {
    if desk.book.is_taken(&quote.subject, quote.bill) {
        return Fate::Fails("60");
    }
    if quote.price > desk.balance() {
        return Fate::Fails("44");
    }
    match test_numbers::find(product.sku, &quote.subject.customer_no) {
        Some((TestFate::PaymentFails | TestFate::InquiryFails, _)) => Fate::Fails("02"),
        Some((TestFate::PendsThenSucceeds, _)) => Fate::Pends(Outcome::Success),
        Some((TestFate::PendsThenFails, _)) => Fate::Pends(Outcome::Failed),
        Some((TestFate::Succeeds, _)) | None => Fate::Succeeds,
    }
}

fn begin(desk: &mut Desk, asked: &Asked, product: &Postpaid, quote: Quote, fate: Fate) -> io::Result<Answer> {
    let mut answer = quote.answer;
    Bill::add_what_was_paid(product.family, &mut answer);
    let callback_url = Some(asked.text("cb_url")).filter(|url| !url.is_empty()).map(str::to_owned);
    let beginning = Beginning {
        subject: asked.subject.clone(),
        kind: Kind::Postpaid,
        bill: Some(quote.bill),
        price: quote.price,
        sn: sn(asked, product.family),
        answer,
        callback_url,
    };
    desk.begin(beginning, fate)?;
    let begun = desk.book.transaction(&asked.subject.ref_id);
    Ok(begun.map_or_else(|| refused(asked, "50"), |begun| shown::transaction(desk, begun)))
}

/// What proves it; nothing at BPJS Ketenagakerjaan.
fn sn(asked: &Asked, family: Family) -> String {
    match family {
        Family::Bpjstk | Family::Bpjstkpu => String::new(),
        _ => format!("S{}N", Seed::of(&["sn", &asked.subject.ref_id]).digits(10)),
    }
}

/// `status-pasca`.
pub fn status(desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
    if let Err(rc) = checks::transaction(desk, asked) {
        return Ok(refused(asked, rc));
    }
    watch_pace(desk, &asked.subject)?;
    let known = desk.book.transaction(&asked.subject.ref_id).filter(|known| known.subject == asked.subject);
    Ok(match known {
        None => refused(asked, "50"),
        Some(known) if desk.now.since(known.at) > REMEMBERED_FOR => coded(asked, "50", None, "Data belum ada"),
        Some(known) => shown::transaction(desk, known),
    })
}
