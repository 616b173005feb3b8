//! What an answer to an inquiry says.

use domain::money::Rupiah;

use crate::supplier::{BillQuote, InquiryAnswer};
use crate::suppliers::digiflazz::code::{Bill, Code};
use crate::suppliers::digiflazz::details::Details;
use crate::suppliers::digiflazz::order::agrees;
use crate::suppliers::digiflazz::transaction::Transaction;
use crate::wire::{Field, Unreadable};

/// Reads it by its code, never by its message.
pub fn read(transaction: &Transaction) -> InquiryAnswer {
    let Ok(Some(code)) = transaction.rc.text() else {
        return InquiryAnswer::Unreadable;
    };
    let Some(row) = Code::find(&code) else {
        tracing::error!(supplier = "digiflazz", call = "inquiry", code = &*code, "a code that isn't in the table");
        return InquiryAnswer::Unreadable;
    };
    match row.inquiry {
        _ if !agrees(row, transaction) => InquiryAnswer::Unreadable,
        Bill::Here => quote(transaction).map_or(InquiryAnswer::Unreadable, InquiryAnswer::Found),
        Bill::None => InquiryAnswer::NotFound,
        Bill::Number => InquiryAnswer::NumberInvalid,
        Bill::Down => InquiryAnswer::Unavailable,
        Bill::Silent => InquiryAnswer::Unreadable,
    }
}

fn quote(transaction: &Transaction) -> Result<BillQuote, Unreadable> {
    let amount = |field: &Field| field.rupiah()?.ok_or(Unreadable);
    let tagihan = amount(&transaction.selling_price)?.minus(amount(&transaction.admin)?).map_err(|_| Unreadable)?;
    let details = Details::read(&transaction.desc)?;
    if tagihan < Rupiah::ZERO || details.sum.is_some_and(|sum| sum != tagihan) {
        return Err(Unreadable);
    }
    let periods = transaction.periode.text()?.map_or(details.periods, Into::into);
    Ok(BillQuote {
        customer_name: transaction.customer_name.text()?.unwrap_or_default().into(),
        tagihan,
        cost: amount(&transaction.price)?,
        desc: details.json.into(),
        periods: periods.into(),
        token: "".into(),
        requotable: false,
        same_day: true,
    })
}
