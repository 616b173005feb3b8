//! Prepaid purchases. The first answer is always that it is in process; the same reference never buys twice.

use std::io;

use serde_json::Map;

use crate::call::Asked;
use crate::desk::{Beginning, Desk, Fate};
use crate::iak::catalogue::Prepaid;
use crate::iak::checks;
use crate::iak::shown::{self, refused};
use crate::journal::{Kind, Outcome};
use crate::names;
use crate::protocol::Answer;
use crate::seed::Seed;

/// `top-up`.
pub fn buy(desk: &mut Desk, asked: &Asked) -> io::Result<Answer> {
    let ref_id = &asked.subject.ref_id;
    if let Err(rc) = checks::prepaid(desk, asked, ref_id) {
        return Ok(refused(asked, rc));
    }
    if let Some(known) = desk.book.transaction(ref_id).filter(|known| known.kind == Kind::Prepaid) {
        return Ok(shown::purchase(desk, known));
    }
    match check(desk, asked) {
        Ok(product) => begin(desk, asked, product),
        Err(rc) => Ok(refused(asked, rc)),
    }
}

/// What is bought. The code of what is wrong.
fn check(desk: &Desk, asked: &Asked) -> Result<&'static Prepaid, &'static str> {
    let product = Prepaid::find(&asked.subject.sku).filter(|product| product.active).ok_or("20")?;
    if asked.subject.ref_id.is_empty() || desk.book.quote(&asked.subject.ref_id).is_some() {
        return Err("07");
    }
    checks::customer_no(asked)?;
    if product.price > desk.balance() { Err("17") } else { Ok(product) }
}

fn begin(desk: &mut Desk, asked: &Asked, product: &Prepaid) -> io::Result<Answer> {
    let mut subject = asked.subject.clone();
    subject.tr_id = Some(desk.book.next_tr_id());
    let outcome = if product.mismatches(&subject.customer_no) { Outcome::Failed } else { Outcome::Success };
    let beginning = Beginning {
        subject,
        kind: Kind::Prepaid,
        bill: None,
        price: product.price,
        sn: sn(asked, product),
        answer: Map::new(),
        callback_url: None,
    };
    desk.begin(beginning, Fate::Pends(outcome))?;
    let begun = desk.book.transaction(&asked.subject.ref_id);
    Ok(begun.map_or_else(|| refused(asked, "07"), |begun| shown::purchase(desk, begun)))
}

/// For electricity, the token that the customer types in, with name, power and energy; otherwise a number.
fn sn(asked: &Asked, product: &Prepaid) -> String {
    let mut seed = Seed::of(&["sn", &asked.subject.ref_id]);
    if product.kind != "pln" {
        return seed.digits(16);
    }
    let token: Vec<String> = (0..5).map(|_| seed.digits(4)).collect();
    format!("{}/{}/R1 /000001300/66.2", token.join("-"), names::person(&asked.subject.customer_no))
}

/// `check-status`.
pub fn status(desk: &Desk, asked: &Asked) -> Answer {
    if let Err(rc) = checks::prepaid(desk, asked, &asked.subject.ref_id) {
        return refused(asked, rc);
    }
    let known = desk.book.transaction(&asked.subject.ref_id).filter(|known| known.kind == Kind::Prepaid);
    known.map_or_else(|| refused(asked, "06"), |known| shown::purchase(desk, known))
}
