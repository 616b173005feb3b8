//! What we send.

use serde::Serialize;

use crate::account::Account;
use crate::suppliers::sku::Sku;
use crate::wire::md5_hex;

/// What is asked about a bill or a top-up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// Look a bill up.
    Inquiry,
    /// Pay it.
    Pay,
    /// What became of the payment?
    Status,
    /// Buy. The very same once more is how one asks what became of it.
    TopUp,
}

impl Command {
    /// As the history of an order shows it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inquiry => "inq-pasca",
            Self::Pay => "pay-pasca",
            Self::Status => "status-pasca",
            Self::TopUp => "top-up",
        }
    }
}

/// About whom or what.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The product.
    pub sku: &'a str,
    /// The customer's number.
    pub customer_no: &'a str,
    /// Our reference.
    pub ref_id: &'a str,
}

/// The body of a call to `/transaction`. What is absent isn't sent. It has secrets, so it can't be printed.
#[derive(Default, Serialize)]
pub struct Request<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    commands: Option<&'static str>,
    username: &'a str,
    buyer_sku_code: &'a str,
    customer_no: &'a str,
    ref_id: &'a str,
    /// The signature.
    pub sign: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    testing: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_price: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allow_dot: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u64>,
}

impl<'a> Request<'a> {
    /// The request, or `None` if the product's code can't be used for it. The same arguments make the same request, for ever: Digiflazz
    /// would take another one for another top-up.
    pub fn new(command: Command, subject: Subject<'a>, max_price: Option<i64>, account: &'a Account) -> Option<Self> {
        let Sku { code, parameters } = Sku::parse(subject.sku)?;
        let mut request = Request {
            commands: (command != Command::TopUp).then(|| command.name()),
            username: &account.user,
            buyer_sku_code: code,
            customer_no: subject.customer_no,
            ref_id: subject.ref_id,
            sign: md5_hex(&[&account.user, account.key.reveal(), subject.ref_id]),
            testing: account.is_testing.then_some(true),
            max_price,
            ..Request::default()
        };
        match command {
            Command::TopUp if !parameters.is_empty() => return None,
            Command::TopUp => request.allow_dot = subject.customer_no.contains('.').then_some(true),
            Command::Status => {}
            Command::Inquiry | Command::Pay => {
                for (name, value) in parameters {
                    match name {
                        "amount" => request.amount = Some(value.parse().ok()?),
                        "year" => request.year = Some(value.parse().ok()?),
                        _ => return None,
                    }
                }
            }
        }
        Some(request)
    }
}
