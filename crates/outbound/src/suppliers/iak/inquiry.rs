//! `inq-pasca`: looks a bill up.

use serde_json::Value;

use crate::client::Reply;
use crate::supplier::{BillQuestion, BillQuote, Heard, InquiryAnswer};
use crate::suppliers::iak::answer::{BillAnswer, read};
use crate::suppliers::iak::call::Call;
use crate::suppliers::iak::codes::{BillVerdict, INQUIRY};
use crate::suppliers::iak::connection::Connection;
use crate::suppliers::iak::desc::public_desc;
use crate::suppliers::iak::subject::{Subject, SubjectFault};
use crate::wire::{Field, Unreadable};

/// Asks.
pub async fn inquire(connection: &Connection, question: &BillQuestion) -> Heard<InquiryAnswer> {
    let subject = match Subject::parse(&question.sku, &question.customer_no) {
        Ok(subject) => subject,
        Err(fault) => return Heard::unspoken(unasked(&question.sku, fault)),
    };
    let supplier_ref = question.supplier_ref.as_str();
    let spoken = connection.ask(&Call::INQUIRY, supplier_ref, subject.inquiry(supplier_ref)).await;
    let meaning = match &spoken.reply {
        Reply::Answered { body, .. } => meaning(&subject, supplier_ref, body),
        Reply::NotSent { .. } => InquiryAnswer::Unavailable,
        Reply::Lost { .. } => InquiryAnswer::Unreadable,
    };
    Heard { meaning, exchange: Some(spoken.exchange) }
}

fn unasked(sku: &str, fault: SubjectFault) -> InquiryAnswer {
    if fault.is_of_the_customer() {
        return InquiryAnswer::NumberInvalid;
    }
    tracing::error!(sku, %fault, "IAK can't be asked for this product");
    InquiryAnswer::Unavailable
}

/// What the answer to an inquiry means.
pub fn meaning(subject: &Subject<'_>, supplier_ref: &str, body: &str) -> InquiryAnswer {
    judge(subject, supplier_ref, body).unwrap_or_else(|why| {
        tracing::warn!(supplier_ref, %why, "IAK's answer to an inquiry can't be used");
        InquiryAnswer::Unreadable
    })
}

fn judge(subject: &Subject<'_>, supplier_ref: &str, body: &str) -> Result<InquiryAnswer, String> {
    let bill: BillAnswer = read(body)?;
    let row = INQUIRY.row(&bill.response_code)?;
    if !bill.is_about(subject, supplier_ref) {
        return Err("the answer is about another bill".to_owned());
    }
    match row.verdict {
        BillVerdict::Found => quote(&bill, &read(body)?).map(InquiryAnswer::Found),
        BillVerdict::NotFound => Ok(InquiryAnswer::NotFound),
        BillVerdict::AlreadyPaid => Ok(InquiryAnswer::AlreadyPaid),
        BillVerdict::NumberInvalid => Ok(InquiryAnswer::NumberInvalid),
        BillVerdict::Unavailable => Ok(InquiryAnswer::Unavailable),
        BillVerdict::Unreadable => Err(row.explain()),
    }
}

fn quote(bill: &BillAnswer, data: &Value) -> Result<BillQuote, String> {
    let token = given("tr_id", bill.tr_id.text())?;
    if !token.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("a tr_id that is no number".to_owned());
    }
    let tagihan = given("nominal", bill.nominal.rupiah())?;
    let admin = given("admin", bill.admin.rupiah())?;
    let price = given("price", bill.price.rupiah())?;
    let cost = given("selling_price", bill.selling_price.rupiah())?;
    if !tagihan.is_positive() || !cost.is_positive() || tagihan.plus(admin) != Ok(price) {
        return Err(format!("the amounts don't add up: {tagihan} and {admin} are {price}, costing {cost}"));
    }
    let text = |field: &Field| field.text().ok().flatten().unwrap_or_default().into();
    Ok(BillQuote {
        customer_name: text(&bill.tr_name),
        tagihan,
        cost,
        desc: public_desc(data).to_string().into(),
        periods: text(&bill.period),
        token: token.into(),
        // Nothing is said of what a second inquiry does to the first one's tr_id.
        requotable: false,
        same_day: false,
    })
}

/// What a bill can't do without.
fn given<T>(name: &str, member: Result<Option<T>, Unreadable>) -> Result<T, String> {
    member.ok().flatten().ok_or_else(|| format!("no {name} that can be read"))
}
