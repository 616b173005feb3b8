//! Spoils answers as the plan says.

use bytes::Bytes;

use crate::call::{Asked, Call};
use crate::http::{Ending, Reply};
use crate::journal::Kind;
use crate::plan::{Contradiction, Fault, StatusBody};
use crate::protocol::{Answer, Protocol};

/// Bytes that are neither text nor JSON.
const GARBAGE: &[u8] = b"\x00\xff\xfe{]\x1b[2J,,\xc3\x28\"data\":\x80";
const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>504 Gateway Time-out</title></head>\n\
                    <body><center><h1>504 Gateway Time-out</h1></center><hr><center>nginx</center></body></html>\n";

/// Whether the work is done before the answer is spoilt. `work` is what the rule says, where the fault leaves it open.
pub const fn does_work(fault: &Fault, work: bool) -> bool {
    match fault {
        Fault::SilentBefore | Fault::ResetBefore => false,
        Fault::ResetMidAnswer
        | Fault::Garbage
        | Fault::Truncated
        | Fault::Html
        | Fault::Status { .. }
        | Fault::Code { .. } => work,
        Fault::Delay { .. }
        | Fault::SilentAfter
        | Fault::ResetAfter
        | Fault::Contradict(_)
        | Fault::WrongAmount { .. }
        | Fault::Callback(_) => true,
    }
}

/// What the caller sees. `answer` is the honest one; if the work was not done, it is a failure.
pub fn spoil(protocol: &dyn Protocol, asked: &Asked, fault: Option<&Fault>, mut answer: Answer) -> (Ending, Answer) {
    let reply = Reply::json(answer.http, &answer.body);
    let ending = match fault {
        Some(Fault::SilentBefore | Fault::SilentAfter) => Ending::Silence,
        Some(Fault::ResetBefore | Fault::ResetAfter) => Ending::Reset,
        Some(Fault::ResetMidAnswer) => Ending::Half(reply),
        Some(Fault::Garbage) => Ending::Whole(Reply { body: Bytes::from_static(GARBAGE), ..reply }),
        Some(Fault::Truncated) => Ending::Whole(Reply { body: reply.body.slice(..reply.body.len() / 2), ..reply }),
        Some(Fault::Html) => {
            Ending::Whole(Reply { status: 200, content_type: "text/html; charset=utf-8", body: PAGE.into() })
        }
        Some(Fault::Status { code, body: StatusBody::Empty }) => Ending::Whole(Reply::plain(*code, "")),
        Some(Fault::Status { code, body: StatusBody::Own }) => Ending::Whole(Reply { status: *code, ..reply }),
        Some(Fault::Code { rc, status, message }) => {
            answer = if message.is_empty() && status.is_none() {
                protocol.refused(asked, rc)
            } else {
                protocol.coded(asked, rc, status.as_ref(), message)
            };
            Ending::Whole(Reply::json(answer.http, &answer.body))
        }
        Some(Fault::Contradict(Contradiction::FailedButDelivered)) => {
            answer = failure(protocol, asked);
            Ending::Whole(Reply::json(answer.http, &answer.body))
        }
        Some(Fault::WrongAmount { by }) => {
            answer.misquote(*by);
            Ending::Whole(Reply::json(answer.http, &answer.body))
        }
        Some(Fault::Contradict(Contradiction::RefundAfterSuccess) | Fault::Delay { .. } | Fault::Callback(_))
        | None => Ending::Whole(reply),
    };
    (ending, answer)
}

/// The plainest failure of a call.
pub fn failure(protocol: &dyn Protocol, asked: &Asked) -> Answer {
    let kind = if asked.call == Call::TopUp { Kind::Prepaid } else { Kind::Postpaid };
    protocol.refused(asked, protocol.failure_code(kind, &asked.subject))
}
