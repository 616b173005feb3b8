//! Prepaid purchases. The same reference asks about the purchase, for 90 days; after them it buys again.

use std::io;
use std::time::Duration;

use serde_json::Map;

use crate::call::Asked;
use crate::desk::{Beginning, Desk, Fate};
use crate::digiflazz::catalogue::Prepaid;
use crate::digiflazz::code::Code;
use crate::digiflazz::shown::{self, refused};
use crate::digiflazz::test_numbers::{self, Fate as TestFate};
use crate::digiflazz::{checks, watch_pace};
use crate::journal::{BrokenRule, Kind, Outcome};
use crate::names;
use crate::protocol::Answer;
use crate::seed::Seed;

/// How long a reference means the same purchase.
const REMEMBERED_FOR: Duration = Duration::from_hours(90 * 24);

/// A top-up without `commands`.
pub fn answer(desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
    let product = match checks::transaction(desk, asked).and_then(|()| product(asked)) {
        Ok(product) => product,
        Err(rc) => return Ok(refused(asked, rc)),
    };
    let subject = &asked.subject;
    if desk.book.quote(&subject.ref_id).is_some() {
        return Ok(refused(asked, "49"));
    }
    watch_pace(desk, subject)?;
    if let Some(known) = desk.book.transaction(&subject.ref_id) {
        if known.subject != *subject || known.kind != Kind::Prepaid {
            return Ok(refused(asked, "49"));
        }
        if desk.now.since(known.at) <= REMEMBERED_FOR {
            return Ok(shown::transaction(desk, known));
        }
        desk.blame(subject, BrokenRule::BoughtAgain, "the reference is older than 90 days")?;
    }
    match fate(desk, asked, product) {
        Fate::Fails(rc) if !Code::of(rc).forms_transaction => Ok(refused(asked, rc)),
        fate => begin(desk, asked, product, fate),
    }
}

fn product(asked: &Asked) -> Result<&'static Prepaid, &'static str> {
    let max_price = asked.member("max_price");
    if max_price.is_some_and(|price| !price.is_i64()) {
        return Err("40");
    }
    Prepaid::find(&asked.subject.sku).filter(|product| product.active).ok_or("43")
}

fn fate(desk: &Desk, asked: &Asked, product: &Prepaid) -> Fate {
    let subject = &asked.subject;
    let now = desk.now.in_wib().minute_of_day;
    if let Err(rc) = checks::customer_no(asked) {
        return Fate::Fails(rc);
    }
    if asked.number("max_price").is_some_and(|most| product.price > most) {
        return Fate::Fails("69");
    }
    if desk.limits && product.is_cut_off(now) {
        return Fate::Fails("58");
    }
    if !product.multi && desk.book.purchases_on(desk.now.wib_day(), subject) > 0 {
        return Fate::Fails("63");
    }
    if product.price > desk.balance() {
        return Fate::Fails("44");
    }
    match test_numbers::find(product.sku, &subject.customer_no) {
        Some((TestFate::PaymentFails | TestFate::InquiryFails, _)) => Fate::Fails("02"),
        Some((TestFate::PendsThenSucceeds, _)) => Fate::Pends(Outcome::Success),
        Some((TestFate::PendsThenFails, _)) => Fate::Pends(Outcome::Failed),
        Some((TestFate::Succeeds, _)) | None => Fate::Succeeds,
    }
}

fn begin(desk: &mut Desk, asked: &Asked, product: &Prepaid, fate: Fate) -> io::Result<Answer> {
    let callback_url = Some(asked.text("cb_url")).filter(|url| !url.is_empty()).map(str::to_owned);
    let beginning = Beginning {
        subject: asked.subject.clone(),
        kind: Kind::Prepaid,
        bill: None,
        price: product.price,
        sn: sn(asked, product, &desk.now.digits()),
        answer: Map::new(),
        callback_url,
    };
    desk.begin(beginning, fate)?;
    let begun = desk.book.transaction(&asked.subject.ref_id);
    Ok(begun.map_or_else(|| refused(asked, "50"), |begun| shown::transaction(desk, begun)))
}

/// For electricity, the token that the customer types in, with name, power and energy; otherwise a number.
fn sn(asked: &Asked, product: &Prepaid, now: &str) -> String {
    let mut seed = Seed::of(&["sn", &asked.subject.ref_id, now]);
    if product.category == "PLN" {
        let token: Vec<String> = (0..5).map(|_| seed.digits(4)).collect();
        return format!("{}/{}/R1 /000001300/13.2", token.join("-"), names::person(&asked.subject.customer_no));
    }
    format!("{now}{}", seed.digits(6))
}
