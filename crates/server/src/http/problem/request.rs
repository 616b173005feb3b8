//! What is answered to a body that is no signed request.

use domain::signature::RequestFault;

use super::Problem;
use crate::http::codes::Code;
use crate::http::field_errors::{FieldErrors, Remark};
use crate::http::language::{Sentence, sentence};

const MISSING: Sentence = sentence("Wajib diisi.", "This is required.");
const BAD_KEY: Sentence = sentence(
    "Nama isian hanya boleh A-Z a-z 0-9 _ . - dan dimulai dengan huruf atau _",
    "The name of a parameter must be of A-Z a-z 0-9 _ . - and begin with a letter or _",
);
const NOT_TEXT: Sentence = sentence("Harus berupa teks (string).", "This must be a string.");
const NOT_SECONDS: Sentence = sentence(
    "Harus detik Unix: bilangan bulat, atau angkanya dalam teks.",
    "This must be Unix seconds: an integer, or its digits in a string.",
);

impl From<RequestFault> for Problem {
    fn from(fault: RequestFault) -> Self {
        match fault {
            // Where and what, in the reader's own technical words: whoever reads them writes programs.
            RequestFault::Malformed(error) => {
                Self::new(Code::MalformedJson).blaming(FieldErrors::of("body", Remark::Verbatim(error.to_string())))
            }
            RequestFault::BadKey(key) => Self::invalid(FieldErrors::of(key, BAD_KEY)),
            RequestFault::Missing(member) => Self::invalid(FieldErrors::of(member.key(), MISSING)),
            RequestFault::Mistyped(member) => {
                let is_time = member == domain::signature::AuthenticationMember::Timestamp;
                Self::invalid(FieldErrors::of(member.key(), if is_time { NOT_SECONDS } else { NOT_TEXT }))
            }
        }
    }
}
