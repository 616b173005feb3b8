//! What an answer says of a bill: section 4 of the contract.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::client::Reply;
use crate::supplier::{BillQuestion, BillQuote, InquiryAnswer};
use crate::suppliers::isikuota::codes::InquiryMeaning;
use crate::suppliers::isikuota::desc::Desc;
use crate::suppliers::isikuota::envelope::Envelope;
use crate::suppliers::isikuota::order_data::{is_text, total};
use crate::wire::Field;

#[derive(Deserialize)]
struct InquiryData {
    #[serde(default)]
    ref_id: Field,
    #[serde(default)]
    status: Field,
    #[serde(default)]
    customer_no: Field,
    #[serde(default)]
    customer_name: Field,
    #[serde(default)]
    code: Field,
    #[serde(default)]
    tagihan: Field,
    #[serde(default)]
    admin: Field,
    #[serde(default)]
    total: Field,
    #[serde(default)]
    desc: Option<Box<RawValue>>,
}

/// What was answered to an inquiry. Nothing can have been created, whatever it was.
pub fn read(reply: &Reply, question: &BillQuestion) -> InquiryAnswer {
    let (status, body) = match reply {
        Reply::Answered { status, body } => (*status, body),
        Reply::NotSent { .. } => return InquiryAnswer::Unavailable,
        Reply::Lost { .. } => return InquiryAnswer::Unreadable,
    };
    let Some(envelope) = Envelope::read(body) else {
        return InquiryAnswer::Unreadable;
    };
    let Ok(row) = envelope.row(status) else {
        return InquiryAnswer::Unreadable;
    };
    match row.inquiry {
        InquiryMeaning::Found => envelope
            .data::<InquiryData>()
            .and_then(|data| quote(&data, question))
            .map_or(InquiryAnswer::Unreadable, InquiryAnswer::Found),
        InquiryMeaning::NotFound => InquiryAnswer::NotFound,
        InquiryMeaning::AlreadyPaid => InquiryAnswer::AlreadyPaid,
        InquiryMeaning::NumberInvalid => InquiryAnswer::NumberInvalid,
        InquiryMeaning::Unavailable => InquiryAnswer::Unavailable,
        InquiryMeaning::Unreadable => InquiryAnswer::Unreadable,
    }
}

/// The bill, if it is the one that was asked for and adds up.
fn quote(data: &InquiryData, question: &BillQuestion) -> Option<BillQuote> {
    let is_ours = is_text(&data.ref_id, question.supplier_ref.as_str())
        && is_text(&data.customer_no, question.customer_no.as_str())
        && is_text(&data.code, &question.sku)
        && is_text(&data.status, "success");
    let cost = total(&data.tagihan, &data.admin, &data.total).ok().filter(|total| total.is_positive())?;
    let desc = Desc::read(data.desc.as_deref().map(RawValue::get))?;
    is_ours.then_some(BillQuote {
        customer_name: data.customer_name.text().ok()?.unwrap_or_default().into(),
        tagihan: data.tagihan.rupiah().ok()??,
        cost,
        desc: desc.text.into(),
        periods: desc.periods.into(),
        token: Arc::default(),
        requotable: false,
        same_day: false,
    })
}
