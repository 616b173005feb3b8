//! The parameters of `/v1/order`: `cmd` decides what else is needed.

use domain::id::{CustomerNo, Mode, ProductCode, RefId};
use domain::json::Value;
use domain::money::Rupiah;
use domain::product::ProductKind;
use domain::signature::SignedRequest;

use super::form::Form;
use super::read;
use crate::http::language::{Sentence, sentence};
use crate::http::problem::Problem;

const NOT_COMMAND: Sentence =
    sentence("Harus inquiry, pay-pasca, prepaid atau game.", "This must be inquiry, pay-pasca, prepaid or game.");

/// Which product, for whom, for real or not: what every order says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Production unless `testing` is true.
    pub mode: Mode,
    /// `code`
    pub product_code: ProductCode,
    /// `customer_no`
    pub customer_no: CustomerNo,
}

/// What `/v1/order` is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderParameters {
    /// `inquiry`
    Inquiry {
        /// Of which bill.
        subject: Subject,
        /// Under which reference; made by the server if absent.
        ref_id: Option<RefId>,
    },
    /// `pay-pasca`
    Payment {
        /// Of which bill.
        subject: Subject,
        /// The inquiry's reference.
        ref_id: RefId,
    },
    /// `prepaid` or `game`
    Purchase {
        /// Of what.
        subject: Subject,
        /// Under which reference; made by the server if absent.
        ref_id: Option<RefId>,
        /// Which of the two.
        kind: ProductKind,
        /// The most that it may cost.
        max_price: Option<Rupiah>,
        /// It is meant, even if it looks like a duplicate.
        allow_duplicate: bool,
    },
}

#[derive(Clone, Copy)]
enum Command {
    Inquiry,
    Payment,
    Purchase(ProductKind),
}

impl OrderParameters {
    /// Reads them.
    pub fn read(request: &SignedRequest<'_>) -> Result<Self, Problem> {
        let mut form = Form::new(request);
        let command = form.required("cmd", read_command);
        let product_code = form.required("code", read::product_code);
        let customer_no = form.required("customer_no", read::customer_no);
        let ref_id = form.optional("ref_id", read::ref_id).flatten();
        let mode = form.optional("testing", read::mode).unwrap_or(Mode::Production);
        let (max_price, allow_duplicate) = match command {
            Some(Command::Purchase(_)) => {
                (form.optional("max_price", read::amount), form.optional("allow_duplicate", read::boolean))
            }
            // What a call doesn't know it doesn't judge.
            _ => (None, None),
        };
        if matches!(command, Some(Command::Payment)) && ref_id.is_none() && !form.is_blamed("ref_id") {
            form.missing("ref_id");
        }
        let subject = product_code.zip(customer_no).map(|(product_code, customer_no)| Subject {
            mode,
            product_code,
            customer_no,
        });
        let parameters = command.zip(subject).and_then(|(command, subject)| match command {
            Command::Inquiry => Some(Self::Inquiry { subject, ref_id }),
            Command::Payment => ref_id.map(|ref_id| Self::Payment { subject, ref_id }),
            Command::Purchase(kind) => {
                let allow_duplicate = allow_duplicate.unwrap_or(false);
                Some(Self::Purchase { subject, ref_id, kind, max_price, allow_duplicate })
            }
        });
        form.finish(parameters)
    }
}

fn read_command(value: &Value<'_>) -> Result<Command, Sentence> {
    match value.as_str() {
        Some("inquiry") => Ok(Command::Inquiry),
        Some("pay-pasca") => Ok(Command::Payment),
        Some("prepaid") => Ok(Command::Purchase(ProductKind::Prepaid)),
        Some("game") => Ok(Command::Purchase(ProductKind::Game)),
        _ => Err(NOT_COMMAND),
    }
}
